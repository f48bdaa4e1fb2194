import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { addBusinessDays } from '#src/domain/business-days.ts';
import { endOfDay } from '#src/domain/days.ts';
import { markUnreachable } from '#src/modules/merchants/index.ts';
import { moveClock } from '#tests/support/move-clock.ts';
import {
  aContact,
  aDueDay,
  aDueReminder,
  at,
  daysBefore,
  goTo,
  mailable,
  productNow,
  remindersOf,
  startReminderWorld,
} from '#tests/support/reminder-world.ts';
import { untilSomebodyWaits } from '#tests/support/until-somebody-waits.ts';
import { aMerchant, anOperator, as, givenCase, type Merchant } from '#tests/support/world.ts';

const the = startReminderWorld();
const { world } = the;

describe('a week of reminders', () => {
  it('goes by the ladder, in one mail for each recipient and service, and up to the operators', async () => {
    const merchant = await aMerchant(world);
    const contact = await aContact(world, merchant, '001', 'en');
    const admin = await mailable(world, merchant.hanako);
    const operator = await mailable(world, await anOperator(world, 'agent'));
    const day = await aDueDay(world);
    const dueAt = endOfDay(day).toISOString();
    const first = await givenCase(world, merchant, { dueAt });
    const second = await givenCase(world, merchant, { dueAt });
    await goTo(world, at(daysBefore(day, 3), 7.5));
    expect(await the.run()).toEqual({ outcome: 'quiet', reminders: 0 });
    for (
      let now = await productNow(world);
      now < at(addBusinessDays(day, 2), 12);
      now = await productNow(world)
    ) {
      await the.run();
      await the.handOver();
      await moveClock(world, { hours: 1 });
    }
    const steps = [
      { step: 'before-3', outcome: 'sent', contacts: 1, merchant_admins: 0, operators: 0 },
      { step: 'before-1', outcome: 'sent', contacts: 1, merchant_admins: 0, operators: 0 },
      { step: 'morning-0', outcome: 'sent', contacts: 1, merchant_admins: 0, operators: 0 },
      { step: 'after-0', outcome: 'sent', contacts: 1, merchant_admins: 1, operators: 0 },
      { step: 'after-1', outcome: 'sent', contacts: 0, merchant_admins: 0, operators: 1 },
    ];
    expect(await remindersOf(world, first)).toEqual(steps);
    expect(await remindersOf(world, second)).toEqual(steps);
    expect(the.mailsTo(contact)).toHaveLength(4);
    expect(the.mailsTo(admin)).toHaveLength(1);
    expect(the.mailsTo(operator)).toHaveLength(1);
    const [one] = the.mailsTo(contact);
    expect(one?.mail.subject).toBe(`[SBペイメントサービス]Answers are due(${merchant.mid}-001)`);
    expect(one?.mail.text).toContain(first);
    expect(one?.mail.text).toContain(`${second} | ${merchant.mid}-001`);
    expect(one?.mail.text).toContain('3 business days left');
    expect(one?.mail.text).toContain(`/cases?mid=${merchant.mid}&sid=001&status=received`);
    expect(one?.mail.html).toContain(first);
    expect(the.mailsTo(admin)[0]?.mail.subject).toBe(
      `[SBペイメントサービス]回答期限超過のお知らせ(${merchant.mid})`,
    );
    for (const { raw } of the.server.received) expect(raw).not.toMatch(/C-1001|月額プラン|1234\b.*JCB/);
  });
});

const answer = ({ merchant, caseId }: { merchant: Merchant; caseId: string }) =>
  as(world, merchant.hanako).post(`/cases/${caseId}/answer`, { draftVersion: 1 });

/** What operators see of a case: what became of each step, and how many contacts were told. */
async function historyOf(caseId: string): Promise<string[]> {
  const { body } = await as(world, await anOperator(world, 'agent')).get(`/cases/${caseId}/reminders`);
  return body.sent.map(
    ({ outcome, contacts }: { outcome: string; contacts: number }) => `${outcome} ${contacts}`,
  );
}

describe('no reminder of a closed case', () => {
  it('is written once it is answered', async () => {
    const given = await aDueReminder(world);
    expect((await answer(given)).status).toBe(201);
    expect(await the.run()).toEqual({ outcome: 'done', reminders: 0 });
    expect(await remindersOf(world, given.caseId)).toEqual([]);
  });

  it('is handed over when it was answered after it was written, and the others stay in the mail', async () => {
    const given = await aDueReminder(world);
    const other = await givenCase(world, given.merchant, { dueAt: endOfDay(given.day).toISOString() });
    await world.db
      .updateTable('reminder_plans')
      .set({ since: sql<Date>`since - interval '1 day'` })
      .where('case_id', '=', other)
      .execute();
    expect((await the.run()).reminders).toBe(2);
    expect((await answer(given)).status).toBe(201);
    await the.handOver();
    expect(the.mailsTo(given.contact)).toHaveLength(1);
    expect(the.mailsTo(given.contact)[0]?.mail.text).toContain(other);
    expect(the.mailsTo(given.contact)[0]?.mail.text).not.toContain(given.caseId);
    expect(await historyOf(given.caseId)).toEqual(['dropped 0']);
    expect(await historyOf(other)).toEqual(['sent 1']);
  });

  it('is handed over when nothing is left to say', async () => {
    const given = await aDueReminder(world);
    expect((await the.run()).reminders).toBe(1);
    await answer(given);
    await the.handOver();
    expect(the.mailsTo(given.contact)).toEqual([]);
    const mails = await world.db
      .selectFrom('mails')
      .innerJoin('mail_cases', 'mail_id', 'id')
      .innerJoin('reminder_mails', 'reminder_mails.mail_id', 'id')
      .select('state')
      .where('case_id', '=', given.caseId)
      .execute();
    expect(mails).toEqual([{ state: 'cancelled' }]);
    expect(await historyOf(given.caseId)).toEqual(['dropped 0']);
  });

  it('is handed over while an answer is being registered: the hand-over waits for it and then drops the case', async () => {
    const given = await aDueReminder(world);
    await the.run();
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
    const handing = the.handOver();
    await untilSomebodyWaits(world);
    expect(the.server.got).toEqual([]);
    commit();
    await answering;
    await handing;
    expect(the.server.got).toEqual([]);
  });
});

describe('a case', () => {
  it('that comes in with its due instant near gets only the steps still ahead', async () => {
    const merchant = await aMerchant(world);
    await aContact(world, merchant);
    const day = await aDueDay(world);
    await goTo(world, at(daysBefore(day, 1), 10));
    const caseId = await givenCase(world, merchant, { dueAt: endOfDay(day).toISOString() });
    expect((await the.run()).reminders).toBe(0);
    await goTo(world, at(day, 8));
    expect((await the.run()).reminders).toBe(1);
    expect((await remindersOf(world, caseId)).map(({ step }) => step)).toEqual(['morning-0']);
  });

  it('of a service without contacts is told of to the merchant’s admins, and without those to the operators', async () => {
    const merchant = await aMerchant(world);
    const operator = await mailable(world, await anOperator(world));
    const day = await aDueDay(world);
    const caseId = await givenCase(world, merchant, { dueAt: endOfDay(day).toISOString() });
    await goTo(world, at(daysBefore(day, 3), 8));
    await the.run();
    await the.handOver();
    expect(the.mailsTo(operator)).toHaveLength(1);
    const admin = await mailable(world, merchant.hanako);
    await goTo(world, at(daysBefore(day, 1), 8));
    await the.run();
    await the.handOver();
    expect(the.mailsTo(admin)).toHaveLength(1);
    const [first, second] = await remindersOf(world, caseId);
    expect([first?.contacts, first?.merchant_admins]).toEqual([0, 0]);
    expect([second?.contacts, second?.merchant_admins, second?.operators]).toEqual([0, 1, 0]);
  });

  it('of a service whose only contact cannot be reached is told of to the merchant’s admins as well', async () => {
    const merchant = await aMerchant(world);
    const admin = await mailable(world, merchant.hanako);
    const address = await aContact(world, merchant);
    const day = await aDueDay(world);
    const caseId = await givenCase(world, merchant, { dueAt: endOfDay(day).toISOString() });
    await world.bySystem.inTransaction((tx) =>
      markUnreachable(tx, { mid: merchant.mid, address, reply: '5.1.1' }),
    );
    await goTo(world, at(daysBefore(day, 3), 8));
    await the.run();
    await the.handOver();
    expect([the.mailsTo(address).length, the.mailsTo(admin).length]).toEqual([1, 1]);
    const [first] = await remindersOf(world, caseId);
    expect([first?.contacts, first?.merchant_admins]).toEqual([1, 1]);
  });
});
