/** INV-24: what is another's takes as long as what does not exist. */
import { expect, it } from 'vitest';
import { report } from '#tests/support/report.ts';
import { aMerchant, anInstitution, as, givenCase, startWorld } from '#tests/support/world.ts';

const world = startWorld();
const pairs = 150;

const median = (times: number[]): number =>
  times.toSorted((one, other) => one - other)[times.length / 2] ?? 0;

it('answers for a foreign case as fast as for none', async () => {
  const caseId = await givenCase(world, await aMerchant(world), { answered: true });
  const stranger = as(world, (await aMerchant(world)).hanako);
  const institution = as(world, await anInstitution(world));
  const times: Record<string, number[]> = { foreign: [], unknown: [] };
  const took = async (what: 'foreign' | 'unknown', id: string, who: typeof stranger): Promise<void> => {
    const start = performance.now();
    await who.get(`/cases/${id}`);
    times[what]?.push(performance.now() - start);
  };
  for (let pair = 0; pair < pairs; pair += 1) {
    const who = pair % 2 === 0 ? stranger : institution;
    const both = [() => took('foreign', caseId, who), () => took('unknown', '261124-000-000-000', who)];
    for (const one of pair % 3 === 0 ? both.reverse() : both) await one();
  }
  const ratio = median(times.foreign ?? []) / median(times.unknown ?? []);
  report('time for foreign to unknown', { ratio: Math.round(ratio * 100) / 100 });
  // Medians of pairs that were asked in turn; a machine that is busy with other tests still moves them.
  expect(ratio).toBeGreaterThan(0.75);
  expect(ratio).toBeLessThan(1.33);
});
