import { sql, type Transaction } from 'kysely';
import type { DB } from '#src/platform/tables.ts';
import type { World } from './world.ts';

const atOnce = 25_000;

type Many = { like: string; assignee: string; count: number };

/**
 * So many cases like one that is there, as years leave them: few wait, two types and two statuses are rare, one merchant has a seventh
 * of all, one operator looks after some. Their indexes are made afterwards, which is a tenth of the work.
 */
export async function loadManyCases(
  { db }: Pick<World, 'db'>,
  { like, assignee, count }: Many,
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await sql`set local session_replication_role = replica`.execute(tx);
    await sql`set local statement_timeout = 0`.execute(tx);
    await sql`set local maintenance_work_mem = '256MB'`.execute(tx);
    const { rows: indexes } = await sql<{ name: string; made: string }>`
      select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as made from pg_index
      where indrelid = 'cases'::regclass and not indisunique`.execute(tx);
    for (const { name } of indexes) await sql`drop index ${sql.ref(name)}`.execute(tx);
    await sql`
      insert into merchants (mid, name) select lpad(n::text, 5, '0'), '加盟店' || n from generate_series(1, 500) n
      on conflict do nothing`.execute(tx);
    await sql`
      insert into services (mid, sid, name) select lpad(n::text, 5, '0'), '001', 'サービス' from generate_series(1, 500) n
      on conflict do nothing`.execute(tx);
    // Piece by piece, as no statement of the product's may take long.
    for (let from = 1; from <= count; from += atOnce)
      await insertCases(tx, { like, assignee, count, from, to: Math.min(from + atOnce - 1, count) });
    await sql`
      insert into merchant_requests (case_id, kind, number, asked_by, asked_sequence)
      select id, case when status = 'answered' then 'correction' else 'extension' end, 1, ${assignee}, 2
      from cases where id like 'MANY-%007' and status in ('received', 'answered')`.execute(tx);
    for (const { made } of indexes) await sql.raw(made).execute(tx);
  });
  await sql`vacuum analyze cases`.execute(db);
  await sql`analyze merchants, services, merchant_requests`.execute(db);
}

type Piece = Many & { from: number; to: number };

async function insertCases(tx: Transaction<DB>, { like, assignee, count, from, to }: Piece): Promise<void> {
  const at = sql`product_now() - (${count}::int - n) * interval '1 minute'`;
  await sql`
    insert into cases (id, institution_id, institution_reference, request_fingerprint, category, notification_type, status, mid,
      sid, requested_at, due_at, expires_at, updated_at, tracking_id, order_id, payment_method, amount_value, amount_currency,
      paid_at, goods, sealed_request, assignee, answered_at, answered_late)
    select 'MANY-' || n, institution_id, 'R-' || n, request_fingerprint, category,
      case when n % 5000 = 0 then 'cancellation.method_unknown' when n % 3 = 0 then 'inquiry.other'
        else 'inquiry.unrecognized' end,
      case when n % 50 = 0 then 'received' when n % 10000 = 1 then 'correcting' when n % 4000 = 2 then 'withdrawn'
        when n % 4000 = 3 then 'expired' else 'answered' end,
      case when n % 7 = 0 then '00001' else lpad((n % 499 + 2)::text, 5, '0') end, '001',
      ${at} - interval '3 days', ${at} + n % 7 * interval '1 day', ${at} + interval '20 days', ${at},
      (20000000000000 + n)::text, 'O-' || n, payment_method, amount_value, amount_currency, paid_at, goods, '\\x00',
      case when n % 40 = 0 then ${assignee}::uuid end,
      case when n % 50 > 3 then ${at} - interval '3 days' + n % 200 * interval '1 hour' end, n % 20 = 7
    from cases, generate_series(${from}::int, ${to}::int) n where id = ${like}`.execute(tx);
}

type Node = {
  'Node Type': string;
  'Relation Name'?: string;
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  Plans?: Node[];
};

/** What a plan that was carried out did with `cases`, or another table: whether it went through them all, by what ways, how many it read and sorted. */
export function planOf(rows: readonly { 'QUERY PLAN': unknown }[], table = 'cases') {
  const [{ 'QUERY PLAN': text } = { 'QUERY PLAN': '[]' }] = rows;
  const [found] = (typeof text === 'string' ? JSON.parse(text) : text) as {
    Plan: Node;
    'Execution Time': number;
  }[];
  if (!found) throw new Error('there is no plan');
  const nodes = allNodes(found.Plan);
  const ofCases = nodes.filter((node) => node['Relation Name'] === table);
  const sum = (each: readonly Node[], rowsOf: (node: Node) => number): number =>
    Math.round(each.reduce((total, node) => total + rowsOf(node) * node['Actual Loops'], 0));
  return {
    ways: [...new Set(ofCases.map((node) => node['Node Type']))],
    filtered: sum(ofCases, (node) => node['Rows Removed by Filter'] ?? 0),
    sequentially: ofCases.some((node) => node['Node Type'] === 'Seq Scan'),
    read: sum(ofCases, (node) => node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)),
    sorted: Math.max(
      0,
      ...nodes
        .filter((node) => node['Node Type'] === 'Sort')
        .map((node) => sum(node.Plans ?? [], (below) => below['Actual Rows'])),
    ),
    milliseconds: found['Execution Time'],
  };
}

const allNodes = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(allNodes)];
