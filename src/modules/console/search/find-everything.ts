import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';
import { customerIndex, seesPersonalData } from '#src/modules/cases/index.ts';
import type { OperatorActor } from '#src/platform/actor.ts';
import { readCaseNumber } from '#src/platform/ids.ts';
import type { Reader } from '#src/platform/transaction.ts';
import { type Everything, mostFound } from './search-schemas.ts';

type Found = z.input<typeof Everything>;

/** What begins with something, told as a range: row-level security lets an index answer comparisons, and no patterns. */
const startsWith = (column: RawBuilder<unknown>, start: RawBuilder<unknown>) =>
  sql`${column} >= ${start} and ${column} < ${start} || ${'\u{10ffff}'}`;

/** Everything that an operator may look for by one word (横断検索), in one statement; every part comes from an index. */
export const selectEverything = (db: Reader, actor: OperatorActor, q: string) => sql<Found>`
  with typed as (select search_form(${q}) as word),
    cases_found as (${sql.join(casesBy(db, actor, q), sql` union all `)})
  select
    (select coalesce(json_agg(each), '[]') from (
      select cases.id, mid, sid, notification_type as "notificationType", status, found_by as "foundBy"
      from (select distinct on (id) id, found_by from cases_found order by id, place) as first
        join cases on cases.id = first.id order by first.id limit ${mostFound}) as each) as cases,
    (select coalesce(json_agg(each), '[]') from (
      select mid, name, stopped_at is not null as "isStopped"
      from ${subjects('merchant')} join merchants on mid = subject order by least, mid limit ${mostFound}) as each) as merchants,
    (select coalesce(json_agg(each), '[]') from (
      select id, name, retired_at is not null as "isRetired"
      from ${subjects('institution')} join institutions on id = subject order by least, id limit ${mostFound}) as each) as institutions,
    ${actor.rights.has('manage_users') ? users : sql`null`} as users`;

/** Ids of what has a word with it, the nearest first; every ending of every word is kept, so that any part begins one. */
const subjects = (kind: 'merchant' | 'institution' | 'user') => sql`(
  select subject, min(ending) as least from (
    select subject, ending from search_words
    where kind = ${sql.lit(kind)} and ${startsWith(sql`ending`, sql`(select word from typed)`)}
    order by ending limit ${sql.lit(200)}) as nearest
  group by subject order by least, subject limit ${mostFound}) as named`;

const users = sql`(select coalesce(json_agg(each), '[]') from (
  select memberships.id, coalesce(memberships.name, users.name) as name, users.email, merchants.name as "merchantName"
  from ${subjects('user')} join memberships on memberships.id = subject::uuid join users on users.id = user_id
    left join merchants on merchants.mid = memberships.mid
  order by least, name, memberships.id limit ${mostFound}) as each)`;

/** A few cases by each of what they are looked for by; what is sealed is found whole, by its keyed hash, by who sees it. */
function casesBy(db: Reader, actor: OperatorActor, q: string): RawBuilder<unknown>[] {
  const by = (
    place: number,
    foundBy: Found['cases'][number]['foundBy'],
    where: RawBuilder<unknown>,
    column: string,
  ) =>
    sql`(select id, ${sql.lit(foundBy)} as found_by, ${sql.lit(place)} as place from cases where ${where}
      order by ${sql.ref(column)} limit ${mostFound})`;
  const beginning = (column: string, start: string) => startsWith(sql.ref(column), sql`${start}`);
  return [
    by(1, 'caseNumber', beginning('id', readCaseNumber(q) || '-'), 'id'),
    by(2, 'trackingId', beginning('tracking_id', q), 'tracking_id'),
    by(3, 'orderId', beginning('order_id', q), 'order_id'),
    by(4, 'reference', beginning('institution_reference', q), 'institution_reference'),
    ...(seesPersonalData(actor)
      ? [by(5, 'customerId', sql`customer_index = ${customerIndex(db.vault, q)}`, 'id')]
      : []),
  ];
}

/** What one word finds. */
export async function findEverything(db: Reader, actor: OperatorActor, { q }: { q: string }): Promise<Found> {
  const { rows } = await selectEverything(db, actor, q).execute(db);
  const [found] = rows;
  if (!found) throw new Error('looking gave no row');
  return found;
}
