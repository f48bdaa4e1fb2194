import { sql } from 'kysely';
import type { z } from 'zod';
import { Refusal } from '#src/domain/refusals.ts';
import type { Actor } from '#src/platform/actor.ts';
import type { Tx } from '#src/platform/transaction.ts';
import type { WebhookEndpoint } from './endpoint-schemas.ts';
import { getEndpoint } from './find-endpoints.ts';
import { lockEndpoint } from './lock-endpoint.ts';
import { sendQueue } from './send-queue.ts';

type Which = { endpointId: string };

/** Stops sending to an endpoint. What it is to be told waits. */
export async function switchOff(
  tx: Tx,
  actor: Actor,
  { endpointId }: Which,
): Promise<z.input<typeof WebhookEndpoint>> {
  const { isOn } = await lockEndpoint(tx, actor, endpointId);
  if (!isOn) throw new Refusal('webhook_is_off');
  await tx
    .updateTable('webhook_endpoints')
    .set({ off_reason: 'by_owner', off_at: sql<Date>`now()` })
    .where('id', '=', endpointId)
    .execute();
  tx.record('webhook.switch_off', [endpointId], { reason: 'by_owner' });
  return getEndpoint(tx, actor, endpointId);
}

/** Sends to an endpoint again, and at once all that has waited, with all its tries anew. */
export async function switchOn(
  tx: Tx,
  actor: Actor,
  { endpointId }: Which,
): Promise<z.input<typeof WebhookEndpoint>> {
  const { isOn } = await lockEndpoint(tx, actor, endpointId);
  if (isOn) throw new Refusal('webhook_is_on');
  await tx
    .updateTable('webhook_endpoints')
    .set({ off_reason: null, off_at: null, failing_since: null })
    .where('id', '=', endpointId)
    .execute();
  await tx
    .updateTable('webhook_deliveries')
    .set({ tries: 0, next_attempt_at: sql<Date>`least(next_attempt_at, now())` })
    .where('endpoint_id', '=', endpointId)
    .where('state', '=', 'pending')
    .execute();
  await tx.enqueue(sendQueue, [{ data: {} }]);
  tx.record('webhook.switch_on', [endpointId]);
  return getEndpoint(tx, actor, endpointId);
}
