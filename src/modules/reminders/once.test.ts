import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { addBusinessDays } from '#src/domain/business-days.ts';
import { endOfDay } from '#src/domain/days.ts';
import { newId } from '#src/platform/ids.ts';
import { moveClock, setClockRight } from '#tests/support/move-clock.ts';
import {
  aDueReminder,
  at,
  daysBefore,
  goTo,
  mailable,
  productNow,
  remindersOf,
  startReminderWorld,
} from '#tests/support/reminder-world.ts';
import { anOperator, as } from '#tests/support/world.ts';
import { type RunParts, runReminders } from './run-reminders.ts';
import { watchClock } from './watch-clock.ts';

const the = startReminderWorld();
const { world } = the;
const hour = 3_600_000;

describe('each reminder once', () => {
  it('although many runs race for it', async () => {
    const given = await aDueReminder(world);
    const ran = await Promise.all(Array.from({ length: 6 }, the.run));
    expect(ran.reduce((sum, { reminders }) => sum + reminders, 0)).toBe(1);
    await the.handOver();
    expect(the.mailsTo(given.contact)).toHaveLength(1);
  });

  it('and nothing of it when the process dies before it commits', async () => {
    const given = await aDueReminder(world);
    const inTransaction: RunParts['inTransaction'] = (work) =>
      the.parts.inTransaction(async (tx) => {
        const done = await work(tx);
        if (await isReminding(tx)) throw new Error('killed');
        return done;
      });
    await expect(runReminders({ ...the.parts, inTransaction })).rejects.toThrow();
    expect(await remindersOf(world, given.caseId)).toEqual([]);
    expect((await the.run()).reminders).toBe(1);
    await the.handOver();
    expect(the.mailsTo(given.contact)).toHaveLength(1);
  });

  it('although the clock goes back and comes again', async () => {
    const given = await aDueReminder(world);
    await the.run();
    const there = await productNow(world);
    await setClockRight(world);
    await the.run();
    await goTo(world, there);
    await the.run();
    await the.handOver();
    expect(the.mailsTo(given.contact)).toHaveLength(1);
  });

  it('and of all that a long outage missed only the last, to everybody it was for', async () => {
    const given = await aDueReminder(world);
    const admin = await mailable(world, given.merchant.hanako);
    await goTo(world, at(addBusinessDays(given.day, 1), 10));
    await the.run();
    await the.handOver();
    expect(the.mailsTo(given.contact)).toHaveLength(1);
    expect(the.mailsTo(admin)).toHaveLength(1);
    expect((await remindersOf(world, given.caseId)).map(({ step, outcome }) => `${step} ${outcome}`)).toEqual(
      ['after-0 sent', 'before-1 covered', 'before-3 covered', 'morning-0 covered'],
    );
  });

  it('but with steps of its own when the due instant changes', async () => {
    const given = await aDueReminder(world);
    await the.run();
    const later = addBusinessDays(given.day, 5);
    await world.db
      .updateTable('cases')
      .set({ due_at: endOfDay(later) })
      .where('id', '=', given.caseId)
      .execute();
    expect((await the.run()).reminders).toBe(0);
    await goTo(world, at(daysBefore(later, 3), 9));
    expect((await the.run()).reminders).toBe(1);
    expect((await remindersOf(world, given.caseId)).map(({ step }) => step)).toEqual([
      'before-3',
      'before-3',
    ]);
  });
});

const isReminding = async (tx: Parameters<Parameters<RunParts['inTransaction']>[0]>[0]): Promise<boolean> => {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from reminders where at = product_now()`.execute(tx);
  return (rows[0]?.n ?? 0) > 0;
};

describe('trouble with one merchant', () => {
  it('keeps no other from being reminded, and theirs is tried again', async () => {
    const given = [await aDueReminder(world), await aDueReminder(world)];
    // Both are due on the same morning, whichever was made first.
    const [troubled, other] = given;
    const inTransaction: RunParts['inTransaction'] = (work) =>
      the.parts.inTransaction(async (tx) => {
        const done = await work(tx);
        const { rows } = await sql<{ n: number }>`
          select count(*)::int as n from reminders where case_id = ${troubled?.caseId}`.execute(tx);
        if ((rows[0]?.n ?? 0) > 0) throw new Error('trouble');
        return done;
      });
    await expect(runReminders({ ...the.parts, inTransaction })).rejects.toThrow('not reminded');
    expect(await remindersOf(world, troubled?.caseId ?? '')).toEqual([]);
    expect(await remindersOf(world, other?.caseId ?? '')).toHaveLength(1);
    expect((await the.run()).reminders).toBe(1);
  });
});

describe('a jump of the clock', () => {
  it('holds all reminders and tells the admins; released, each case has one', async () => {
    const sato = await anOperator(world);
    await mailable(world, sato);
    await the.run();
    const given = await aDueReminder(world);
    // The database's clock went two hours further than time did.
    the.elapsed -= 2 * hour;
    expect(await the.run()).toEqual({ outcome: 'held', reminders: 0 });
    the.elapsed += 60_000;
    expect(await the.run()).toEqual({ outcome: 'held', reminders: 0 });
    expect(await remindersOf(world, given.caseId)).toEqual([]);
    expect((await as(world, sato).get('/reminders/hold')).body.hold).toMatchObject({ waiting: 1 });
    const alerts = await world.db
      .selectFrom('mails')
      .select('id')
      .where('mid', 'is', null)
      .where('id', 'not in', world.db.selectFrom('reminder_mails').select('mail_id'))
      .execute();
    expect(alerts.length).toBeGreaterThan(0);

    const released = await as(world, sato).post('/reminders/hold/end', { ending: 'released' });
    expect([released.status, released.body.hold]).toEqual([200, null]);
    expect((await as(world, sato).post('/reminders/hold/end', { ending: 'released' })).status).toBe(409);
    expect((await the.run()).reminders).toBe(1);
  });

  it('can be skipped: what was missed is not sent, what is ahead is', async () => {
    const sato = await anOperator(world);
    await the.run();
    const given = await aDueReminder(world);
    the.elapsed -= 2 * hour;
    expect((await the.run()).outcome).toBe('held');
    await as(world, sato).post('/reminders/hold/end', { ending: 'skipped' });
    expect(await the.run()).toEqual({ outcome: 'done', reminders: 0 });
    await goTo(world, at(daysBefore(given.day, 1), 8));
    expect((await the.run()).reminders).toBe(1);
  });

  it('is none when a rehearsal moves the product’s time, and none after an outage', async () => {
    await the.run();
    await moveClock(world, { days: 3 });
    expect((await the.run()).outcome).not.toBe('held');
    the.parts = { ...the.parts, watch: watchClock() };
    expect((await the.run()).outcome).not.toBe('held');
  });

  it('that is found by another process while a run goes on stops that run at the next merchant', async () => {
    const given = await aDueReminder(world);
    let began = false;
    const inTransaction: RunParts['inTransaction'] = async (work) => {
      const done = await the.parts.inTransaction(work);
      if (!began) await aHold();
      began = true;
      return done;
    };
    expect((await runReminders({ ...the.parts, inTransaction })).reminders).toBe(0);
    expect(await remindersOf(world, given.caseId)).toEqual([]);
    await as(world, await anOperator(world)).post('/reminders/hold/end', { ending: 'released' });
    expect((await the.run()).reminders).toBe(1);
  });
});

async function aHold(): Promise<void> {
  await world.db.transaction().execute(async (tx) => {
    await sql`set local session_replication_role = replica`.execute(tx);
    await tx.insertInto('reminder_holds').values({ id: newId(), jumped_seconds: 7200 }).execute();
  });
}
