import { type SqlBool, sql } from 'kysely';
import type { z } from 'zod';
import { categoryCodes } from '#src/domain/categories.ts';
import { Refusal } from '#src/domain/refusals.ts';
import type { Actor } from '#src/platform/actor.ts';
import { readCaseNumber } from '#src/platform/ids.ts';
import { productDay, productNow, productWeek } from '#src/platform/product-clock.ts';
import type { Reader } from '#src/platform/transaction.ts';
import { selectCaseHeads, toCaseRow } from './case-columns.ts';
import type { CaseFilter, CasePage } from './case-schemas.ts';
import { customerIndex, seesPersonalData } from './personal-data.ts';
import { visibleTo } from './visible-to.ts';

export type Filter = z.output<typeof CaseFilter>;
type Page = { limit: number; cursor?: string | undefined };

/** A page of the list (依頼管理表) in one statement; pages follow each other by cursor, so none is skipped or shown twice. */
export async function listCases(
  db: Reader,
  actor: Actor,
  { limit, cursor, ...filter }: Filter & Page,
): Promise<z.input<typeof CasePage>> {
  const rows = await filtered(db, actor, filter)
    .$if(cursor !== undefined, (query) => query.where(after(filter.sort, cursor ?? '')))
    .limit(limit + 1)
    .execute();
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

function filtered(db: Reader, actor: Actor, filter: Filter) {
  const { status, notificationType, category, mid, sid, due, dueBefore, updatedAfter, q, sort } = filter;
  const column = sql.ref(sortColumn(sort));
  return selectCaseHeads(db)
    .select(sql<string>`${column}::text`.as('sortedBy'))
    .where(visibleTo(actor))
    .$if(status !== undefined, (query) => query.where('cases.status', 'in', status ?? []))
    .$if(notificationType !== undefined, (query) =>
      query.where('cases.notification_type', 'in', notificationType ?? []),
    )
    .$if(category !== undefined, (query) => query.where('cases.category', '=', category ?? categoryCodes[0]))
    .$if(mid !== undefined, (query) => query.where('cases.mid', '=', mid ?? ''))
    .$if(sid !== undefined, (query) => query.where('cases.sid', '=', sid ?? ''))
    .$if(due !== undefined, (query) => query.where(dueCondition(due ?? 'overdue')))
    .$if(dueBefore !== undefined, (query) => query.where('cases.due_at', '<', new Date(dueBefore ?? 0)))
    .$if(updatedAfter !== undefined, (query) =>
      query.where('cases.updated_at', '>', new Date(updatedAfter ?? 0)),
    )
    .$if(q !== undefined && q !== '', (query) => query.where(searched(db, actor, q ?? '')))
    .orderBy(column, direction(sort))
    .orderBy('cases.id', direction(sort));
}

/** What is due when, as the screens count it: today and this week as in Japan, by the product's time. */
export const dueWhen = {
  overdue: sql<SqlBool>`cases.due_at <= ${productNow}`,
  today: sql<SqlBool>`cases.due_at > ${productNow} and cases.due_at < ${productDay(1)}`,
  this_week: sql<SqlBool>`cases.due_at >= ${productDay(1)} and cases.due_at < ${productWeek(1)}`,
};

const dueCondition = (due: NonNullable<Filter['due']>) =>
  sql<SqlBool>`cases.status in ('received', 'correcting') and ${dueWhen[due]}`;

/**
 * Starts of case numbers, tracking ids and order ids, and whole customer ids for those who see them. Starts are told as ranges: row-level security lets an index answer
 * comparisons, which cannot leak what they compare, and no patterns.
 */
function searched({ vault }: Reader, actor: Actor, typed: string) {
  const startsWith = (column: string, start: string) =>
    sql<SqlBool>`(${sql.ref(column)} >= ${start} and ${sql.ref(column)} < ${`${start}\u{10ffff}`})`;
  const customer = seesPersonalData(actor)
    ? sql`or cases.customer_index = ${customerIndex(vault, typed)}`
    : sql``;
  return sql<SqlBool>`(${startsWith('cases.id', readCaseNumber(typed) || '-')}
    or ${startsWith('cases.tracking_id', typed)} or ${startsWith('cases.order_id', typed)} ${customer})`;
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
