import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addBusinessDays } from '#src/domain/business-days.ts';
import { addDays, dayOf, endOfDay, startOfDay } from '#src/domain/days.ts';
import { mailQueues } from '#src/modules/mail/index.ts';
import { openSmtp, type Smtp } from '#src/platform/smtp.ts';
import { testLog } from '#tests/support/logs.ts';
import { aMailServer, type MailServer } from '#tests/support/mail-server.ts';
import { startMailWorld } from '#tests/support/mail-world.ts';
import { moveClock, setClockRight } from '#tests/support/move-clock.ts';
import { aMerchant, anOperator, as, cancelled, givenCase, type Merchant } from '#tests/support/world.ts';
import { refreshReminder } from './refresh-reminder.ts';
import { type RunParts, runReminders } from './run-reminders.ts';
import { watchClock } from './watch-clock.ts';

const world = startMailWorld({ settings: () => ({ SMTP_URL: 'smtp://127.0.0.1:1' }) });
const sender = {
  providerName: 'SBペイメントサービス',
  supportMail: 'sbps-support@sbpayment.jp',
  baseUrl: 'https://portal.example.jp',
};

let server: MailServer;
let smtp: Smtp;
let elapsed = 0;
let parts: RunParts;

beforeEach(async () => {
  server = await aMailServer();
  smtp = await openSmtp(server.url);
  elapsed = 0;
  parts = {
    inTransaction: world.bySystem.inTransaction,
    watch: watchClock(() => performance.now() + elapsed),
    how: { sender, isKept: false },
  };
  await setClockRight(world);
  await world.db.deleteFrom('reminder_plans').execute();
});
afterEach(async () => {
  smtp.close();
  await server.stop();
});

const run = () => runReminders(parts);

/** Hands over what waits, as the worker does. */
async function handOver(): Promise<void> {
  const { inTransaction } = world.bySystem;
  const from = 'no-reply@psp.example.jp';
  const queues = mailQueues({
    inTransaction,
    sender,
    from,
    smtp,
    log: testLog(),
    refresh: refreshReminder(sender),
  });
  const send = queues.find(({ name }) => name === 'send-mail');
  const waiting = await world.db
    .selectFrom('mails')
    .innerJoin('reminder_mails', 'mail_id', 'mails.id')
    .select('id')
    .where('state', '=', 'queued')
    .orderBy('id')
    .execute();
  for (const { id } of waiting) await send?.work({ mailId: id });
}

async function productNow(): Promise<Date> {
  const { rows } = await sql<{ now: Date }>`select product_now() as now`.execute(world.db);
  return rows[0]?.now ?? new Date();
}

/** Moves the product's time on to a moment. */
async function goTo(moment: Date): Promise<void> {
  const milliseconds = moment.getTime() - (await productNow()).getTime();
  if (milliseconds > 0) await moveClock(world, { milliseconds });
}

const hour = 3_600_000;
const at = (day: string, hours: number): Date => new Date(startOfDay(day).getTime() + hours * hour);

let people = 0;
async function aContact(
  { mid }: Merchant,
  sid: string | null = '001',
  locale: 'ja' | 'en' = 'ja',
): Promise<string> {
  people += 1;
  const email = `desk${people}@shop.example.jp`;
  await world.db
    .insertInto('contacts')
    .values({
      id: crypto.randomUUID(),
      mid,
      sid,
      category: 'inquiry_cancellation',
      name: '窓口',
      email,
      locale,
    })
    .execute();
  return email;
}

async function mailable({ id }: { id: string }): Promise<string> {
  people += 1;
  const email = `person${people}@shop.example.jp`;
  await world.db.updateTable('users').set({ email }).where('id', '=', id).execute();
  return email;
}

/** A due day far enough ahead for a whole ladder, a business day with business days before it. */
const aDueDay = async (): Promise<string> => addBusinessDays(addDays(dayOf(await productNow()), 1), 6);
const daysBefore = (day: string, count: number): string => {
  let landed = addDays(day, -1);
  while (addBusinessDays(landed, count) !== day) landed = addDays(landed, -1);
  return addBusinessDays(landed, 0);
};

const mailsTo = (email: string) => server.received.filter(({ to }) => to.includes(email));
const remindersOf = (caseId: string) =>
  world.db
    .selectFrom('reminders')
    .select(['step', 'outcome', 'contacts', 'merchant_admins', 'operators'])
    .where('case_id', '=', caseId)
    .orderBy('at')
    .orderBy('step')
    .execute();

describe('a week of reminders', () => {
  it('goes by the ladder, in one mail for each recipient and service, and up to the operators', async () => {
    const merchant = await aMerchant(world);
    const contact = await aContact(merchant, '001', 'en');
    const admin = await mailable(merchant.hanako);
    const operator = await mailable(await anOperator(world, 'agent'));
    const day = await aDueDay();
    const dueAt = endOfDay(day).toISOString();
    const first = await givenCase(world, merchant, { dueAt });
    const second = await givenCase(world, merchant, { dueAt });
    await goTo(at(daysBefore(day, 3), 7.5));
    expect(await run()).toEqual({ outcome: 'quiet', reminders: 0 });
    for (let now = await productNow(); now < at(addBusinessDays(day, 2), 12); now = await productNow()) {
      await run();
      await handOver();
      await moveClock(world, { hours: 1 });
    }
    const steps = [
      { step: 'before-3', outcome: 'sent', contacts: 1, merchant_admins: 0, operators: 0 },
      { step: 'before-1', outcome: 'sent', contacts: 1, merchant_admins: 0, operators: 0 },
      { step: 'morning-0', outcome: 'sent', contacts: 1, merchant_admins: 0, operators: 0 },
      { step: 'after-0', outcome: 'sent', contacts: 1, merchant_admins: 1, operators: 0 },
      { step: 'after-1', outcome: 'sent', contacts: 0, merchant_admins: 0, operators: 1 },
    ];
    expect(await remindersOf(first)).toEqual(steps);
    expect(await remindersOf(second)).toEqual(steps);
    expect(mailsTo(contact)).toHaveLength(4);
    expect(mailsTo(admin)).toHaveLength(1);
    expect(mailsTo(operator)).toHaveLength(1);
    const [one] = mailsTo(contact);
    expect(one?.mail.subject).toBe(`[SBペイメントサービス]Answers are due(${merchant.mid}-001)`);
    expect(one?.mail.text).toContain(first);
    expect(one?.mail.text).toContain(`${second} | ${merchant.mid}-001`);
    expect(one?.mail.text).toContain('3 business days left');
    expect(one?.mail.text).toContain(`/cases?mid=${merchant.mid}&sid=001&status=received`);
    expect(one?.mail.html).toContain(first);
    expect(mailsTo(admin)[0]?.mail.subject).toBe(
      `[SBペイメントサービス]回答期限超過のお知らせ(${merchant.mid})`,
    );
    for (const { raw } of server.received) expect(raw).not.toMatch(/C-1001|月額プラン|1234\b.*JCB/);
  });
});

/** A case whose reminder of three days before is due now. */
async function aDueReminder(): Promise<{ merchant: Merchant; contact: string; caseId: string; day: string }> {
  const merchant = await aMerchant(world);
  const contact = await aContact(merchant);
  const day = await aDueDay();
  const caseId = await givenCase(world, merchant, { dueAt: endOfDay(day).toISOString(), draft: cancelled });
  await goTo(at(daysBefore(day, 3), 8));
  return { merchant, contact, caseId, day };
}

const answer = ({ merchant, caseId }: { merchant: Merchant; caseId: string }) =>
  as(world, merchant.hanako).post(`/cases/${caseId}/answer`, { draftVersion: 1 });

describe('no reminder of a closed case', () => {
  it('is written once it is answered', async () => {
    const given = await aDueReminder();
    expect((await answer(given)).status).toBe(201);
    expect(await run()).toEqual({ outcome: 'done', reminders: 0 });
    expect(await remindersOf(given.caseId)).toEqual([]);
  });

  it('is handed over when it was answered after it was written, and the others stay in the mail', async () => {
    const given = await aDueReminder();
    const other = await givenCase(world, given.merchant, { dueAt: endOfDay(given.day).toISOString() });
    await world.db
      .updateTable('reminder_plans')
      .set({ since: sql<Date>`since - interval '1 day'` })
      .where('case_id', '=', other)
      .execute();
    expect((await run()).reminders).toBe(2);
    expect((await answer(given)).status).toBe(201);
    await handOver();
    expect(mailsTo(given.contact)).toHaveLength(1);
    expect(mailsTo(given.contact)[0]?.mail.text).toContain(other);
    expect(mailsTo(given.contact)[0]?.mail.text).not.toContain(given.caseId);
  });

  it('is handed over when nothing is left to say', async () => {
    const given = await aDueReminder();
    expect((await run()).reminders).toBe(1);
    await answer(given);
    await handOver();
    expect(mailsTo(given.contact)).toEqual([]);
    const mails = await world.db
      .selectFrom('mails')
      .innerJoin('mail_cases', 'mail_id', 'id')
      .innerJoin('reminder_mails', 'reminder_mails.mail_id', 'id')
      .select('state')
      .where('case_id', '=', given.caseId)
      .execute();
    expect(mails).toEqual([{ state: 'cancelled' }]);
  });

  it('is handed over while an answer is being registered: the hand-over waits for it and then drops the case', async () => {
    const given = await aDueReminder();
    await run();
    const { promise: mayCommit, resolve: commit } = Promise.withResolvers<void>();
    const { promise: isHeld, resolve: held } = Promise.withResolvers<void>();
    const answering = world.db.transaction().execute(async (tx) => {
      await sql`update cases set status = 'answered', answered_at = now() where id = ${given.caseId}`.execute(
        tx,
      );
      held();
      await mayCommit;
    });
    await isHeld;
    const handing = handOver();
    await untilSomebodyWaits();
    expect(server.got).toEqual([]);
    commit();
    await answering;
    await handing;
    expect(server.got).toEqual([]);
  });
});

async function untilSomebodyWaits(): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    const { rows } = await sql<{ n: number }>`
      select count(*)::int as n from pg_stat_activity
      where wait_event_type = 'Lock' and datname = current_database()`.execute(world.db);
    if ((rows[0]?.n ?? 0) > 0) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('nobody came to wait');
}

describe('each reminder once', () => {
  it('although many runs race for it', async () => {
    const given = await aDueReminder();
    const ran = await Promise.all(Array.from({ length: 6 }, run));
    expect(ran.reduce((sum, { reminders }) => sum + reminders, 0)).toBe(1);
    await handOver();
    expect(mailsTo(given.contact)).toHaveLength(1);
  });

  it('and nothing of it when the process dies before it commits', async () => {
    const given = await aDueReminder();
    const inTransaction: RunParts['inTransaction'] = (work) =>
      parts.inTransaction(async (tx) => {
        const done = await work(tx);
        if (await isReminding(tx)) throw new Error('killed');
        return done;
      });
    await expect(runReminders({ ...parts, inTransaction })).rejects.toThrow();
    expect(await remindersOf(given.caseId)).toEqual([]);
    expect((await run()).reminders).toBe(1);
    await handOver();
    expect(mailsTo(given.contact)).toHaveLength(1);
  });

  it('although the clock goes back and comes again', async () => {
    const given = await aDueReminder();
    await run();
    const there = await productNow();
    await setClockRight(world);
    await run();
    await goTo(there);
    await run();
    await handOver();
    expect(mailsTo(given.contact)).toHaveLength(1);
  });

  it('and of all that a long outage missed only the last, to everybody it was for', async () => {
    const given = await aDueReminder();
    const admin = await mailable(given.merchant.hanako);
    await goTo(at(addBusinessDays(given.day, 1), 10));
    await run();
    await handOver();
    expect(mailsTo(given.contact)).toHaveLength(1);
    expect(mailsTo(admin)).toHaveLength(1);
    expect((await remindersOf(given.caseId)).map(({ step, outcome }) => `${step} ${outcome}`)).toEqual([
      'after-0 sent',
      'before-1 covered',
      'before-3 covered',
      'morning-0 covered',
    ]);
  });

  it('but with steps of its own when the due instant changes', async () => {
    const given = await aDueReminder();
    await run();
    const later = addBusinessDays(given.day, 5);
    await world.db
      .updateTable('cases')
      .set({ due_at: endOfDay(later) })
      .where('id', '=', given.caseId)
      .execute();
    expect((await run()).reminders).toBe(0);
    await goTo(at(daysBefore(later, 3), 9));
    expect((await run()).reminders).toBe(1);
    expect((await remindersOf(given.caseId)).map(({ step }) => step)).toEqual(['before-3', 'before-3']);
  });
});

const isReminding = async (tx: Parameters<Parameters<RunParts['inTransaction']>[0]>[0]): Promise<boolean> => {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from reminders where at = product_now()`.execute(tx);
  return (rows[0]?.n ?? 0) > 0;
};

describe('a case', () => {
  it('that comes in with its due instant near gets only the steps still ahead', async () => {
    const merchant = await aMerchant(world);
    await aContact(merchant);
    const day = await aDueDay();
    await goTo(at(daysBefore(day, 1), 10));
    const caseId = await givenCase(world, merchant, { dueAt: endOfDay(day).toISOString() });
    expect((await run()).reminders).toBe(0);
    await goTo(at(day, 8));
    expect((await run()).reminders).toBe(1);
    expect((await remindersOf(caseId)).map(({ step }) => step)).toEqual(['morning-0']);
  });

  it('of a service without contacts is told of to the merchant’s admins, and without those to the operators', async () => {
    const merchant = await aMerchant(world);
    const operator = await mailable(await anOperator(world));
    const day = await aDueDay();
    const caseId = await givenCase(world, merchant, { dueAt: endOfDay(day).toISOString() });
    await goTo(at(daysBefore(day, 3), 8));
    await run();
    await handOver();
    expect(mailsTo(operator)).toHaveLength(1);
    const admin = await mailable(merchant.hanako);
    await goTo(at(daysBefore(day, 1), 8));
    await run();
    await handOver();
    expect(mailsTo(admin)).toHaveLength(1);
    const [first, second] = await remindersOf(caseId);
    expect([first?.contacts, first?.merchant_admins]).toEqual([0, 0]);
    expect([second?.contacts, second?.merchant_admins, second?.operators]).toEqual([0, 1, 0]);
  });
});

describe('a jump of the clock', () => {
  it('holds all reminders and tells the admins; released, each case has one', async () => {
    const sato = await anOperator(world);
    await mailable(sato);
    await run();
    const given = await aDueReminder();
    // The database's clock went two hours further than time did.
    elapsed -= 2 * hour;
    expect(await run()).toEqual({ outcome: 'held', reminders: 0 });
    elapsed += 60_000;
    expect(await run()).toEqual({ outcome: 'held', reminders: 0 });
    expect(await remindersOf(given.caseId)).toEqual([]);
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
    expect((await run()).reminders).toBe(1);
  });

  it('can be skipped: what was missed is not sent, what is ahead is', async () => {
    const sato = await anOperator(world);
    await run();
    const given = await aDueReminder();
    elapsed -= 2 * hour;
    expect((await run()).outcome).toBe('held');
    await as(world, sato).post('/reminders/hold/end', { ending: 'skipped' });
    expect(await run()).toEqual({ outcome: 'done', reminders: 0 });
    await goTo(at(daysBefore(given.day, 1), 8));
    expect((await run()).reminders).toBe(1);
  });

  it('is none when a rehearsal moves the product’s time, and none after an outage', async () => {
    await run();
    await moveClock(world, { days: 3 });
    expect((await run()).outcome).not.toBe('held');
    parts = { ...parts, watch: watchClock() };
    expect((await run()).outcome).not.toBe('held');
  });
});
