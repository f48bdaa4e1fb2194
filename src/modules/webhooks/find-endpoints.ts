import { type SqlBool, sql } from 'kysely';
import type { z } from 'zod';
import { Refusal } from '#src/domain/refusals.ts';
import type { Actor } from '#src/platform/actor.ts';
import type { Database } from '#src/platform/database.ts';
import { tenancyOf } from '#src/platform/tenancy.ts';
import type { WebhookEndpoint, WebhookEndpointPage } from './endpoint-schemas.ts';

type Filter = { mid?: string | undefined; institutionId?: string | undefined };
type Page = { limit: number; cursor?: string | undefined };

/** A page of the endpoints that an actor may see, in the order they were made. */
export async function listEndpoints(
  db: Database,
  actor: Actor,
  { mid, institutionId, limit, cursor }: Filter & Page,
): Promise<z.input<typeof WebhookEndpointPage>> {
  const rows = await selectEndpoints(db, actor)
    .$if(mid !== undefined, (query) => query.where('webhook_endpoints.mid', '=', mid ?? ''))
    .$if(institutionId !== undefined, (query) =>
      query.where('webhook_endpoints.institution_id', '=', institutionId ?? ''),
    )
    .$if(cursor !== undefined, (query) => query.where('webhook_endpoints.id', '>', readCursor(cursor ?? '')))
    .orderBy('webhook_endpoints.id')
    .limit(limit + 1)
    .execute();
  const page = rows.slice(0, limit);
  return { data: page.map(toEndpoint), nextCursor: rows.length > limit ? (page.at(-1)?.id ?? null) : null };
}

/** One endpoint; another's does not exist. */
export async function getEndpoint(
  db: Database,
  actor: Actor,
  endpointId: string,
): Promise<z.input<typeof WebhookEndpoint>> {
  const row = await selectEndpoints(db, actor)
    .where('webhook_endpoints.id', '=', endpointId)
    .executeTakeFirst();
  if (!row) throw new Refusal('not_found');
  return toEndpoint(row);
}

/** Which endpoints an actor may see: who is limited to some services, those that hear of no others. */
export const endpointsOf = (actor: Actor) => () => {
  const own = tenancyOf(actor, {
    mid: sql.ref('webhook_endpoints.mid'),
    institutionId: sql.ref('webhook_endpoints.institution_id'),
  });
  if (actor.kind !== 'merchant' || actor.sids === null) return own;
  return sql<SqlBool>`(${own} and webhook_endpoints.sids <@ ${[...actor.sids]}::text[])`;
};

const mostCounted = 1000;

const countOf = (state: 'pending' | 'dead') =>
  sql<number>`(select count(*)::int from (select from webhook_deliveries
    where endpoint_id = webhook_endpoints.id and state = ${sql.lit(state)} and event_id is not null limit ${sql.lit(mostCounted)}) as each)`;

const selectEndpoints = (db: Database, actor: Actor) =>
  db
    .selectFrom('webhook_endpoints')
    .leftJoin('merchants', 'merchants.mid', 'webhook_endpoints.mid')
    .leftJoin('institutions', 'institutions.id', 'webhook_endpoints.institution_id')
    .selectAll('webhook_endpoints')
    .select([
      sql<string>`coalesce(merchants.name, institutions.name, '')`.as('ownerName'),
      countOf('pending').as('waiting'),
      countOf('dead').as('dead'),
      sql<
        (string | null)[]
      >`(select array_agg(to_char(expires_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
        order by expires_at desc) from webhook_secrets
        where endpoint_id = webhook_endpoints.id and (expires_at is null or expires_at > now()))`.as(
        'secretsUntil',
      ),
    ])
    .where(endpointsOf(actor));

type Row = Awaited<ReturnType<ReturnType<typeof selectEndpoints>['executeTakeFirstOrThrow']>>;

const toEndpoint = (row: Row): z.input<typeof WebhookEndpoint> => ({
  id: row.id,
  mid: row.mid,
  sids: row.sids,
  institutionId: row.institution_id,
  ownerName: row.ownerName,
  name: row.name,
  url: row.url,
  eventTypes: row.event_types,
  isOn: row.off_reason === null,
  offReason: row.off_reason,
  offAt: instantOf(row.off_at),
  failingSince: instantOf(row.failing_since),
  deliveredAt: instantOf(row.delivered_at),
  waiting: row.waiting,
  dead: row.dead,
  secretsUntil: row.secretsUntil ?? [],
  createdAt: row.created_at.toISOString(),
});

const instantOf = (at: Date | null): string | null => at?.toISOString() ?? null;

function readCursor(cursor: string): string {
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(cursor)) return cursor;
  throw new Refusal('invalid_request', {}, [
    { pointer: '/cursor', code: 'wrong_form', params: { expected: 'nextCursor' } },
  ]);
}
