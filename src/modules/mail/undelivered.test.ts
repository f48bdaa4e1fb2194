import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refreshReminder } from '#src/modules/reminders/index.ts';
import { openSmtp } from '#src/platform/smtp.ts';
import { testLog } from '#tests/support/logs.ts';
import { aMailServer, type MailServer } from '#tests/support/mail-server.ts';
import { startMailWorld } from '#tests/support/mail-world.ts';
import { untilSomebodyWaits } from '#tests/support/until-somebody-waits.ts';
import { aMerchant, anOperator, as, givenCase, type Merchant } from '#tests/support/world.ts';
import { noteReport } from './note-report.ts';
import { mailQueues } from './queues.ts';
import type { Refresh } from './refresh-letter.ts';
import { sendMail } from './send-mail.ts';
import { writeMail } from './write-mail.ts';

let server: MailServer;
beforeAll(async () => {
  server = await aMailServer({ toRecipient: (address) => (address.startsWith('nobody') ? 550 : undefined) });
});
afterAll(() => server.stop());
// Nobody works here: the tests hand over what they want handed over.
const world = startMailWorld({ settings: () => ({ SMTP_URL: server.url }) });

const sender = {
  ...{ providerName: 'PSP', supportMail: 'support@psp.example.jp', baseUrl: 'https://psp.example.jp' },
};
const letter = {
  ...{
    locale: 'ja' as const,
    subject: '件名',
    addressee: ['窓口 様'],
    paragraphs: ['本文'],
    facts: [],
    notes: [],
  },
  link: { label: '開く', url: 'https://psp.example.jp/cases?status=received' },
};

type Written = {
  merchant: Merchant;
  caseId: string;
  contactId: string;
  version: number;
  address: string;
  mailId: string;
};

/** A contact of a merchant, and a mail to it about a case. */
async function aMail({
  address = `nobody-${crypto.randomUUID()}@shop.example.jp`,
  isRefreshed = false,
} = {}): Promise<Written> {
  const merchant = await aMerchant(world);
  const caseId = await givenCase(world, merchant);
  const { body } = await as(world, merchant.hanako).post(`/merchants/${merchant.mid}/contacts`, {
    ...{ sid: null, category: 'inquiry_cancellation', name: '窓口', email: address, locale: 'ja' },
  });
  const mailId = await world.bySystem.inTransaction((tx) =>
    writeMail(tx, {
      ...{ letter, sender, isKept: false, isRefreshed },
      to: { name: '窓口', address, contactId: body.id },
      about: { mid: merchant.mid, sid: '001', caseIds: [caseId] },
    }),
  );
  return { merchant, caseId, contactId: body.id, version: body.version, address, mailId };
}

async function send(mailId: string, refresh?: Refresh): Promise<void> {
  const smtp = await openSmtp(server.url);
  const from = { name: 'PSP', address: 'no-reply@psp.example.jp' };
  await sendMail(
    { inTransaction: world.bySystem.inTransaction, smtp, from, ...(refresh && { refresh }) },
    mailId,
  );
  smtp.close();
}

async function aFailedMail(): Promise<Written> {
  const mail = await aMail();
  await send(mail.mailId);
  return mail;
}

const anAgent = () => anOperator(world, 'agent');

async function listed(mailId: string) {
  const { body } = await as(world, await anAgent()).get('/mails/undelivered?limit=200');
  return body.data.find(({ id }: { id: string }) => id === mailId);
}

const sendAgain = async (mailIds: readonly string[]) =>
  as(world, await anAgent()).post('/mails/undelivered/sendings', { mailIds });

const changeContact = ({ merchant, contactId, version }: Written, email: string) =>
  as(world, merchant.hanako).put(
    `/contacts/${contactId}`,
    { sid: null, category: 'inquiry_cancellation', name: '窓口', email, locale: 'ja' },
    { 'if-match': `"${version}"` },
  );

async function logOf(caseId: string) {
  const { body } = await as(world, await anOperator(world, 'auditor')).get(`/cases/${caseId}/mails`);
  return body.mails as {
    id: string;
    recipient: { address: string };
    events: { kind: string; by: string | null }[];
  }[];
}

describe('a mail that did not arrive', () => {
  it('is listed with why, and sent again as a new mail to the address that its contact has by now', async () => {
    const mail = await aFailedMail();
    const { merchant, caseId, mailId, address } = mail;
    expect(await listed(mailId)).toMatchObject({
      ...{
        mid: merchant.mid,
        sid: '001',
        subject: '件名',
        kind: 'failed',
        reply: '550',
        addressNow: address,
      },
      ...{ recipient: { name: '窓口', address }, isContactGone: false, cases: 1, open: 1, caseIds: [caseId] },
    });
    const right = `right-${crypto.randomUUID()}@shop.example.jp`;
    expect((await changeContact(mail, right)).status).toBe(200);
    expect((await listed(mailId)).addressNow).toBe(right);

    const { status, body } = await sendAgain([mailId]);
    expect(status).toBe(200);
    const [{ outcome, copyId }] = body.results;
    expect(outcome).toBe('sent_again');
    await send(copyId);

    expect(await listed(mailId)).toBeUndefined();
    const got = server.received.filter(({ to }) => to.includes(right));
    expect(got.map((each) => each.mail.messageId)).toEqual([`<${copyId}@127.0.0.1>`]);
    expect(got[0]?.mail.text).toContain(`mail=${copyId}`);
    expect(got[0]?.mail.text).not.toContain(mailId);
    const log = await logOf(caseId);
    expect(
      log.map(({ id, recipient, events }) => [id, recipient.address, events.map(({ kind }) => kind)]),
    ).toEqual([
      [mailId, address, ['failed', 'sent_again']],
      [copyId, right, ['handed_over']],
    ]);
    expect(log[0]?.events.at(-1)?.by).toMatch(/\S/);
  });

  it('is sent again once, however often and by how many it is asked for', async () => {
    const { mailId, caseId } = await aFailedMail();
    const [one, other] = [as(world, await anAgent()), as(world, await anAgent())];
    const asked = await world.db.transaction().execute(async (tx) => {
      await tx.selectFrom('mails').select('id').where('id', '=', mailId).forUpdate().execute();
      const both = [one, other].map((agent) =>
        agent.post('/mails/undelivered/sendings', { mailIds: [mailId, mailId] }),
      );
      await untilSomebodyWaits(world, 2);
      return both;
    });
    const replies = await Promise.all(asked);
    const outcomes = replies.flatMap(({ body }) =>
      body.results.map((each: { outcome: string }) => each.outcome),
    );
    expect(outcomes.sort()).toEqual(['not_waiting', 'sent_again']);
    expect(await logOf(caseId)).toHaveLength(2);
  });

  it('waits again when its copy fails too, and not for a report that had come before', async () => {
    const { mailId } = await aFailedMail();
    const [{ copyId }] = (await sendAgain([mailId])).body.results;
    await send(copyId);
    expect(await listed(copyId)).toMatchObject({ kind: 'failed' });

    const sent = await aMail({ address: `later-${crypto.randomUUID()}@shop.example.jp` });
    await send(sent.mailId);
    const report = {
      messageId: `<${sent.mailId}@psp.example.jp>`,
      kind: 'bounced',
      reply: '5.1.1',
      host: null,
    } as const;
    const note = () => world.bySystem.inTransaction((tx) => noteReport(tx, report));
    await note();
    expect(await listed(sent.mailId)).toMatchObject({ kind: 'bounced', reply: '5.1.1' });
    const settled = await as(world, await anAgent()).post('/mails/undelivered/settlements', {
      mailIds: [sent.mailId, crypto.randomUUID()],
    });
    expect(settled.body).toEqual({ settled: [sent.mailId] });
    // A test mail says that the contact can be reached again.
    await as(world, sent.merchant.hanako).post(`/contacts/${sent.contactId}/test-mails`, {});
    await note();
    const { body } = await as(world, sent.merchant.hanako).get(`/merchants/${sent.merchant.mid}/contacts`);
    expect(body.data[0].unreachable).toBeNull();
    await world.bySystem.inTransaction((tx) => noteReport(tx, { ...report, reply: '5.0.0' }));
    expect(await listed(sent.mailId)).toBeUndefined();
    expect((await logOf(sent.caseId))[0]?.events.map(({ kind }) => kind)).toEqual([
      'handed_over',
      'bounced',
      'settled',
      'bounced',
    ]);
  });

  it('is not sent to a contact that was removed, nor where its text is erased', async () => {
    const gone = await aFailedMail();
    const erased = await aFailedMail();
    const removed = await as(world, gone.merchant.hanako).send('DELETE', `/contacts/${gone.contactId}`, {
      headers: { 'if-match': `"${gone.version}"` },
    });
    expect(removed.status).toBe(204);
    await sql`update mails set sealed_letter = null where id = ${erased.mailId}`.execute(world.db);

    expect((await sendAgain([gone.mailId, erased.mailId])).body.results).toEqual([
      { mailId: gone.mailId, outcome: 'contact_gone', copyId: null },
      { mailId: erased.mailId, outcome: 'erased', copyId: null },
    ]);
    expect(await listed(gone.mailId)).toMatchObject({ isContactGone: true, addressNow: null });
    expect(await listed(erased.mailId)).toMatchObject({ recipient: null, subject: null });
  });

  it('is not sent to a contact who is told of another service by now, nor to whoever is none, nor about what is over', async () => {
    const moved = await aFailedMail();
    const change = {
      sid: '002',
      category: 'inquiry_cancellation',
      name: '別の窓口',
      email: moved.address,
      locale: 'ja',
    };
    await as(world, moved.merchant.hanako).put(`/contacts/${moved.contactId}`, change, {
      'if-match': `"${moved.version}"`,
    });
    const toAdmin = await aFailedMail();
    await sql`update mails set contact_id = null where id = ${toAdmin.mailId}`.execute(world.db);
    const over = await aFailedMail();
    const withdrawn = await as(world, await anAgent()).post(`/cases/${over.caseId}/withdrawal`, {
      reason: '重複',
    });
    expect(withdrawn.status).toBe(201);

    const { results } = (await sendAgain([moved.mailId, toAdmin.mailId, over.mailId])).body;
    expect(results.map(({ outcome }: { outcome: string }) => outcome)).toEqual([
      'contact_gone',
      'no_contact',
      'nothing_left',
    ]);
    expect(await listed(moved.mailId)).toBeDefined();
  });

  it('stays listed when it bounced before its worker knew that it was taken', async () => {
    const { mailId } = await aMail({ address: `late-${crypto.randomUUID()}@shop.example.jp` });
    const report = {
      messageId: `<${mailId}@psp.example.jp>`,
      kind: 'bounced',
      reply: '5.1.1',
      host: null,
    } as const;
    await world.bySystem.inTransaction((tx) => noteReport(tx, report));
    expect((await sendAgain([mailId])).body.results[0].outcome).toBe('not_waiting');
    await send(mailId);
    expect(await listed(mailId)).toMatchObject({ kind: 'bounced' });
  });

  it('leaves the history of the reminder as it was that it is sent for', async () => {
    const { mailId, caseId } = await aMail({ isRefreshed: true });
    await sql`insert into reminder_mails (mail_id, audience, locale) values (${mailId}, 'contacts', 'ja')`.execute(
      world.db,
    );
    await send(mailId, refreshReminder(sender));
    const [{ copyId }] = (await sendAgain([mailId])).body.results;
    await as(world, await anAgent()).post(`/cases/${caseId}/withdrawal`, { reason: '重複' });
    await send(copyId, refreshReminder(sender));

    const { rows } = await sql`select dropped, (select state from mails where id = ${copyId}) as state
      from reminder_mails where mail_id = ${mailId}`.execute(world.db);
    expect(rows).toEqual([{ dropped: [], state: 'cancelled' }]);
  });

  it('that reminds is asked anew what it has to say, as the mail it is sent for', async () => {
    const { mailId } = await aMail({ isRefreshed: true });
    const asked: string[] = [];
    const refresh: Refresh = async (_, { writtenAs }) => {
      asked.push(writtenAs);
      return asked.length === 1 ? letter : 'over';
    };
    await send(mailId, refresh);
    const [{ copyId }] = (await sendAgain([mailId])).body.results;
    await send(copyId, refresh);

    expect(asked).toEqual([mailId, mailId]);
    const { state } = await world.db
      .selectFrom('mails')
      .select('state')
      .where('id', '=', copyId)
      .executeTakeFirstOrThrow();
    expect(state).toBe('cancelled');
  });

  it('is listed page by page, from an index that holds no other mails', async () => {
    for (let count = 0; count < 3; count += 1) await aFailedMail();
    const agent = as(world, await anAgent());
    const whole = (await agent.get('/mails/undelivered?limit=200')).body.data.map(
      ({ id }: { id: string }) => id,
    );
    const pages: string[] = [];
    let cursor = '';
    do {
      const { body } = await agent.get(`/mails/undelivered?limit=2${cursor}`);
      pages.push(...body.data.map(({ id }: { id: string }) => id));
      cursor = body.nextCursor === null ? '' : `&cursor=${body.nextCursor}`;
    } while (cursor);
    expect(pages).toEqual(whole);
    expect((await agent.get('/mails/undelivered?cursor=x')).status).toBe(400);
    const rows = await world.db.transaction().execute(async (tx) => {
      // The table of a test is so small that reading all of it could be chosen.
      await sql`set local enable_seqscan = off`.execute(tx);
      const plan = sql<{ 'QUERY PLAN': string }>`
        explain (costs off) select id from mails where undelivered_since is not null order by id desc limit 51`;
      return (await plan.execute(tx)).rows;
    });
    expect(rows.map((row) => row['QUERY PLAN']).join('\n')).toContain('mails_undelivered');
  });

  it.each([
    ['none', []],
    ['more than 200', Array.from({ length: 201 }, () => crypto.randomUUID())],
    ['what is no id', ['x']],
  ])('is refused for %s', async (_, mailIds) => {
    const { status, body } = await sendAgain(mailIds);
    expect([status, body.code]).toEqual([400, 'invalid_request']);
  });
});

describe('the link of a mail', () => {
  const visit = (caller: Merchant['hanako'], mailId: string) =>
    as(world, caller).post(`/mails/${mailId}/visits`, {});

  /** Does what was queued, as the worker does. */
  async function noteVisits(): Promise<void> {
    const { inTransaction } = world.bySystem;
    const queues = mailQueues({ inTransaction, sender, from: 'no-reply@psp.example.jp', log: testLog() });
    const queued = sql<{
      data: unknown;
    }>`select data from pgboss.job where name = 'note-visit' order by created_on`;
    for (const { data } of (await queued.execute(world.db)).rows)
      await queues.find(({ name }) => name === 'note-visit')?.work(data);
  }

  it('tells the log who came by it, once for each person, and leaves mails of others alone', async () => {
    const own = await aMail({ address: 'desk@shop.example.jp' });
    const other = await aMail({ address: 'desk@shop.example.jp' });
    // Taro is there for another service.
    const { hanako, taro, yuki } = own.merchant;

    for (const caller of [hanako, hanako, yuki, taro])
      expect((await visit(caller, own.mailId)).status).toBe(204);
    expect((await visit(hanako, other.mailId)).status).toBe(204);
    expect((await visit(hanako, crypto.randomUUID())).status).toBe(204);
    await noteVisits();

    expect((await logOf(own.caseId))[0]?.events).toEqual([
      expect.objectContaining({ kind: 'opened', by: hanako.name, reply: null }),
      expect.objectContaining({ kind: 'opened', by: yuki.name, reply: null }),
    ]);
    expect((await logOf(other.caseId))[0]?.events).toEqual([]);
  });
});
