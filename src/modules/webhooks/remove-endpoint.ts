import { Refusal } from '#src/domain/refusals.ts';
import type { Actor } from '#src/platform/actor.ts';
import type { Tx } from '#src/platform/transaction.ts';
import { lockEndpoint } from './lock-endpoint.ts';

/** Removes an endpoint that is switched off, with its secrets and deliveries. What it was to be told stays in the feed. */
export async function removeEndpoint(
  tx: Tx,
  actor: Actor,
  { endpointId }: { endpointId: string },
): Promise<undefined> {
  const { isOn } = await lockEndpoint(tx, actor, endpointId);
  if (isOn) throw new Refusal('webhook_is_on');
  await tx.deleteFrom('webhook_endpoints').where('id', '=', endpointId).execute();
  tx.record('webhook.remove', [endpointId]);
  return undefined;
}
