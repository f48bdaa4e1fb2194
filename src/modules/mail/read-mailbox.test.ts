import { afterEach, expect, it } from 'vitest';
import { openMailbox } from '#src/platform/imap.ts';
import { aDovecot, type MailboxServer } from '#tests/support/dovecot.ts';
import { testLog } from '#tests/support/logs.ts';
import { aReport } from '#tests/support/mail-report.ts';
import { startMailWorld } from '#tests/support/mail-world.ts';
import { readMailbox } from './read-mailbox.ts';
import { largestReport } from './read-report.ts';
import { writeMail } from './write-mail.ts';

const world = startMailWorld();
const baseUrl = 'https://psp.example.jp';

let server: MailboxServer;
afterEach(() => server.stop());

async function aMail(): Promise<string> {
  return world.bySystem.inTransaction((tx) =>
    writeMail(tx, {
      to: { name: '窓口', address: 'desk@shop.example.jp' },
      letter: {
        ...{
          locale: 'ja',
          subject: '件名',
          addressee: ['窓口 様'],
          paragraphs: ['本文'],
          facts: [],
          notes: [],
        },
        link: { label: '開く', url: `${baseUrl}/cases` },
      },
      about: null,
      sender: { providerName: 'PSP', supportMail: 'support@psp.example.jp', baseUrl },
      isKept: false,
    }),
  );
}

const read = (parts = { inTransaction: world.bySystem.inTransaction, log: testLog() }) =>
  readMailbox(openMailbox(server.url, { largest: largestReport }), parts);

const eventsOf = async (mailId: string) =>
  (
    await world.db.selectFrom('mail_events').select(['kind', 'reply']).where('mail_id', '=', mailId).execute()
  ).map(({ kind, reply }) => `${kind} ${reply}`);

it('notes each report once and goes on past what is none, whoever has looked into the mailbox', async () => {
  server = await aDovecot();
  const [first, second] = [await aMail(), await aMail()];
  await server.deliver(Buffer.from('Subject: out of office\r\n\r\nI am away.\r\n'));
  await server.deliver(aReport({ mailId: first }));
  await server.deliver(aReport({ mailId: crypto.randomUUID() }));
  await server.deliver(Buffer.concat([aReport({ mailId: second }), Buffer.alloc(largestReport, 'x\r\n')]));

  expect(await read()).toBe(1);
  await server.deliver(aReport({ mailId: second, action: 'delayed', status: '4.4.1' }));
  expect(await read()).toBe(1);
  expect(await read()).toBe(0);

  expect(await eventsOf(first)).toEqual(['bounced 5.1.1']);
  expect(await eventsOf(second)).toEqual(['delayed 4.4.1']);
  // Seen by nobody: the flag is our own.
  expect(await server.flags()).toEqual(['a', 'a', 'a', 'a', 'a']);
});

it('reads again what could not be noted', async () => {
  server = await aDovecot();
  const mailId = await aMail();
  await server.deliver(aReport({ mailId }));
  const inTransaction = () => Promise.reject(new Error('the database is away'));

  await expect(read({ inTransaction, log: testLog() })).rejects.toThrow('the database is away');
  expect(await server.flags()).toEqual(['']);
  expect(await read()).toBe(1);
});

it('marks mails as seen where the server keeps no flags of our own', async () => {
  server = await aDovecot({ keeps: 'seen' });
  const mailId = await aMail();
  await server.deliver(aReport({ mailId }));

  expect(await read()).toBe(1);
  expect(await read()).toBe(0);
  expect(await server.flags()).toEqual(['S']);
});

it('goes on past reports that somebody wrote to stop it', async () => {
  server = await aDovecot();
  const [first, second] = [await aMail(), await aMail()];
  // Encoded, as servers hand on no NUL as it is.
  const encoded = { returned: 'text/rfc822-headers\r\nContent-Transfer-Encoding: base64' };
  const spoilt = aReport({ mailId: first, ...encoded })
    .toString()
    .replace(/Message-ID: .*\r\nSubject: x/, btoa(`Message-ID: <\0${first}@psp.example.jp>`));
  await server.deliver(Buffer.from(spoilt));
  const odd = aReport({ mailId: first, type: 'feedback-report' }).toString();
  await server.deliver(Buffer.from(odd.replace('abuse', `${'x'.repeat(39)}😀`)));
  await server.deliver(aReport({ mailId: second }));

  expect(await read()).toBe(2);
  expect(await eventsOf(first)).toEqual([`complained ${'x'.repeat(39)}`]);
  expect(await eventsOf(second)).toEqual(['bounced 5.1.1']);
});

it('says so where mails cannot be marked, as it would read the same ones for ever', async () => {
  server = await aDovecot({ keeps: 'none' });
  await server.deliver(aReport({ mailId: await aMail() }));
  await expect(read()).rejects.toThrow('cannot be marked as read');
});

it.each([
  ['INBOX', 'nowhere', 'the mailbox cannot be opened: NONEXISTENT'],
  ['p%40ss', 'geheim', 'the mailbox cannot be opened: AUTHENTICATIONFAILED'],
])('says what is wrong with %s given as %s', async (right, wrong, message) => {
  server = await aDovecot();
  const mailbox = openMailbox(server.url.replace(right, wrong), { largest: 1 });
  await expect(mailbox.readNew(async () => undefined)).rejects.toThrow(new Error(message));
});
