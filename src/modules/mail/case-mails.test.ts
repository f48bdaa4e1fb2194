import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { afterEach, describe, expect, it } from 'vitest';
import { openSmtp } from '#src/platform/smtp.ts';
import { aMailServer, type MailServer } from '#tests/support/mail-server.ts';
import { startMailWorld } from '#tests/support/mail-world.ts';
import { aMerchant, anOperator, as, givenCase, type Merchant } from '#tests/support/world.ts';
import { announcementLetter, type Sender } from './letter.ts';
import { sendMail, sendMails } from './send-mail.ts';
import { writeMail } from './write-mail.ts';

const world = startMailWorld();
const sender: Sender = {
  providerName: 'SBペイメントサービス',
  supportMail: 'sbps-support@sbpayment.jp',
  baseUrl: 'https://portal.example.jp',
};
const from = { name: sender.providerName, address: 'no-reply@psp.example.jp' };

const toStop: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of toStop.splice(0).reverse()) await stop();
});

type Opened = { server: MailServer; parts: Parameters<typeof sendMails>[0] };

async function aServer(behaviour?: Parameters<typeof aMailServer>[0]): Promise<Opened> {
  const server = await aMailServer(behaviour);
  const smtp = await openSmtp(server.url);
  toStop.push(server.stop, smtp.close);
  return { server, parts: { inTransaction: world.bySystem.inTransaction, smtp, from } };
}

type Told = { merchant: Merchant; caseId: string };

async function aToldCase(): Promise<Told & { mailId: string }> {
  const merchant = await aMerchant(world);
  const caseId = await givenCase(world, merchant);
  return { merchant, caseId, mailId: await aMail({ merchant, caseId }) };
}

function aMail({ merchant: { mid }, caseId }: Told): Promise<string> {
  const about = { mid, sid: '001', caseIds: [caseId] };
  const names = { merchantName: '株式会社みどり書房', serviceName: 'みどり書房', contactName: '窓口' };
  const dueAt = new Date('2026-11-27T23:59:59+09:00');
  const what = { category: 'inquiry_cancellation', count: 1, dueAt, duesDiffer: false } as const;
  const letter = announcementLetter({ ...about, ...names, ...what }, sender, 'ja');
  const to = { name: '窓口', address: 'desk@shop.example.jp' };
  return world.bySystem.inTransaction((tx) => writeMail(tx, { to, letter, about, sender, isKept: false }));
}

const logOf = async (caseId: string) =>
  as(world, await anOperator(world, 'auditor')).get(`/cases/${caseId}/mails`);

const eventsOf = async (mailId: string) =>
  (await world.db.selectFrom('mail_events').select('kind').where('mail_id', '=', mailId).execute()).map(
    ({ kind }) => kind,
  );

describe('the delivery log of a case', () => {
  it('says to whom each mail went, what the server said, and proves the text', async () => {
    const { server, parts } = await aServer({ toMail: (before) => (before < 2 ? 451 : undefined) });
    const { caseId, mailId } = await aToldCase();
    await expect(sendMail(parts, mailId)).rejects.toThrow('451');
    await expect(sendMail(parts, mailId)).rejects.toThrow('451');
    await sendMail(parts, mailId);

    const { status, body } = await logOf(caseId);

    const { host } = new URL(server.url);
    const sha256 = createHash('sha256')
      .update(server.received[0]?.mail.text ?? '')
      .digest('hex');
    expect(status).toBe(200);
    expect(body.mails).toEqual([
      {
        id: mailId,
        messageId: `<${mailId}@portal.example.jp>`,
        recipient: { name: '窓口', address: 'desk@shop.example.jp' },
        subject: server.received[0]?.mail.subject,
        sha256,
        state: 'sent',
        queuedAt: expect.any(String),
        tries: 3,
        copyOf: null,
        events: [
          { at: expect.any(String), kind: 'not_taken', reply: '451', host, by: null },
          { at: expect.any(String), kind: 'handed_over', reply: '250', host, by: null },
        ],
      },
    ]);
  });

  it('keeps what a refused mail was refused with, and what was sent when its text is erased', async () => {
    const { parts } = await aServer({ toRecipient: () => 550 });
    const { caseId, mailId } = await aToldCase();
    await sendMail(parts, mailId);
    await sql`update mails set sealed_letter = null where id = ${mailId}`.execute(world.db);

    const { body } = await logOf(caseId);

    expect(body.mails).toMatchObject([{ recipient: null, subject: null, state: 'failed', tries: 1 }]);
    expect(body.mails[0].sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(body.mails[0].events).toMatchObject([{ kind: 'failed', reply: '550' }]);
  });

  it('says how many of those who are to be told mails do not reach, an address counted once', async () => {
    const { merchant, caseId } = await aToldCase();
    const contacts = [
      ['001', 'Desk@shop.example.jp', true],
      [null, 'desk@shop.example.jp', true],
      [null, 'second@shop.example.jp', false],
      ['002', 'other@shop.example.jp', true],
    ] as const;
    for (const [sid, email, isMarked] of contacts)
      await sql`insert into contacts (id, mid, sid, category, name, email, unreachable_since)
        values (gen_random_uuid(), ${merchant.mid}, ${sid}, 'inquiry_cancellation', '窓口', ${email},
          case when ${isMarked} then now() end)`.execute(world.db);

    expect((await logOf(caseId)).body.contacts).toEqual({ all: 2, unreachable: 1 });
  });

  it('is empty before anybody was told, and is of its own case alone', async () => {
    const merchant = await aMerchant(world);
    const [told, untold] = [await givenCase(world, merchant), await givenCase(world, merchant)];
    await aMail({ merchant, caseId: told });

    expect((await logOf(untold)).body).toEqual({ contacts: { all: 0, unreachable: 0 }, mails: [] });
    expect((await logOf('261124-000-000-000')).status).toBe(404);
    expect((await as(world, merchant.hanako).get(`/cases/${told}/mails`)).status).toBe(403);
  });

  it('cannot be changed by the portal', async () => {
    const { parts } = await aServer();
    const { mailId } = await aToldCase();
    await sendMail(parts, mailId);

    for (const change of [sql`update mail_events set reply = 'x'`, sql`delete from mail_events`])
      await expect(world.bySystem.inTransaction((tx) => change.execute(tx))).rejects.toThrow(
        'permission denied',
      );
  });
});

describe('many mails at once', () => {
  it('each end as they do alone, and one that is refused holds up no other', async () => {
    const { server, parts } = await aServer({ toMail: (before) => (before === 3 ? 552 : undefined) });
    const told = await aToldCase();
    const mailIds = [told.mailId];
    for (let count = 1; count < 12; count += 1) mailIds.push(await aMail(told));

    const ends = [...(await sendMails(parts, mailIds)).values()];

    expect(ends.filter((end) => !(end instanceof Error) && end.state === 'sent')).toHaveLength(11);
    expect(ends).toContainEqual({ state: 'failed', reason: '552' });
    expect(new Set(server.received.map(({ mail }) => mail.messageId)).size).toBe(11);
    expect((await Promise.all(mailIds.map(eventsOf))).map((events) => events.length)).toEqual(
      mailIds.map(() => 1),
    );
  });

  it('go once though two workers have all of them to do', async () => {
    const { server, parts } = await aServer();
    const told = await aToldCase();
    const mailIds = [told.mailId];
    for (let count = 1; count < 8; count += 1) mailIds.push(await aMail(told));

    const both = await Promise.all([sendMails(parts, mailIds), sendMails(parts, mailIds.toReversed())]);

    const sent = both
      .flatMap((ends) => [...ends.values()])
      .filter((end) => 'state' in end && end.state === 'sent');
    expect(sent).toHaveLength(8);
    expect(server.got).toHaveLength(8);
  });
});
