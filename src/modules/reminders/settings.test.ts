import { sql } from 'kysely';
import { afterEach, describe, expect, it } from 'vitest';
import { defaultLadder } from '#src/domain/reminder-ladder.ts';
import { newId } from '#src/platform/ids.ts';
import { startMailWorld } from '#tests/support/mail-world.ts';
import { aMerchant, anInstitution, anOperator, as } from '#tests/support/world.ts';

const world = startMailWorld();
const category = 'inquiry_cancellation';
const own = [{ at: 'before', days: 5, to: ['contacts', 'operators'] }];

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
    const saved = await as(world, sato).put('/reminders/ladder', ladder);
    expect([saved.status, saved.body.ladders]).toEqual([
      200,
      [{ ...ladder, institutionName: 'テストカード' }],
    ]);
    const again = await as(world, sato).put('/reminders/ladder', { ...ladder, steps: defaultLadder });
    expect(again.body.ladders[0].steps).toEqual(defaultLadder);
    const gone = await as(world, sato).put('/reminders/ladder', { ...ladder, steps: null });
    expect([gone.status, gone.body.ladders]).toEqual([200, []]);
    const { rows } = await sql<{ n: number }>`
      select count(*)::int as n from audit_entries
      where action = 'reminders.change_ladder' and ${institutionId} = any (subjects)`.execute(world.db);
    expect(rows).toEqual([{ n: 3 }]);
  });

  it('are refused with too many steps, repeated or odd ones, or an institution that is not', async () => {
    const sato = as(world, await anOperator(world));
    const put = async (change: object) =>
      (await sato.put('/reminders/ladder', { category, institutionId: null, ...change })).status;
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

  it('are changed by two at one time, and one of them stands', async () => {
    const sato = as(world, await anOperator(world));
    const put = (days: number) =>
      sato.put('/reminders/ladder', { category, institutionId: null, steps: [{ ...own[0], days }] });
    const both = await Promise.all([put(4), put(6)]);
    expect(both.map(({ status }) => status)).toEqual([200, 200]);
    expect((await sato.get('/reminders')).body.ladders).toHaveLength(1);
  });

  it('are read by every operator, changed by admins alone, and not seen by merchants', async () => {
    const change = { category, institutionId: null, steps: own };
    const agent = as(world, await anOperator(world, 'agent'));
    expect([
      (await agent.get('/reminders')).status,
      (await agent.put('/reminders/ladder', change)).status,
    ]).toEqual([200, 403]);
    const { hanako } = await aMerchant(world);
    expect((await as(world, hanako).get('/reminders')).status).toBe(403);
  });
});

describe('the sending times', () => {
  it('are open for an hour at least', async () => {
    const sato = as(world, await anOperator(world));
    const put = async (opensAt: number, closesAt: number) =>
      (await sato.put('/reminders/times', { opensAt, closesAt, onlyBusinessDays: true })).status;
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
