/** The figures over very many cases: counted from indexes alone, and of no other weeks than those that are looked at. */
import { sql } from 'kysely';
import { beforeAll, expect, it } from 'vitest';
import type { OperatorActor } from '#src/platform/actor.ts';
import { loadManyCases, planOf } from '#tests/support/many-listed-cases.ts';
import { anOwnDatabase } from '#tests/support/own-database.ts';
import { aMerchant, anOperator, givenCase, startWorld } from '#tests/support/world.ts';
import { selectFigures } from './count-figures.ts';
import { SplitFilter } from './statistics-schemas.ts';

const world = startWorld({ database: anOwnDatabase });

const count = Number(process.env.MANY_CASES ?? 150_000);
const minutesOfWeek = 7 * 24 * 60;

let actor: OperatorActor;

beforeAll(async () => {
  const merchant = await aMerchant(world);
  const caseId = await givenCase(world, merchant);
  const { id, name } = await anOperator(world);
  actor = { kind: 'operator', id, name, rights: new Set(['read_cases']) };
  await loadManyCases(world, { like: caseId, assignee: id, count });
}, 600_000);

it.each([
  ['all of four weeks', { weeks: '4', split: 'type' }],
  ['all of twelve weeks by merchant', { weeks: '12', split: 'merchant' }],
  ['one merchant’s of twelve weeks', { weeks: '12', split: 'type', mid: '00001' }],
  ['all of a year by institution', { weeks: '53', split: 'institution' }],
])('%s', async (_, filter) => {
  const wanted = { ...SplitFilter.parse(filter), parts: 100 };
  const { rows } = await world
    .actingFor({ actor })
    .reading((db) =>
      sql<{ 'QUERY PLAN': string }>`explain (analyze, format json) ${selectFigures(actor, wanted)}`.execute(
        db,
      ),
    );
  const { read, ways, milliseconds } = planOf(rows);
  if (process.env.MANY_CASES)
    process.stdout.write(`${JSON.stringify(filter)}: ${milliseconds} ms, ${read} rows\n`);
  expect(ways).toEqual(['Index Only Scan']);
  // A case each minute: those that were requested in these weeks, and those that were answered.
  expect(read).toBeLessThan(2.1 * Math.min(count, wanted.weeks * minutesOfWeek));
});
