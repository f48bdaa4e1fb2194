import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { aMerchant, as, cancelled, givenCase, type Merchant, startWorld } from '#tests/support/world.ts';

const world = startWorld();
const count = 24;

afterEach(() => void vi.useRealTimers());

/** Has answers be late after a second and refused after two. */
const endsSoon = (caseIds: readonly string[]) =>
  sql`update cases set due_at = clock_timestamp() + interval '1 s', expires_at = clock_timestamp() + interval '2 s'
    where id = any (${caseIds})`.execute(world.db);

type Told = { caseId: string; status: number; late: boolean | null; wasOver: boolean };

/** Registers at a moment; tells what came of it, and whether the time was over by the database's clock when the reply was there. */
async function registerAfter(ms: number, caseId: string, { hanako }: Merchant): Promise<Told> {
  await wait(ms);
  const { status, body } = await as(world, hanako).post(`/cases/${caseId}/answer`, { draftVersion: 1 });
  const { rows } = await sql<{ over: boolean }>`
    select clock_timestamp() >= expires_at as over from cases where id = ${caseId}`.execute(world.db);
  return { caseId, status, late: body.late ?? null, wasOver: rows[0]?.over ?? false };
}

/** What the database says of an answer that is stored: whether it is in time, and whether it was late, both by its own clock. */
async function judge(caseId: string) {
  const { rows } = await sql<{ inTime: boolean; late: boolean; toldLate: boolean }>`
    select registered_at < expires_at as "inTime", registered_at >= due_at as late, answers.late as "toldLate"
    from answers join cases on cases.id = case_id where case_id = ${caseId}`.execute(world.db);
  return rows[0];
}

describe('the second in which an answer is too late', () => {
  it.each([
    ['right', 0],
    ['two seconds fast', 2_000],
    ['two seconds slow', -2_000],
    ['an hour fast', 3_600_000],
  ])('is the database’s, with the portal’s clock %s', async (_, skewMs) => {
    const merchant = await aMerchant(world);
    const caseIds: string[] = [];
    for (let index = 0; index < count; index += 1)
      caseIds.push(await givenCase(world, merchant, { draft: cancelled }));
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + skewMs });
    await endsSoon(caseIds);

    const told = await Promise.all(
      caseIds.map((caseId, index) => registerAfter((index * 2_800) / count, caseId, merchant)),
    );

    const accepted = told.filter(({ status }) => status === 201);
    const refused = told.filter(({ status }) => status !== 201);
    expect(accepted.length).toBeGreaterThan(4);
    expect(refused.length).toBeGreaterThan(2);
    for (const { caseId, late } of accepted) {
      const judged = await judge(caseId);
      expect(judged).toEqual({ inTime: true, late, toldLate: late });
    }
    // Nobody was refused while there was time, and what was refused left nothing.
    for (const { caseId, status, wasOver } of refused)
      expect([status, wasOver, await judge(caseId)]).toEqual([409, true, undefined]);
    expect(accepted.some(({ late }) => late === false)).toBe(true);
    expect(accepted.some(({ late }) => late === true)).toBe(true);
  });
});
