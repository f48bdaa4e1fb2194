import { sql } from 'kysely';
import { afterEach, beforeEach } from 'vitest';
import { addBusinessDays } from '#src/domain/business-days.ts';
import { addDays, dayOf, endOfDay, startOfDay } from '#src/domain/days.ts';
import { mailQueues } from '#src/modules/mail/index.ts';
import { refreshReminder } from '#src/modules/reminders/refresh-reminder.ts';
import { type Run, type RunParts, runReminders } from '#src/modules/reminders/run-reminders.ts';
import { watchClock } from '#src/modules/reminders/watch-clock.ts';
import { openSmtp, type Smtp } from '#src/platform/smtp.ts';
import { testLog } from './logs.ts';
import { aMailServer, type MailServer } from './mail-server.ts';
import { type MailWorld, startMailWorld } from './mail-world.ts';
import { moveClock, setClockRight } from './move-clock.ts';
import { aMerchant, cancelled, givenCase, type Merchant } from './world.ts';

const sender = {
  providerName: 'SBペイメントサービス',
  supportMail: 'sbps-support@sbpayment.jp',
  baseUrl: 'https://portal.example.jp',
};

export type ReminderWorld = {
  world: MailWorld;
  /** The mail server of the test that runs. */
  server: MailServer;
  parts: RunParts;
  /** What the clock of the process that nobody can set is ahead, in milliseconds. */
  elapsed: number;
  run: () => Promise<Run>;
  /** Hands over what waits, as the worker does. */
  handOver: () => Promise<void>;
  mailsTo: (email: string) => MailServer['received'];
};

/** The product with reminders that a test runs itself, a mail server and a database of its own. */
export function startReminderWorld(): ReminderWorld {
  const world = startMailWorld({ settings: () => ({ SMTP_URL: 'smtp://127.0.0.1:1' }) });
  let smtp: Smtp;
  const given = { world, elapsed: 0 } as ReminderWorld;
  given.run = () => runReminders(given.parts);
  given.handOver = () => handOver(world, smtp);
  given.mailsTo = (email) => given.server.received.filter(({ to }) => to.includes(email));
  beforeEach(async () => {
    given.server = await aMailServer();
    smtp = await openSmtp(given.server.url);
    given.elapsed = 0;
    given.parts = {
      inTransaction: world.bySystem.inTransaction,
      watch: watchClock(() => performance.now() + given.elapsed),
      how: { sender, isKept: false },
    };
    await setClockRight(world);
    await world.db.deleteFrom('reminder_plans').execute();
  });
  afterEach(async () => {
    smtp.close();
    await given.server.stop();
  });
  return given;
}

async function handOver(world: MailWorld, smtp: Smtp): Promise<void> {
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

export async function productNow(world: MailWorld): Promise<Date> {
  const { rows } = await sql<{ now: Date }>`select product_now() as now`.execute(world.db);
  return rows[0]?.now ?? new Date();
}

/** Moves the product's time on to a moment. */
export async function goTo(world: MailWorld, moment: Date): Promise<void> {
  const milliseconds = moment.getTime() - (await productNow(world)).getTime();
  if (milliseconds > 0) await moveClock(world, { milliseconds });
}

const hour = 3_600_000;

/** An hour of a day in Japan. */
export const at = (day: string, hours: number): Date => new Date(startOfDay(day).getTime() + hours * hour);

let people = 0;

/** Somebody of a service, or of all of a merchant's, who is told by mail; tells at which address. */
export async function aContact(
  world: MailWorld,
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

/** Has a person be told by mail; tells at which address. */
export async function mailable(world: MailWorld, { id }: { id: string }): Promise<string> {
  people += 1;
  const email = `person${people}@shop.example.jp`;
  await world.db.updateTable('users').set({ email }).where('id', '=', id).execute();
  return email;
}

/** A due day far enough ahead for a whole ladder, a business day with business days before it. */
export const aDueDay = async (world: MailWorld): Promise<string> =>
  addBusinessDays(addDays(dayOf(await productNow(world)), 1), 6);

/** The business day so many before a business day. */
export const daysBefore = (day: string, count: number): string => {
  let landed = addDays(day, -1);
  while (addBusinessDays(landed, count) !== day) landed = addDays(landed, -1);
  return addBusinessDays(landed, 0);
};

/** The steps that were taken for a case, the oldest first. */
export const remindersOf = (world: MailWorld, caseId: string) =>
  world.db
    .selectFrom('reminders')
    .select(['step', 'outcome', 'contacts', 'merchant_admins', 'operators'])
    .where('case_id', '=', caseId)
    .orderBy('at')
    .orderBy('step')
    .execute();

export type DueReminder = { merchant: Merchant; contact: string; caseId: string; day: string };

/** A case whose reminder of three days before is due now. */
export async function aDueReminder(world: MailWorld): Promise<DueReminder> {
  const merchant = await aMerchant(world);
  const contact = await aContact(world, merchant);
  const day = await aDueDay(world);
  const caseId = await givenCase(world, merchant, { dueAt: endOfDay(day).toISOString(), draft: cancelled });
  await goTo(world, at(daysBefore(day, 3), 8));
  return { merchant, contact, caseId, day };
}
