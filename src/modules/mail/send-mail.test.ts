import { sql } from 'kysely';
import { afterEach, describe, expect, it } from 'vitest';
import { openSmtp, type Smtp } from '#src/platform/smtp.ts';
import { testLog } from '#tests/support/logs.ts';
import { aMailServer, type MailServer } from '#tests/support/mail-server.ts';
import { startMailWorld } from '#tests/support/mail-world.ts';
import { aMerchant, givenCase } from '#tests/support/world.ts';
import { announcementLetter, type Sender } from './letter.ts';
import { mailQueues } from './queues.ts';
import { type Sent, sendMail } from './send-mail.ts';
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

type Opened = { server: MailServer; smtp: Smtp; send: (mailId: string) => Promise<Sent> };

async function aServer(behaviour?: Parameters<typeof aMailServer>[0]): Promise<Opened> {
  const server = await aMailServer(behaviour);
  const smtp = await openSmtp(server.url);
  toStop.push(server.stop, smtp.close);
  return {
    server,
    smtp,
    send: (mailId) => sendMail({ inTransaction: world.bySystem.inTransaction, smtp, from }, mailId),
  };
}

/** A mail that waits to be sent. */
async function aMail(address = 'hanako@shop.example.jp'): Promise<string> {
  const merchant = await aMerchant(world);
  const caseId = await givenCase(world, merchant);
  const about = { mid: merchant.mid, sid: '001', caseIds: [caseId] };
  const letter = announcementLetter(
    {
      ...about,
      category: 'inquiry_cancellation',
      merchantName: '株式会社みどり書房',
      serviceName: 'みどり書房オンラインストア',
      contactName: '山田 花子',
      count: 1,
      dueAt: new Date('2026-11-27T23:59:59+09:00'),
      duesDiffer: false,
    },
    sender,
    'ja',
  );
  const to = { name: '山田 花子', address };
  return world.bySystem.inTransaction((tx) => writeMail(tx, { to, letter, about, sender, isKept: false }));
}

const rowOf = (mailId: string) =>
  world.db
    .selectFrom('mails')
    .select(['state', 'last_error', 'unknown_tries', 'taken_until', 'sent_at'])
    .where('id', '=', mailId)
    .executeTakeFirstOrThrow();

const unsent = { state: 'queued', unknown_tries: 0, taken_until: null, sent_at: null };

async function waiting(): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`.execute(world.db);
  return rows[0]?.count ?? 0;
}

describe('sending a mail', () => {
  it('hands over what was written, and notes when', async () => {
    const { server, send } = await aServer();
    const mailId = await aMail();

    expect(await send(mailId)).toEqual({ state: 'sent' });

    const [one] = server.received;
    expect(one).toMatchObject({ from: 'no-reply@psp.example.jp', to: ['hanako@shop.example.jp'] });
    expect(one?.mail.subject).toMatch(
      /^\[SBペイメントサービス\]利用照会・代行解約発生のご連絡\(\d{5}-001\)$/,
    );
    expect(one?.mail.text).toContain('/cases?mid=');
    expect(one?.mail.html).toContain('ログイン画面');
    expect(await rowOf(mailId)).toEqual({
      ...unsent,
      state: 'sent',
      last_error: null,
      sent_at: expect.any(Date),
    });
  });

  it('does nothing the second time', async () => {
    const { server, send } = await aServer();
    const mailId = await aMail();
    await send(mailId);

    expect(await send(mailId)).toEqual({ state: 'done before' });

    expect(server.got).toHaveLength(1);
  });

  it('happens once, though several workers have it to do', async () => {
    const { server, send } = await aServer();
    const mailId = await aMail();

    const { promise: held, resolve: release } = Promise.withResolvers<void>();
    const { promise: isHeld, resolve: nowHeld } = Promise.withResolvers<void>();
    const holding = world.db.transaction().execute(async (tx) => {
      await tx.selectFrom('mails').select('id').where('id', '=', mailId).forUpdate().execute();
      nowHeld();
      await held;
    });
    await isHeld;
    const all = Promise.allSettled(Array.from({ length: 5 }, () => send(mailId)));
    await expect.poll(waiting, { timeout: 5_000 }).toBe(5);
    release();
    await holding;

    const ends = await all;

    expect(ends.filter((end) => end.status === 'fulfilled' && end.value.state === 'sent')).toHaveLength(1);
    expect(server.got).toHaveLength(1);
    expect((await rowOf(mailId)).state).toBe('sent');
  });

  it('is tried again when the server refuses for now, with the same Message-ID and date', async () => {
    const { server, send } = await aServer({ toMail: (before) => (before < 2 ? 451 : undefined) });
    const mailId = await aMail();

    for (const _ of [1, 2]) {
      await expect(send(mailId)).rejects.toThrow(`mail ${mailId} was not taken: 451`);
      expect(await rowOf(mailId)).toEqual({ ...unsent, last_error: '451' });
    }
    expect(await send(mailId)).toEqual({ state: 'sent' });

    expect(server.got.map(({ mail }) => mail.messageId)).toEqual(
      Array(3).fill(`<${mailId}@portal.example.jp>`),
    );
    expect(new Set(server.got.map(({ mail }) => mail.date?.getTime())).size).toBe(1);
  });

  it('is over when the server refuses for good', async () => {
    const { server, send } = await aServer({ toRecipient: () => 550 });
    const mailId = await aMail();

    expect(await send(mailId)).toEqual({ state: 'failed', reason: '550' });
    expect(await send(mailId)).toEqual({ state: 'done before' });

    expect(server.got).toEqual([]);
    expect(await rowOf(mailId)).toEqual({ ...unsent, state: 'failed', last_error: '550' });
  });

  it('goes to nobody when the address could be read as more than one', async () => {
    const { server, send } = await aServer();
    const mailId = await aMail('hanako@shop.example.jp, eve@evil.example');

    expect(await send(mailId)).toEqual({ state: 'failed', reason: 'not_an_address' });

    expect(server.got).toEqual([]);
    expect((await rowOf(mailId)).state).toBe('failed');
  });

  it('is given up after three tries that may each have delivered it', async () => {
    const { server, send } = await aServer({ toMail: () => 'cut' });
    const mailId = await aMail();

    for (const tries of [1, 2]) {
      await expect(send(mailId)).rejects.toThrow('was not taken');
      expect(await rowOf(mailId)).toMatchObject({ state: 'queued', unknown_tries: tries, taken_until: null });
    }
    expect(await send(mailId)).toMatchObject({ state: 'failed' });
    expect(await send(mailId)).toEqual({ state: 'done before' });

    expect(server.got).toHaveLength(3);
    expect(new Set(server.got.map(({ mail }) => mail.messageId))).toEqual(
      new Set([`<${mailId}@portal.example.jp>`]),
    );
    expect(await rowOf(mailId)).toMatchObject({ state: 'failed', unknown_tries: 3 });
  });

  it('waits for a worker that may still be at it, and takes over from one that died', async () => {
    const { server, send } = await aServer();
    const mailId = await aMail();
    const heldFor = (interval: string) =>
      sql`update mails set unknown_tries = 1, taken_until = now() + ${interval}::interval where id = ${mailId}`.execute(
        world.db,
      );

    await heldFor('1 minute');
    await expect(send(mailId)).rejects.toThrow("another worker's hands");
    expect(server.got).toEqual([]);
    await heldFor('-1 second');
    expect(await send(mailId)).toEqual({ state: 'sent' });
  });

  it('is not tried a fourth time after three workers died in it', async () => {
    const { server, send } = await aServer();
    const mailId = await aMail();
    await sql`update mails set unknown_tries = 3, taken_until = now() where id = ${mailId}`.execute(world.db);

    expect(await send(mailId)).toEqual({ state: 'failed', reason: 'unknown' });

    expect(server.got).toEqual([]);
    expect((await rowOf(mailId)).state).toBe('failed');
  });

  it('says nothing of the recipient when it fails', async () => {
    const { send } = await aServer({ toRecipient: () => 451 });
    const mailId = await aMail('secret.name@shop.example.jp');

    const failure: Error = await send(mailId).catch((error) => error);

    expect(`${failure.stack} ${JSON.stringify(failure)} ${failure.cause}`).not.toContain('secret.name');
    expect((await rowOf(mailId)).last_error).toBe('451');
  });
});

describe('the queue of mails', () => {
  const queueWith = (smtp?: Smtp) => {
    const parts = {
      inTransaction: world.bySystem.inTransaction,
      sender,
      from: from.address,
      log: testLog(),
    };
    const queue = mailQueues({ ...parts, ...(smtp && { smtp }) }).find(({ name }) => name === 'send-mail');
    if (!queue) throw new Error('there is no queue of mails');
    return queue;
  };

  it('marks a mail whose tries are used up, and leaves one that was sent', async () => {
    const { smtp, send } = await aServer();
    const [lost, sent] = [await aMail(), await aMail()];
    await send(sent);
    const { givenUp } = queueWith(smtp);

    await givenUp?.({ mailId: lost });
    await givenUp?.({ mailId: sent });

    expect((await rowOf(lost)).state).toBe('failed');
    expect((await rowOf(sent)).state).toBe('sent');
  });

  it('keeps a mail that waited for a server which is no longer there', async () => {
    const mailId = await aMail();

    await queueWith().work({ mailId });

    expect((await rowOf(mailId)).state).toBe('kept');
  });
});
