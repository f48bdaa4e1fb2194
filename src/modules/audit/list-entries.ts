import { type Expression, type RawBuilder, type SqlBool, sql } from 'kysely';
import type { z } from 'zod';
import { addDays, startOfDay } from '#src/domain/days.ts';
import { Refusal } from '#src/domain/refusals.ts';
import type { MerchantActor, OperatorActor } from '#src/platform/actor.ts';
import type { Database } from '#src/platform/database.ts';
import { readCaseNumber } from '#src/platform/ids.ts';
import { tenancyOf } from '#src/platform/tenancy.ts';
import type { AuditEntryView, AuditFilter, AuditPage } from './audit-schemas.ts';

export type Filter = z.output<typeof AuditFilter>;
export type Reader = OperatorActor | MerchantActor;
type Page = { limit: number; cursor?: string | undefined };
type Row = z.input<typeof AuditEntryView>;

/** A page of the trail, newest first, in one statement. Names are looked up now: the trail has none. */
export async function listEntries(
  db: Database,
  actor: Reader,
  { limit, ...wanted }: Filter & Page,
): Promise<z.input<typeof AuditPage>> {
  const { rows } = await selectEntries(actor, { ...wanted, limit: limit + 1 }).execute(db);
  const data = rows.slice(0, limit);
  const last = data.at(-1);
  return { data, nextCursor: rows.length > limit && last ? encodeCursor(last.sequence) : null };
}

/** The statement of a page. */
export function selectEntries(actor: Reader, { limit, cursor, ...filter }: Filter & Page): RawBuilder<Row> {
  const conditions = [
    ...conditionsOf(actor, filter),
    ...(cursor === undefined ? [] : [sql<SqlBool>`sequence < ${decodeCursor(cursor)}`]),
  ];
  return sql<Row>`
    select entry.sequence, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at,
      json_build_object('kind', actor_kind, 'id', actor_id, 'tenant', actor_tenant, 'loginId', users.login_id,
        'name', coalesce(users.name, api_keys.name)) as actor,
      actor_right as right, action, subjects, details, origin, request_id as "requestId",
      encode(previous_hash, 'hex') as "previousHash", encode(hash, 'hex') as hash
    from (select * from audit_entries where ${sql.join(conditions, sql` and `)} order by sequence desc limit ${limit}) entry
      left join users on users.id = actor_id
      left join api_keys on api_keys.id = actor_id
    order by entry.sequence desc`;
}

function conditionsOf(actor: Reader, filter: Filter): RawBuilder<SqlBool>[] {
  const { from, to, action, actor: by, subject, tenant } = filter;
  return [
    sql<SqlBool>`${shownTo(actor)}`,
    ...(from === undefined ? [] : [since(from)]),
    ...(to === undefined ? [] : [sql<SqlBool>`not ${since(addDays(to, 1))}`]),
    ...(action === undefined ? [] : [sql<SqlBool>`action = ${action}`]),
    ...(by === undefined ? [] : [sql<SqlBool>`actor_id = ${idOf(by)}`]),
    ...(subject === undefined ? [] : [about(subject)]),
    ...(tenant === undefined ? [] : [sql<SqlBool>`actor_tenant = ${tenant}`]),
  ];
}

/**
 * Which entries an actor may read: an operator with the right all of them; a merchant's admin what the merchant's own people
 * and keys did, but not the ids that they tried in vain; one who is limited to some services, only what they did themselves.
 */
function shownTo(actor: Reader): Expression<SqlBool> {
  const ofTenant = tenancyOf(actor, { mid: sql.ref('actor_tenant') });
  if (actor.kind === 'operator') return ofTenant;
  const own = actor.sids === null ? sql`true` : sql`actor_id = ${actor.id}`;
  return sql<SqlBool>`(${ofTenant} and actor_kind = 'merchant' and action <> 'access.refuse' and ${own})`;
}

/** From a day on, told as numbers: entries are numbered in the order of time, and read in the order of their numbers. */
const since = (day: string): RawBuilder<SqlBool> =>
  sql<SqlBool>`(sequence >= (select coalesce(audit_sequence_since(${startOfDay(day)}), 9223372036854775807)))`;

function about(subject: string): RawBuilder<SqlBool> {
  const number = readCaseNumber(subject);
  const id = /^\d{6}(-[0-9A-Z]{3}){3}$/.test(number) ? number : subject;
  return sql<SqlBool>`sequence = any (array(select audit_sequences_about(${id})))`;
}

const uuid = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

const idOf = (actor: string): RawBuilder<unknown> =>
  uuid.test(actor) ? sql`${actor}::uuid` : sql`(select id from users where login_id = ${actor})`;

const encodeCursor = (sequence: number): string => Buffer.from(String(sequence)).toString('base64url');

function decodeCursor(cursor: string): number {
  const text = Buffer.from(cursor, 'base64url').toString();
  if (/^[1-9]\d{0,14}$/.test(text)) return Number(text);
  throw new Refusal('invalid_request', {}, [
    { pointer: '/cursor', code: 'wrong_form', params: { expected: 'nextCursor' } },
  ]);
}
