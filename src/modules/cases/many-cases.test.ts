/** The operators' list over very many cases: every filter that it offers is answered from an index, in every order. */
import { sql } from 'kysely';
import { beforeAll, expect, it } from 'vitest';
import { caseStatusCodes } from '#src/domain/case-life.ts';
import type { OperatorActor } from '#src/platform/actor.ts';
import type { Reader } from '#src/platform/transaction.ts';
import { loadManyCases, planOf } from '#tests/support/many-listed-cases.ts';
import { anOwnDatabase } from '#tests/support/own-database.ts';
import { aMerchant, anOperator, givenCase, startWorld } from '#tests/support/world.ts';
import { CaseFilter } from './case-schemas.ts';
import { selectPage } from './list-cases.ts';

const world = startWorld({ database: anOwnDatabase });

const count = Number(process.env.MANY_CASES ?? 300_000);
const limit = 50;
/** Far fewer than there are, and of a million less than what waits: nothing sorts all of that. */
const most = 5_000;

let actor: OperatorActor;

beforeAll(async () => {
  const merchant = await aMerchant(world);
  const caseId = await givenCase(world, merchant);
  const { id, name } = await anOperator(world);
  actor = { kind: 'operator', id, name, rights: new Set(['read_cases', 'read_personal_data']) };
  await loadManyCases(world, { like: caseId, assignee: id, count });
}, 600_000);

const waiting = 'received,correcting';
const everyStatus = caseStatusCodes.join(',');
const lately = new Date(Date.now() - 3_600_000).toISOString();
const filters: [string, Record<string, string>][] = [
  ['no filter', {}],
  ['what waits, as the list opens', { status: waiting }],
  ['all statuses', { status: everyStatus }],
  ...caseStatusCodes.map((status): [string, Record<string, string>] => [status, { status }]),
  ['two statuses that are rare together', { status: 'withdrawn,expired' }],
  ['a type', { notificationType: 'inquiry.other' }],
  ['a rare type that waits', { notificationType: 'cancellation.method_unknown', status: waiting }],
  ['two types', { notificationType: 'inquiry.other,cancellation.method_unknown', status: everyStatus }],
  ['a category', { category: 'inquiry_cancellation', status: waiting }],
  ['a merchant', { mid: '00001', status: waiting }],
  ['a service of any status', { mid: '00001', sid: '001' }],
  ['mine', { assignee: 'me', status: waiting }],
  ['mine of any status', { assignee: 'me', status: everyStatus }],
  ['nobody\u2019s', { assignee: 'none', status: waiting }],
  ['overdue', { due: 'overdue', status: waiting }],
  ['due today', { due: 'today', status: waiting }],
  ['due this week', { due: 'this_week', status: waiting }],
  ['corrections that were asked for', { asked: 'correction', status: 'answered' }],
  ['extensions that were asked for', { asked: 'extension', status: waiting }],
  ['changed lately', { updatedAfter: lately }],
  ['a case number', { q: 'MANY-77' }],
  ['a tracking id', { q: '20000000000077' }],
  ['an institution\u2019s reference', { q: 'R-77777' }],
  ['an order id', { q: 'O-77777' }],
];

const explained = (filter: Record<string, string>) =>
  world.actingFor({ actor }).reading(async (db: Reader) => {
    const page = selectPage(db, actor, { ...CaseFilter.parse(filter), limit });
    return planOf(await page.explain<{ 'QUERY PLAN': string }>('json', sql`analyze`));
  });

it.each(filters)('%s', async (_, filter) => {
  for (const sort of ['due', '-due', 'requested', '-requested']) {
    const { sequentially, read, sorted, milliseconds } = await explained({ ...filter, sort });
    if (process.env.MANY_CASES)
      process.stdout.write(
        `${JSON.stringify(filter)} ${sort}: ${milliseconds} ms, ${read} rows, ${sorted} sorted\n`,
      );
    expect({ sort, sequentially, read: read <= most || read, sorted: sorted <= most || sorted }).toEqual({
      ...{ sort, sequentially: false, read: true, sorted: true },
    });
  }
});
