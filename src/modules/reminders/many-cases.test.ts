import { type RawBuilder, sql } from 'kysely';
import { beforeAll, beforeEach, expect, it } from 'vitest';
import { endOfDay } from '#src/domain/days.ts';
import { manyCases } from '#tests/support/many-cases.ts';
import {
  aContact,
  aDueDay,
  at,
  daysBefore,
  goTo,
  startReminderWorld,
} from '#tests/support/reminder-world.ts';
import { report } from '#tests/support/report.ts';
import { aMerchant, givenCase, type Merchant } from '#tests/support/world.ts';
import { dueOfMerchant, merchantsWithDue } from './find-due.ts';

const openCases = 100_000;
const dueCases = 1_000;
const the = startReminderWorld();
const { world } = the;
let merchants: Merchant[];

type Node = {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  'Actual Rows': number;
  Plans?: Node[];
};

/** The nodes of the plan by which the system itself would ask. */
async function planOf(statement: RawBuilder<unknown>): Promise<Node[]> {
  const { rows } = await world.bySystem.inTransaction((tx) =>
    sql<{ 'QUERY PLAN': [{ Plan: Node }] }>`explain (analyze, format json) ${statement}`.execute(tx),
  );
  const all = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(all)];
  return rows.flatMap((row) => all(row['QUERY PLAN'][0].Plan));
}

beforeAll(async () => {
  merchants = [];
  for (let made = 0; made < 20; made += 1) merchants.push(await aMerchant(world));
  for (const merchant of merchants) await aContact(world, merchant);
});

/** Every plan is deleted before a test, so the cases come after that. */
beforeEach(async () => {
  const [merchant] = merchants;
  if (!merchant) throw new Error('no merchant');
  const day = await aDueDay(world);
  await goTo(world, at(daysBefore(day, 4), 12));
  const one = await givenCase(world, merchant, { dueAt: endOfDay(day).toISOString() });
  const mids = merchants.map(({ mid }) => mid);
  const prefix = await manyCases(world, one, { count: openCases, merchants: mids, dueInDays: 30 });
  await sql`update cases set due_at = ${endOfDay(day)} where id in
    (select id from cases where id like ${`${prefix}%`} order by id limit ${dueCases})`.execute(world.db);
  await sql`update reminder_plans set next_at = ${at(daysBefore(day, 3), 8)} from cases
    where case_id = id and due_at = ${endOfDay(day)}`.execute(world.db);
  await sql`vacuum analyze cases, reminder_plans, reminders`.execute(world.db);
  await goTo(world, at(daysBefore(day, 3), 8));
}, 120_000);

it('finds a thousand due ones among a hundred thousand open cases from indexes, and sends each once', async () => {
  for (const [index, statement] of [
    ['reminder_plans_by_time', merchantsWithDue],
    ['reminder_plans_by_merchant', dueOfMerchant(merchants[0]?.mid ?? '')],
  ] as const) {
    const nodes = await planOf(statement);
    const scanned = nodes
      .filter((node) => node['Node Type'] === 'Seq Scan')
      .map((node) => node['Relation Name']);
    expect(scanned.filter((table) => ['cases', 'reminder_plans'].includes(table ?? ''))).toEqual([]);
    expect(nodes.map((node) => node['Index Name'])).toContain(index);
    // Nothing is read that is not due.
    expect(Math.max(...nodes.map((node) => node['Actual Rows']))).toBeLessThanOrEqual(dueCases + 1);
  }
  const began = performance.now();
  const { reminders } = await the.run();
  const ms = Math.round(performance.now() - began);
  const idle = performance.now();
  expect((await the.run()).reminders).toBe(0);
  report('reminders', {
    'open cases': openCases,
    reminders,
    'milliseconds for them': ms,
    'milliseconds with nothing due': Math.round(performance.now() - idle),
  });
  expect(reminders).toBe(dueCases + 1);
  expect(ms).toBeLessThan(20_000);
}, 120_000);
