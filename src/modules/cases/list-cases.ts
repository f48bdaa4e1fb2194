import { expressionBuilder, type RawBuilder, type SqlBool, sql } from 'kysely';
import type { z } from 'zod';
import type { CaseStatus } from '#src/domain/case-life.ts';
import { Refusal } from '#src/domain/refusals.ts';
import type { Actor } from '#src/platform/actor.ts';
import { readCaseNumber } from '#src/platform/ids.ts';
import { productDay, productNow, productWeek } from '#src/platform/product-clock.ts';
import type { Reader } from '#src/platform/transaction.ts';
import { assigneeColumn, selectCaseHeads, toCaseRow } from './case-columns.ts';
import type { CaseFilter, CasePage } from './case-schemas.ts';
import { customerIndex, seesPersonalData } from './personal-data.ts';
import { probesFor, waiting } from './probes-for.ts';
import { visibleTo } from './visible-to.ts';

export type Filter = z.output<typeof CaseFilter>;
type Page = { limit: number; cursor?: string | undefined };

/** A page of the list (依頼管理表) in one statement; pages follow each other by cursor, so none is skipped or shown twice. */
export async function listCases(
  db: Reader,
  actor: Actor,
  { limit, cursor, ...filter }: Filter & Page,
): Promise<z.input<typeof CasePage>> {
  const rows = await selectPage(db, actor, { limit, cursor, ...filter }).execute();
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    data: page.map(toCaseRow),
    nextCursor: rows.length > limit && last ? encodeCursor(last) : null,
  };
}

const columns = { due: 'cases.due_at', requested: 'cases.requested_at' } as const;

const sortColumn = (sort: Filter['sort']) => columns[sort === 'due' || sort === '-due' ? 'due' : 'requested'];
const direction = (sort: Filter['sort']) => (sort.startsWith('-') ? 'desc' : 'asc');

/** The statement of a page, and of one row more that tells whether another follows. */
export function selectPage(db: Reader, actor: Actor, { limit, cursor, ...filter }: Filter & Page) {
  const column = sql.ref(sortColumn(filter.sort));
  return selectCaseHeads(db)
    .select(sql<string>`${column}::text`.as('sortedBy'))
    .$if(actor.kind === 'operator', (query) => query.select(assigneeColumn))
    .where(visibleTo(actor))
    .where('cases.id', 'in', idsOfPage(db, actor, { limit, cursor, ...filter }))
    .orderBy(column, direction(filter.sort))
    .orderBy('cases.id', direction(filter.sort));
}

/**
 * The ids of a page, found before anything else is read of its cases. Where an index has the cases in order for each status and type
 * and not for several together, a page of each is taken from it, and these few are put in order.
 */
function idsOfPage(db: Reader, actor: Actor, { limit, cursor, ...filter }: Filter & Page) {
  const { column, way } = { column: sql.ref(sortColumn(filter.sort)), way: sql.raw(direction(filter.sort)) };
  const probes = actor.kind === 'operator' ? probesFor(filter) : undefined;
  // What the pairs say already is not said again: it would make another index look as if it fitted.
  const rest = probes ? { ...filter, notificationType: undefined, category: undefined } : filter;
  const where = conditions(db, actor, rest, { statuses: probes ? undefined : statusesOf(filter), cursor });
  const first = (also: RawBuilder<unknown>, before: RawBuilder<unknown>) => sql`
    select cases.id, ${column} as sorted_by from cases
    where ${sql.join([visibleTo(actor)(expressionBuilder()), ...where], sql` and `)} ${also}
    order by ${before} ${column} ${way}, cases.id ${way} limit ${limit + 1}`;
  if (!probes) return sql<string>`(select id from (${first(sql``, sql``)}) as found)`;
  const { statuses, types } = probes;
  // The order names what is the same throughout, so that only the index that begins with it will do: to walk another and leave most
  // out looks as cheap, and goes through everything where there is no such case.
  const ofType = types
    ? {
        also: sql`and cases.notification_type = of_type`,
        before: sql`cases.notification_type ${way},`,
      }
    : { also: sql``, before: sql`` };
  return sql<string>`(
    select found.id from unnest(${statuses}::text[]) as of_status
      cross join unnest(${types ?? ['any']}::text[]) as of_type
      cross join lateral (${first(
        sql`and cases.status = of_status ${ofType.also}`,
        sql`${ofType.before} cases.status ${way},`,
      )}) as found
    order by found.sorted_by ${way}, found.id ${way} limit ${limit + 1})`;
}

/** The statuses of a filter: what is due waits. Said once, as said twice it would look as if it left out twice as much. */
const statusesOf = ({ due, status }: Filter) =>
  due ? waiting.filter((code) => status?.includes(code) ?? true) : status;

/** What all cases of a filter have in common. */
function conditions(
  db: Reader,
  actor: Actor,
  filter: Filter,
  { statuses, cursor }: { statuses: readonly CaseStatus[] | undefined; cursor: string | undefined },
): RawBuilder<SqlBool>[] {
  const { notificationType, category, mid, sid, due, dueBefore, updatedAfter, assignee, asked, q, sort } =
    filter;
  const when = <Value>(value: Value | undefined, told: (value: Value) => RawBuilder<SqlBool>) =>
    value === undefined ? [] : [told(value)];
  return [
    ...when(statuses, (codes) => sql<SqlBool>`cases.status in (${oneOf(codes)})`),
    ...when(notificationType, (codes) => sql<SqlBool>`cases.notification_type in (${oneOf(codes)})`),
    ...when(category, (code) => sql<SqlBool>`cases.category = ${code}`),
    ...when(mid, (value) => sql<SqlBool>`cases.mid = ${value}`),
    ...when(sid, (value) => sql<SqlBool>`cases.sid = ${value}`),
    ...when(due, (which) => dueWhen[which]),
    ...when(dueBefore, (at) => sql<SqlBool>`cases.due_at < ${new Date(at)}`),
    ...when(updatedAfter, (at) => sql<SqlBool>`cases.updated_at > ${new Date(at)}`),
    ...(actor.kind === 'operator' ? when(assignee, (who) => assignedTo(actor, who)) : []),
    ...when(
      asked,
      (kind) =>
        // Found first, and then looked up one by one: they are few.
        sql<SqlBool>`cases.id = any (array(select case_id from merchant_requests where state = 'open' and kind = ${kind}))`,
    ),
    ...when(q === '' ? undefined : q, (typed) => searched(db, actor, typed)),
    ...when(cursor, (place) => after(sort, place)),
  ];
}

/** Codes of ours as they are, so that an index of some of them is known to fit; none is in no list. */
const oneOf = (codes: readonly string[]) =>
  codes.length === 0 ? sql`null` : sql.join(codes.map((code) => sql.lit(code)));

const assignedTo = (actor: Actor, who: NonNullable<Filter['assignee']>) =>
  who === 'none'
    ? sql<SqlBool>`cases.assignee is null`
    : sql<SqlBool>`cases.assignee = ${who === 'me' ? actor.id : who}`;

/** What is due when, as the screens count it: today and this week as in Japan, by the product's time. */
export const dueWhen = {
  overdue: sql<SqlBool>`cases.due_at <= ${productNow}`,
  today: sql<SqlBool>`cases.due_at > ${productNow} and cases.due_at < ${productDay(1)}`,
  this_week: sql<SqlBool>`cases.due_at >= ${productDay(1)} and cases.due_at < ${productWeek(1)}`,
};

/**
 * Starts of case numbers, tracking ids, order ids and institutions' references, and whole customer ids for those who see them. Starts are told as ranges: row-level security lets an index answer
 * comparisons, which cannot leak what they compare, and no patterns.
 */
function searched({ vault }: Reader, actor: Actor, typed: string) {
  const startsWith = (column: string, start: string) =>
    sql<SqlBool>`(${sql.ref(column)} >= ${start} and ${sql.ref(column)} < ${`${start}\u{10ffff}`})`;
  const customer = seesPersonalData(actor)
    ? sql`or cases.customer_index = ${customerIndex(vault, typed)}`
    : sql``;
  return sql<SqlBool>`(${startsWith('cases.id', readCaseNumber(typed) || '-')}
    or ${startsWith('cases.tracking_id', typed)} or ${startsWith('cases.order_id', typed)}
    or ${startsWith('cases.institution_reference', typed)} ${customer})`;
}

const encodeCursor = ({ sortedBy, id }: { sortedBy: string; id: string }): string =>
  Buffer.from(JSON.stringify([sortedBy, id])).toString('base64url');

function after(sort: Filter['sort'], cursor: string) {
  const [sortedBy, id] = decodeCursor(cursor);
  const column = sql.ref(sortColumn(sort));
  return direction(sort) === 'asc'
    ? sql<SqlBool>`(${column}, cases.id) > (${sortedBy}::timestamptz, ${id})`
    : sql<SqlBool>`(${column}, cases.id) < (${sortedBy}::timestamptz, ${id})`;
}

function decodeCursor(cursor: string): [string, string] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (Array.isArray(parts) && parts.length === 2) {
      const [sortedBy, id] = parts;
      const isTime =
        typeof sortedBy === 'string' && /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?\+00$/.test(sortedBy);
      if (isTime && typeof id === 'string' && id.length <= 30) return [sortedBy, id];
    }
  } catch {
    // Told below, like every other cursor that is not ours.
  }
  throw new Refusal('invalid_request', {}, [
    { pointer: '/cursor', code: 'wrong_form', params: { expected: 'nextCursor' } },
  ]);
}
