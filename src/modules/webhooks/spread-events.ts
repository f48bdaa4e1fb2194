import { sql } from 'kysely';
import type { InTransaction, Tx } from '#src/platform/transaction.ts';

const atOnce = 500;

/**
 * Gives committed events their places in the feed and makes a delivery of each for every endpoint that wants it. Returns the
 * endpoints that have something new to be sent.
 */
export async function spreadEvents(inTransaction: InTransaction, now: Date): Promise<Set<string>> {
  const endpoints = new Set<string>();
  for (;;) {
    const { placed, woken } = await inTransaction((tx) => placeSome(tx, now));
    for (const endpoint of woken) endpoints.add(endpoint);
    if (placed < atOnce) return endpoints;
  }
}

/**
 * Only one transaction at a time gives places, and keeps the others out until it is committed: places become visible in their
 * own order. The statement begins after the lock is had, so that it sees what the one before placed.
 */
async function placeSome(tx: Tx, now: Date): Promise<{ placed: number; woken: string[] }> {
  await sql`select pg_advisory_xact_lock(hashtextextended('shokai events', 0))`.execute(tx);
  const { rows } = await sql<{ placed: number; woken: string[] }>`
    with next as (
      select id, row_number() over (order by arrival) as number
      from (select id, arrival from events where position is null order by arrival limit ${atOnce}) as waiting
    ), placed as (
      update events set position = (select coalesce(max(position), 0) from events) + next.number
      from next where events.id = next.id
      returning events.id, events.case_id, events.position, events.type, events.mid, events.sid, events.institution_id
    ), spread as (
      insert into webhook_deliveries (id, endpoint_id, event_id, case_id, position, next_attempt_at, created_at)
      select gen_random_uuid(), endpoint.id, placed.id, placed.case_id, placed.position, ${now}, ${now}
      from placed join webhook_endpoints endpoint on placed.type = any (endpoint.event_types)
        and (endpoint.institution_id = placed.institution_id
          or endpoint.mid = placed.mid and (endpoint.sids is null or placed.sid = any (endpoint.sids)))
      returning endpoint_id
    )
    select (select count(*)::int from placed) as placed,
      coalesce((select array_agg(distinct endpoint_id::text) from spread), '{}') as woken`.execute(tx);
  return rows[0] ?? { placed: 0, woken: [] };
}
