import { sql } from 'kysely';
import type { World } from './world.ts';

type Many = { like: string; assignee: string; count: number };

/**
 * So many cases like one that is there, as years leave them: few wait, two types and two statuses are rare, one merchant has a fifth
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
    await sql`
      insert into cases select made.* from cases one, generate_series(1, ${count}::int) n,
        lateral jsonb_populate_record(one, jsonb_build_object(
          'id', 'MANY-' || n, 'institution_reference', 'R-' || n, 'order_id', 'O-' || n,
          'tracking_id', (20000000000000 + n)::text,
          'mid', case when n % 5 = 0 then '00001' else lpad((n % 499 + 2)::text, 5, '0') end, 'sid', '001',
          'notification_type', case when n % 5000 = 0 then 'cancellation.method_unknown' when n % 3 = 0 then 'inquiry.other'
            else 'inquiry.unrecognized' end,
          'status', case when n % 50 = 0 then 'received' when n % 10000 = 1 then 'correcting' when n % 4000 = 2 then 'withdrawn'
            when n % 4000 = 3 then 'expired' else 'answered' end,
          'requested_at', product_now() - (${count}::int - n) * interval '1 minute' - interval '3 days',
          'due_at', product_now() - (${count}::int - n) * interval '1 minute' + n % 7 * interval '1 day',
          'expires_at', product_now() - (${count}::int - n) * interval '1 minute' + interval '20 days',
          'updated_at', product_now() - (${count}::int - n) * interval '1 minute',
          'assignee', case when n % 40 = 0 then ${assignee}::text end)) made
      where one.id = ${like}`.execute(tx);
    for (const { made } of indexes) await sql.raw(made).execute(tx);
  });
  await sql`vacuum analyze cases`.execute(db);
  await sql`analyze merchants, services`.execute(db);
}

type Node = {
  'Node Type': string;
  'Relation Name'?: string;
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  Plans?: Node[];
};

/** What a plan that was carried out did with `cases`: whether it went through them all, how many it read, how many it sorted. */
export function planOf(rows: readonly { 'QUERY PLAN': unknown }[]) {
  const [{ 'QUERY PLAN': text } = { 'QUERY PLAN': '[]' }] = rows;
  const [found] = (typeof text === 'string' ? JSON.parse(text) : text) as {
    Plan: Node;
    'Execution Time': number;
  }[];
  if (!found) throw new Error('there is no plan');
  const nodes = allNodes(found.Plan);
  const ofCases = nodes.filter((node) => node['Relation Name'] === 'cases');
  const sum = (each: readonly Node[], rowsOf: (node: Node) => number): number =>
    Math.round(each.reduce((total, node) => total + rowsOf(node) * node['Actual Loops'], 0));
  return {
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
