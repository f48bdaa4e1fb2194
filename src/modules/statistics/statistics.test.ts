import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { addDays, startOfDay } from '#src/domain/days.ts';
import { ageCase } from '#tests/support/age-case.ts';
import { anOwnDatabase } from '#tests/support/own-database.ts';
import {
  aMerchant,
  anInstitution,
  anOperator,
  as,
  type Caller,
  givenCase,
  type Merchant,
  startWorld,
} from '#tests/support/world.ts';

const world = startWorld({ database: anOwnDatabase });

/** A Monday. */
const firstWeek = '2026-06-01';
const period = `until=${addDays(firstWeek, 20)}&weeks=3`;

let midori: Merchant;
let akane: Merchant;
let sato: Caller;

type Made = { of: Merchant; requestedOn: string; hours?: number; late?: boolean; status?: string };

/** Has a case have come and been answered or closed when the test says: past the trigger that keeps it as it is. */
async function givenPast({ of, requestedOn, hours, late = false, status }: Made): Promise<string> {
  const id = await givenCase(world, of, { answered: hours !== undefined });
  const at = startOfDay(requestedOn);
  const answeredAt = hours === undefined ? null : new Date(at.getTime() + hours * 3_600_000 + 59 * 60_000);
  await world.db.transaction().execute(async (tx) => {
    await sql`set local session_replication_role = replica`.execute(tx);
    await sql`update cases set requested_at = ${at}, answered_at = ${answeredAt}, answered_late = ${late},
      status = coalesce(${status ?? null}, status),
      updated_at = case when ${status ?? null}::text is null then updated_at else ${at}::timestamptz + interval '9 days' end
      where id = ${id}`.execute(tx);
  });
  return id;
}

beforeAll(async () => {
  [midori, akane] = [await aMerchant(world), await aMerchant(world)];
  sato = await anOperator(world, 'auditor');
  // The last moment of a Sunday in Japan, and the first of the Monday after it.
  for (const [requestedOn, hours] of [
    [firstWeek, 1],
    [firstWeek, 5],
    [firstWeek, 30],
    [addDays(firstWeek, 6), 23],
    [addDays(firstWeek, 7), 0],
  ] as const)
    await givenPast({ of: midori, requestedOn, hours });
  await givenPast({ of: midori, requestedOn: firstWeek, hours: 200, late: true });
  await givenPast({ of: akane, requestedOn: firstWeek, status: 'expired' });
  await givenPast({ of: akane, requestedOn: addDays(firstWeek, 20) });
  await givenPast({ of: akane, requestedOn: addDays(firstWeek, 21) });
});

const statistics = async (query: string) => (await as(world, sato).get(`/statistics?${query}`)).body;

describe('the figures', () => {
  it('count requests, answers and what was closed in the week of Japan in which each happened', async () => {
    const { startsOn, endsOn, weeks, total } = await statistics(period);
    expect([startsOn, endsOn, (await statistics(`${period}&split=merchant`)).split]).toEqual([
      firstWeek,
      addDays(firstWeek, 20),
      'merchant',
    ]);
    expect(weeks).toMatchObject([
      { weekStartsOn: firstWeek, requested: 6, answeredInTime: 4, answeredLate: 0, expired: 0 },
      { weekStartsOn: addDays(firstWeek, 7), requested: 1, answeredInTime: 1, answeredLate: 1, expired: 1 },
      { weekStartsOn: addDays(firstWeek, 14), requested: 1, answeredInTime: 0, answeredLate: 0, expired: 0 },
    ]);
    expect(total).toEqual({
      ...{ requested: 8, answeredInTime: 5, answeredLate: 1, expired: 1, shareInTime: 5 / 7 },
      ...{ medianHours: 5, p90Hours: 200 },
    });
  });

  it('are split by type, institution and merchant, and narrowed to each of them', async () => {
    const { parts } = await statistics(`${period}&split=merchant`);
    expect(parts).toMatchObject([
      { code: midori.mid, name: `加盟店${midori.mid}`, requested: 6, medianHours: 5 },
      { code: akane.mid, requested: 2, expired: 1, shareInTime: 0, medianHours: null },
    ]);
    const narrowed = await statistics(`${period}&mid=${akane.mid}&split=institution`);
    expect([narrowed.total.requested, narrowed.parts.length]).toEqual([2, 2]);
    const [{ code }] = narrowed.parts;
    expect((await statistics(`${period}&institutionId=${code}`)).total.requested).toBe(1);
    const types = await statistics(`${period}&split=type`);
    expect(types.parts.map((part: { code: string }) => part.code)).toEqual(['cancellation.method_unknown']);
    expect((await statistics(`${period}&notificationType=inquiry.other`)).total.requested).toBe(0);
  });

  it('are those of all answers, in any period', async () => {
    const { rows } = await sql<{ median: number; p90: number }>`
      select percentile_disc(0.5) within group (order by hours) as median,
        percentile_disc(0.9) within group (order by hours) as p90
      from (select floor(extract(epoch from answered_at - requested_at) / 3600)::int as hours from cases
            where answered_at >= ${startOfDay(firstWeek)} and answered_at < ${startOfDay(addDays(firstWeek, 21))}) as each`.execute(
      world.db,
    );
    const { total } = await statistics(period);
    expect([total.medianHours, total.p90Hours]).toEqual([rows[0]?.median, rows[0]?.p90]);
  });

  it('stay what they were when the personal data of a case is erased', async () => {
    const before = await statistics(`${period}&split=merchant`);
    const id = await givenPast({ of: midori, requestedOn: firstWeek, hours: 2 });
    const counted = await statistics(`${period}&split=merchant`);
    expect(counted.total.requested).toBe(before.total.requested + 1);
    await ageCase(world, id, 4_000);
    await world.bySystem.inTransaction(async (tx) => {
      await sql`select erase_due_cases(100)`.execute(tx);
      tx.record('case.erase', [id]);
    });
    const erased = await world.db.selectFrom('cases').select('erased_at').where('id', '=', id).execute();
    expect(erased[0]?.erased_at).not.toBeNull();
    expect(await statistics(`${period}&split=merchant`)).toEqual(counted);
  });

  it('end with the running week when no other is asked for, and come in one statement', async () => {
    world.statements.length = 0;
    const { weeks, endsOn, today } = await statistics('');
    // The other finds who calls.
    expect(world.statements).toHaveLength(2);
    expect(weeks).toHaveLength(12);
    expect(weeks.map((week: { isRunning: boolean }) => week.isRunning)).toEqual([
      ...Array(11).fill(false),
      true,
    ]);
    expect(endsOn >= today).toBe(true);
  });
});

describe('the files', () => {
  it('say what the screen says, week by week and part by part', async () => {
    const auditor = as(world, sato);
    const [shown] = (await statistics(period)).weeks;
    const weeks = await auditor.get(`/statistics/weeks.csv?${period}`, { 'accept-language': 'ja' });
    expect(weeks.body.split('\r\n').slice(0, 2)).toEqual([
      expect.stringContaining('週の開始日,依頼件数,期限内回答,期限後回答,期限超過クローズ,期限内回答率(%)'),
      expect.stringMatching(
        new RegExp(`^2026-06-01,${shown.requested},${shown.answeredInTime},0,0,100,${shown.medianHours},`),
      ),
    ]);
    const parts = await auditor.get(`/statistics/parts.csv?${period}&split=merchant`);
    expect(parts.body).toContain(`${akane.mid},加盟店${akane.mid},2,0,0,1,0,,`);
    expect((await auditor.get(`/statistics/parts.xlsx?${period}`)).status).toBe(200);
    const { body: trail } = await as(world, await anOperator(world)).get(
      '/audit-entries?action=statistics.export',
    );
    expect(trail.data).toHaveLength(3);
  });
});

describe('who else asks', () => {
  it('is refused: merchants and institutions, and what is no period', async () => {
    for (const caller of [midori.hanako, midori.yuki, await anInstitution(world)])
      expect((await as(world, caller).get('/statistics')).status).toBe(403);
    for (const query of ['weeks=0', 'weeks=54', 'until=2026-02-30', 'split=service', 'mid=1'])
      expect((await as(world, sato).get(`/statistics?${query}`)).status).toBe(400);
  });
});
