import type { z } from 'zod';
import { Refusal } from '#src/domain/refusals.ts';
import type { Actor } from '#src/platform/actor.ts';
import { newId } from '#src/platform/ids.ts';
import type { Tx } from '#src/platform/transaction.ts';
import type { WebhookDelivery } from './endpoint-schemas.ts';
import { getDelivery } from './find-deliveries.ts';
import { lockEndpoint } from './lock-endpoint.ts';
import { sendQueue } from './send-queue.ts';

/** Sends an endpoint something to try it, once, also while it is switched off. */
export async function sendTest(
  tx: Tx,
  actor: Actor,
  { endpointId }: { endpointId: string },
): Promise<z.input<typeof WebhookDelivery>> {
  await lockEndpoint(tx, actor, endpointId);
  const before = await tx
    .selectFrom('webhook_deliveries')
    .select('id')
    .where('endpoint_id', '=', endpointId)
    .where('event_id', 'is', null)
    .where('state', '=', 'pending')
    .executeTakeFirst();
  if (before) throw new Refusal('test_under_way');
  const id = newId();
  const now = new Date();
  await tx
    .insertInto('webhook_deliveries')
    .values({ id, endpoint_id: endpointId, next_attempt_at: now, created_at: now })
    .execute();
  await tx.enqueue(sendQueue, [{ data: {} }]);
  tx.record('webhook.test', [endpointId, id]);
  return getDelivery(tx, actor, id);
}
