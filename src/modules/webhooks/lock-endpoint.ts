import { Refusal } from '#src/domain/refusals.ts';
import type { Actor } from '#src/platform/actor.ts';
import type { Tx } from '#src/platform/transaction.ts';
import { endpointsOf } from './find-endpoints.ts';

/** Locks an endpoint for a change; another's does not exist. */
export async function lockEndpoint(tx: Tx, actor: Actor, endpointId: string): Promise<{ isOn: boolean }> {
  const found = await tx
    .selectFrom('webhook_endpoints')
    .select('off_reason')
    .where('id', '=', endpointId)
    .where(endpointsOf(actor))
    .forUpdate()
    .executeTakeFirst();
  if (!found) throw new Refusal('not_found');
  return { isOn: found.off_reason === null };
}
