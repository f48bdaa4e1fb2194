import { sql } from 'kysely';
import { afterEach, describe, expect, it } from 'vitest';
import { openSmtp } from '#src/platform/smtp.ts';
import { testLog } from '#tests/support/logs.ts';
import { aReport, type WrittenReport } from '#tests/support/mail-report.ts';
import { aMailServer } from '#tests/support/mail-server.ts';
import { startMailWorld } from '#tests/support/mail-world.ts';
import { mailsTo } from '#tests/support/mailbox.ts';
import { aMerchant, as, givenCase, type Merchant } from '#tests/support/world.ts';
import { noteReport } from './note-report.ts';
import { mailQueues } from './queues.ts';
import { readReport } from './read-report.ts';
import { sendMail } from './send-mail.ts';
import { writeMail } from './write-mail.ts';

const world = startMailWorld();
const sender = {
  providerName: 'PSP',
  supportMail: 'support@psp.example.jp',
  baseUrl: 'https://psp.example.jp',
};
const letter = {
  locale: 'ja' as const,
  subject: '件名',
  addressee: ['窓口 様'],
  paragraphs: ['本文'],
  facts: [],
  notes: [],
  link: { label: '開く', url: 'https://psp.example.jp/cases' },
};

const toStop: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of toStop.splice(0).reverse()) await stop();
});

const address = () => `desk-${crypto.randomUUID().slice(0, 8)}@shop.example.jp`;

/** A merchant with one contact, and a mail to it about a request. */
async function aTold() {
  const merchant = await aMerchant(world);
  const caseId = await givenCase(world, merchant);
  const email = address();
  const { body } = await contactsOf(merchant).post({
    ...{ sid: null, category: 'inquiry_cancellation', name: '窓口', email, locale: 'ja' },
  });
  const mailId = await world.bySystem.inTransaction((tx) =>
    writeMail(tx, {
      to: { name: '窓口', address: email },
      letter,
      about: { mid: merchant.mid, sid: '001', caseIds: [caseId] },
      sender,
      isKept: false,
    }),
  );
  return { merchant, email, mailId, contactId: body.id as string, version: body.version as number };
}

const contactsOf = (merchant: Merchant) => ({
  get: async () => (await as(world, merchant.hanako).get(`/merchants/${merchant.mid}/contacts`)).body.data,
  post: (contact: object) => as(world, merchant.hanako).post(`/merchants/${merchant.mid}/contacts`, contact),
});

async function take(written: WrittenReport): Promise<boolean | undefined> {
  const read = await readReport(aReport(written));
  return read && world.bySystem.inTransaction((tx) => noteReport(tx, read));
}

const eventsOf = (mailId: string) =>
  world.db
    .selectFrom('mail_events')
    .select(['kind', 'reply', 'host'])
    .where('mail_id', '=', mailId)
    .orderBy('id')
    .execute();

/** Does what was queued for test mails, as the worker does. */
async function doTests(): Promise<void> {
  const { inTransaction } = world.bySystem;
  const queues = mailQueues({ inTransaction, sender, from: 'no-reply@psp.example.jp', log: testLog() });
  const queued = sql<{ data: unknown }>`select data from pgboss.job where name = 'send-test-mail'`;
  for (const { data } of (await queued.execute(world.db)).rows)
    await queues.find(({ name }) => name === 'send-test-mail')?.work(data);
}

describe('a mail that comes back', () => {
  it('is a line of its log, once, with the code and without the server’s words; its contact is marked', async () => {
    const { merchant, mailId } = await aTold();

    expect(await take({ mailId })).toBe(true);
    expect(await take({ mailId })).toBe(true);

    expect(await eventsOf(mailId)).toEqual([{ kind: 'bounced', reply: '5.1.1', host: 'mx.example.jp' }]);
    const [contact] = await contactsOf(merchant).get();
    expect(contact.unreachable).toEqual({ since: expect.stringMatching(/\+09:00$/), reply: '5.1.1' });
  });

  it('marks nobody where it is only late, and nobody else’s contact of the same address', async () => {
    const { merchant, email, mailId } = await aTold();
    const other = await aMerchant(world);
    await contactsOf(other).post({
      ...{ sid: null, category: 'inquiry_cancellation', name: '窓口', email, locale: 'ja' },
    });

    await take({ mailId, action: 'delayed', status: '4.4.1', returned: 'text/rfc822-headers' });
    expect((await contactsOf(merchant).get())[0].unreachable).toBeNull();
    await take({ mailId, type: 'feedback-report' });

    expect((await contactsOf(merchant).get())[0].unreachable.reply).toBe('complaint');
    expect((await contactsOf(other).get())[0].unreachable).toBeNull();
    expect((await eventsOf(mailId)).map(({ kind }) => kind)).toEqual(['delayed', 'complained']);
  });

  it('is nothing where it is no report, of no mail of ours, or too large', async () => {
    expect(await take({ mailId: crypto.randomUUID() })).toBe(false);
    expect(
      await readReport(Buffer.from('From: a@example.jp\r\nSubject: Hello\r\n\r\nHello')),
    ).toBeUndefined();
    expect(await readReport(Buffer.from(''))).toBeUndefined();
    expect(await readReport(Buffer.alloc(5_000_001, 'x'))).toBeUndefined();
    expect(await take({ mailId: crypto.randomUUID(), action: 'delivered' })).toBeUndefined();
  });

  it('is marked alike where the server refuses the address at once', async () => {
    const { merchant, mailId } = await aTold();
    const server = await aMailServer({ toRecipient: () => 550 });
    const smtp = await openSmtp(server.url);
    toStop.push(server.stop, smtp.close);
    const from = { name: 'PSP', address: 'no-reply@psp.example.jp' };

    await sendMail({ inTransaction: world.bySystem.inTransaction, smtp, from }, mailId);

    expect((await contactsOf(merchant).get())[0].unreachable.reply).toBe('550');
  });
});

describe('a contact that cannot be reached', () => {
  it('can be reached again once its address is another, and only then', async () => {
    const { merchant, email, mailId, contactId, version } = await aTold();
    await take({ mailId });
    const change = (contact: object, seen: number) =>
      as(world, merchant.hanako).put(
        `/contacts/${contactId}`,
        { sid: null, category: 'inquiry_cancellation', name: '新しい窓口', locale: 'ja', ...contact },
        { 'if-match': `"${seen}"` },
      );

    const renamed = await change({ email }, version);
    expect(renamed.body.unreachable).not.toBeNull();
    const moved = await change({ email: address() }, renamed.body.version);

    expect(moved.body.unreachable).toBeNull();
  });

  it('counts as reachable when a test mail is sent, which goes to it and to nobody else', async () => {
    const { merchant, email, mailId, contactId } = await aTold();
    const other = await aMerchant(world);
    await take({ mailId });

    const foreign = await as(world, other.hanako).post(`/contacts/${contactId}/test-mails`, {});
    expect(foreign.status).toBe(404);
    expect((await contactsOf(merchant).get())[0].unreachable).not.toBeNull();
    const { status } = await as(world, merchant.hanako).post(`/contacts/${contactId}/test-mails`, {});

    expect(status).toBe(204);
    expect((await contactsOf(merchant).get())[0].unreachable).toBeNull();
    await doTests();
    const [mail] = await mailsTo(world, email, 2);
    expect(mail).toContain('テストメールです');
  });
});
