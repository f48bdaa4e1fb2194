import { sql } from 'kysely';
import type { z } from 'zod';
import { testType } from '#src/domain/event-types.ts';
import { Refusal } from '#src/domain/refusals.ts';
import type { Actor } from '#src/platform/actor.ts';
import type { Database } from '#src/platform/database.ts';
import type { WebhookDelivery, WebhookDeliveryInFull, WebhookDeliveryPage } from './endpoint-schemas.ts';
import { type EventRow, eventColumns } from './event-columns.ts';
import { endpointsOf, getEndpoint } from './find-endpoints.ts';
import { bodyOf, messageId } from './payload.ts';
import { secondsOf } from './secrets.ts';

type Filter = { endpointId: string; state?: 'pending' | 'delivered' | 'dead' | undefined };
type Page = { limit: number; cursor?: string | undefined };

/** A page of an endpoint's deliveries, newest first. */
export async function listDeliveries(
  db: Database,
  actor: Actor,
  { endpointId, state, limit, cursor }: Filter & Page,
): Promise<z.input<typeof WebhookDeliveryPage>> {
  await getEndpoint(db, actor, endpointId);
  const [createdAt, id] = cursor === undefined ? [] : readCursor(cursor);
  const rows = await selectDeliveries(db, actor)
    .where('webhook_deliveries.endpoint_id', '=', endpointId)
    .$if(state !== undefined, (query) => query.where('webhook_deliveries.state', '=', state ?? 'dead'))
    .$if(cursor !== undefined, (query) =>
      query.where(
        sql<boolean>`(webhook_deliveries.created_at, webhook_deliveries.id) < (${createdAt}::timestamptz, ${id}::uuid)`,
      ),
    )
    .orderBy('webhook_deliveries.created_at', 'desc')
    .orderBy('webhook_deliveries.id', 'desc')
    .limit(limit + 1)
    .execute();
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    data: page.map(toDelivery),
    nextCursor: rows.length > limit && last ? cursorOf(last) : null,
  };
}

/** One delivery without what was sent; another's does not exist. */
export async function getDelivery(
  db: Database,
  actor: Actor,
  deliveryId: string,
): Promise<z.input<typeof WebhookDelivery>> {
  const row = await selectDeliveries(db, actor)
    .where('webhook_deliveries.id', '=', deliveryId)
    .executeTakeFirst();
  if (!row) throw new Refusal('not_found');
  return toDelivery(row);
}

/** One delivery with its request and all that came back. */
export async function getDeliveryInFull(
  db: Database,
  actor: Actor,
  { deliveryId }: { deliveryId: string },
): Promise<z.input<typeof WebhookDeliveryInFull>> {
  const row = await selectDeliveries(db, actor)
    .select(eventColumns)
    .select(
      sql<AttemptRow[]>`coalesce((
      select json_agg(json_build_object('at', at, 'url', url, 'signature', signature, 'status', status, 'reason', reason,
        'responseBody', response_body, 'milliseconds', milliseconds) order by at, id)
      from webhook_attempts where delivery_id = webhook_deliveries.id), '[]')`.as('attempts'),
    )
    .where('webhook_deliveries.id', '=', deliveryId)
    .executeTakeFirst();
  if (!row) throw new Refusal('not_found');
  const carried = {
    deliveryId: row.id,
    createdAt: row.createdAt,
    event: row.eventId === null ? null : (row as EventRow),
  };
  return {
    ...toDelivery(row),
    body: bodyOf(carried),
    attempts: row.attempts.map(({ at, signature, ...attempt }) => ({
      ...attempt,
      at: new Date(at).toISOString(),
      headers: {
        'content-type': 'application/json',
        'webhook-id': messageId(carried),
        'webhook-timestamp': String(secondsOf(new Date(at))),
        'webhook-signature': signature,
      },
    })),
  };
}

type AttemptRow = {
  at: string;
  url: string;
  signature: string;
  status: number | null;
  reason: string | null;
  responseBody: string | null;
  milliseconds: number;
};

const selectDeliveries = (db: Database, actor: Actor) =>
  db
    .selectFrom('webhook_deliveries')
    .innerJoin('webhook_endpoints', 'webhook_endpoints.id', 'webhook_deliveries.endpoint_id')
    .leftJoin('events', 'events.id', 'webhook_deliveries.event_id')
    .leftJoinLateral(
      (eb) =>
        eb
          .selectFrom('webhook_attempts')
          .select(['webhook_attempts.status as lastStatus', 'webhook_attempts.reason as lastReason'])
          .whereRef('webhook_attempts.delivery_id', '=', 'webhook_deliveries.id')
          .orderBy('webhook_attempts.at', 'desc')
          .limit(1)
          .as('last'),
      (join) => join.onTrue(),
    )
    .select([
      'webhook_deliveries.id',
      'webhook_deliveries.endpoint_id as endpointId',
      'webhook_deliveries.event_id as ofEvent',
      'webhook_deliveries.case_id as ofCase',
      'webhook_deliveries.state',
      'webhook_deliveries.tries',
      'webhook_deliveries.created_at as createdAt',
      sql<string>`webhook_deliveries.created_at::text`.as('sortedBy'),
      'webhook_deliveries.next_attempt_at as nextAttemptAt',
      'events.type as ofType',
      'events.sequence as place',
      'last.lastStatus',
      'last.lastReason',
    ])
    .where(endpointsOf(actor));

type Row = Awaited<ReturnType<ReturnType<typeof selectDeliveries>['executeTakeFirstOrThrow']>>;

const toDelivery = (row: Row): z.input<typeof WebhookDelivery> => ({
  id: row.id,
  endpointId: row.endpointId,
  eventId: row.ofEvent,
  type: row.ofType ?? testType,
  caseId: row.ofCase,
  sequence: row.place,
  state: row.state,
  tries: row.tries,
  createdAt: row.createdAt.toISOString(),
  nextAttemptAt: row.state === 'pending' ? row.nextAttemptAt.toISOString() : null,
  lastStatus: row.lastStatus,
  lastReason: row.lastReason,
});

const cursorOf = ({ sortedBy, id }: Row): string =>
  Buffer.from(JSON.stringify([sortedBy, id])).toString('base64url');

function readCursor(cursor: string): [string, string] {
  const [, at, id] =
    /^\["([12]\d{3}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,6})?\+00)","([0-9a-f-]{36})"\]$/.exec(
      Buffer.from(cursor, 'base64url').toString(),
    ) ?? [];
  if (
    at !== undefined &&
    id !== undefined &&
    /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id) &&
    !Number.isNaN(Date.parse(at))
  )
    return [at, id];
  throw new Refusal('invalid_request', {}, [
    { pointer: '/cursor', code: 'wrong_form', params: { expected: 'nextCursor' } },
  ]);
}
