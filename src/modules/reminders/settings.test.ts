import { sql } from 'kysely';
import { afterEach, describe, expect, it } from 'vitest';
import { defaultLadder } from '#src/domain/reminder-ladder.ts';
import { newId } from '#src/platform/ids.ts';
import { startMailWorld } from '#tests/support/mail-world.ts';
import { untilSomebodyWaits } from '#tests/support/until-somebody-waits.ts';
import { aMerchant, anInstitution, anOperator, as, type Caller, givenCase } from '#tests/support/world.ts';

const world = startMailWorld();
const category = 'inquiry_cancellation';
const own = [{ at: 'before', days: 5, to: ['contacts', 'operators'] }];

/** Changes settings as somebody who has just looked at them. */
async function change(caller: Caller, path: 'ladder' | 'times', body: object) {
  const { version } = (await as(world, caller).get('/reminders')).body;
  return as(world, caller).put(`/reminders/${path}`, body, { 'if-match': `"${version}"` });
}

afterEach(async () => {
  await world.db.transaction().execute(async (tx) => {
    await sql`set local session_replication_role = replica`.execute(tx);
    await tx.deleteFrom('reminder_ladders').execute();
    await tx.deleteFrom('reminder_holds').execute();
  });
});

describe('the ladders', () => {
  it('are put in place and taken away by an admin, and stand in the audit trail', async () => {
    const sato = await anOperator(world);
    const { institutionId } = await anInstitution(world);
    const ladder = { category, institutionId, steps: own };
    const saved = await change(sato, 'ladder', ladder);
    expect([saved.status, saved.body.ladders]).toEqual([
      200,
      [{ ...ladder, institutionName: 'テストカード' }],
    ]);
    const again = await change(sato, 'ladder', { ...ladder, steps: defaultLadder });
    expect(again.body.ladders[0].steps).toEqual(defaultLadder);
    const gone = await change(sato, 'ladder', { ...ladder, steps: null });
    expect([gone.status, gone.body.ladders]).toEqual([200, []]);
    const { rows } = await sql<{ n: number }>`
      select count(*)::int as n from audit_entries
      where action = 'reminders.change_ladder' and ${institutionId} = any (subjects)`.execute(world.db);
    expect(rows).toEqual([{ n: 3 }]);
  });

  it('are refused with too many steps, repeated or odd ones, or an institution that is not', async () => {
    const sato = await anOperator(world);
    const put = async (changed: object) =>
      (await change(sato, 'ladder', { category, institutionId: null, ...changed })).status;
    expect(await put({ steps: [] })).toBe(400);
    expect(await put({ steps: [...own, ...own] })).toBe(400);
    expect(await put({ steps: [{ at: 'before', days: 0, to: ['contacts'] }] })).toBe(400);
    expect(await put({ steps: [{ at: 'before', days: 61, to: ['contacts'] }] })).toBe(400);
    expect(
      await put({ steps: Array.from({ length: 11 }, (_, days) => ({ ...own[0], at: 'after', days })) }),
    ).toBe(400);
    expect(await put({ steps: own, category: null, institutionId: 'NOBODY' })).toBe(400);
    expect(await put({ steps: own, institutionId: 'NOBODY' })).toBe(404);
  });

  it('are changed by one of two at one time, and the other looks again', async () => {
    const sato = as(world, await anOperator(world));
    const { version } = (await sato.get('/reminders')).body;
    const named = { 'if-match': `"${version}"` };
    const put = (days: number) =>
      sato.put('/reminders/ladder', { category, institutionId: null, steps: [{ ...own[0], days }] }, named);
    // Both are there before either may go on.
    let running: ReturnType<typeof put>[] = [];
    await world.db.transaction().execute(async (tx) => {
      await tx.selectFrom('reminder_settings').select('single').forUpdate().execute();
      running = [put(4), put(6)];
      await untilSomebodyWaits(world, 2);
    });
    const both = await Promise.all(running);
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 412]);
    const stands = both.find(({ status }) => status === 200);
    const { ladders } = (await sato.get('/reminders')).body;
    expect([ladders.length, ladders]).toEqual([1, stands?.body.ladders]);
  });

  it('and the sending times are not changed by somebody who saw older ones, or none', async () => {
    const sato = await anOperator(world);
    const ladder = { category, institutionId: null, steps: own };
    const times = { opensAt: 540, closesAt: 1080, onlyBusinessDays: true };
    const { version } = (await as(world, sato).get('/reminders')).body;
    expect((await change(sato, 'ladder', ladder)).status).toBe(200);
    const before = (await as(world, sato).get('/reminders')).body;
    for (const [path, body] of [
      ['ladder', { ...ladder, steps: null }],
      ['times', times],
    ] as const) {
      const stale = await as(world, sato).put(`/reminders/${path}`, body, { 'if-match': `"${version}"` });
      expect([stale.status, stale.body.code]).toEqual([412, 'changed_meanwhile']);
      const unnamed = await as(world, sato).put(`/reminders/${path}`, body);
      expect([unnamed.status, unnamed.body.code]).toEqual([428, 'version_required']);
    }
    expect((await as(world, sato).get('/reminders')).body).toEqual(before);
  });

  it('are read by every operator, changed by admins alone, and not seen by merchants', async () => {
    const ladder = { category, institutionId: null, steps: own };
    const agent = as(world, await anOperator(world, 'agent'));
    expect([
      (await agent.get('/reminders')).status,
      (await agent.put('/reminders/ladder', ladder)).status,
    ]).toEqual([200, 403]);
    const { hanako } = await aMerchant(world);
    expect((await as(world, hanako).get('/reminders')).status).toBe(403);
  });
});

it('a changed ladder counts for cases being corrected as for others that wait, and for none that are answered', async () => {
  const merchant = await aMerchant(world);
  const [waiting, correcting, answered] = [
    await givenCase(world, merchant),
    await givenCase(world, merchant, { answered: true }),
    await givenCase(world, merchant, { answered: true }),
  ];
  const sato = await anOperator(world);
  await as(world, sato).post(`/cases/${correcting}/corrections`, { reason: '訂正のため' });
  const ids = [waiting, correcting, answered];
  await world.db.deleteFrom('reminder_plans').where('case_id', 'in', ids).execute();
  expect((await change(sato, 'ladder', { category, institutionId: null, steps: own })).status).toBe(200);
  const planned = await world.db
    .selectFrom('reminder_plans')
    .select('case_id')
    .where('case_id', 'in', ids)
    .execute();
  expect(planned.map(({ case_id }) => case_id).toSorted()).toEqual([waiting, correcting].toSorted());
});

describe('the sending times', () => {
  it('are open for an hour at least', async () => {
    const sato = await anOperator(world);
    const put = async (opensAt: number, closesAt: number) =>
      (await change(sato, 'times', { opensAt, closesAt, onlyBusinessDays: true })).status;
    expect([await put(600, 659), await put(600, 1441), await put(1200, 480)]).toEqual([400, 400, 400]);
    expect([await put(540, 1080), await put(480, 1200)]).toEqual([200, 200]);
  });
});

describe('a hold', () => {
  it('is ended once, by an admin', async () => {
    const sato = as(world, await anOperator(world));
    await world.db.transaction().execute(async (tx) => {
      await sql`set local session_replication_role = replica`.execute(tx);
      await tx.insertInto('reminder_holds').values({ id: newId(), jumped_seconds: 7200 }).execute();
    });
    const both = await Promise.all([1, 2].map(() => sato.post('/reminders/hold/end', { ending: 'skipped' })));
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    expect((await sato.get('/reminders/hold')).body).toEqual({ hold: null });
  });
});
