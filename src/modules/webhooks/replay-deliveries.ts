import { sql } from 'kysely';
import type { z } from 'zod';
import type { Actor } from '#src/platform/actor.ts';
import type { Tx } from '#src/platform/transaction.ts';
import type { Replayed, WebhookDelivery } from './endpoint-schemas.ts';
import { getDelivery } from './find-deliveries.ts';
import { lockEndpoint } from './lock-endpoint.ts';
import { sendQueue } from './send-queue.ts';

const again = { state: 'pending', tries: 0, taken_until: null } as const;

/** Sends one delivery again, whatever became of it: the same event with the same id, and all its tries anew. */
export async function replayDelivery(
  tx: Tx,
  actor: Actor,
  { deliveryId }: { deliveryId: string },
): Promise<z.input<typeof WebhookDelivery>> {
  const { endpointId } = await getDelivery(tx, actor, deliveryId);
  await lockEndpoint(tx, actor, endpointId);
  await tx
    .updateTable('webhook_deliveries')
    .set({ ...again, next_attempt_at: sql<Date>`now()` })
    .where('id', '=', deliveryId)
    .where('state', '<>', 'pending')
    .execute();
  await tx.enqueue(sendQueue, [{ data: {} }]);
  tx.record('webhook.replay', [endpointId, deliveryId], { replayed: 1 });
  return getDelivery(tx, actor, deliveryId);
}

/** Sends again all events that were given up for an endpoint, in order. Tests are left alone. */
export async function replayDead(
  tx: Tx,
  actor: Actor,
  { endpointId }: { endpointId: string },
): Promise<z.input<typeof Replayed>> {
  await lockEndpoint(tx, actor, endpointId);
  const { numUpdatedRows } = await tx
    .updateTable('webhook_deliveries')
    .set({ ...again, next_attempt_at: sql<Date>`now()` })
    .where('endpoint_id', '=', endpointId)
    .where('state', '=', 'dead')
    .where('event_id', 'is not', null)
    .executeTakeFirst();
  await tx.enqueue(sendQueue, [{ data: {} }]);
  const replayed = Number(numUpdatedRows);
  tx.record('webhook.replay', [endpointId], { replayed });
  return { replayed };
}
