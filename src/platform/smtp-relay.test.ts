import { afterAll, beforeAll, expect, it } from 'vitest';
import { aMailServer, type MailServer } from '#tests/support/mail-server.ts';
import { anOpenSmtpd, type Relay } from '#tests/support/opensmtpd.ts';
import { type OutgoingMail, openSmtp, type Smtp } from './smtp.ts';

let inbox: MailServer;
let relay: Relay;
let smtp: Smtp;

beforeAll(async () => {
  inbox = await aMailServer();
  relay = await anOpenSmtpd(inbox.port);
  smtp = await openSmtp(relay.url);
});

afterAll(async () => {
  smtp.close();
  await relay.stop();
  await inbox.stop();
});

const aMail = (number: number, address: string): OutgoingMail => ({
  messageId: `<0199-${number}@portal.example.jp>`,
  date: new Date('2026-11-24T03:00:00Z'),
  from: { name: 'SBペイメントサービス', address: 'no-reply@psp.example.jp' },
  to: { name: '山田 花子', address },
  subject: `[SBペイメントサービス]利用照会・代行解約発生のご連絡(12345-${number})`,
  text: `依頼が到着しました。${'長い文'.repeat(400)}\n.\n..終わり\n`,
  html: `<p>${'長い文'.repeat(400)}</p>`,
});

it('comes through OpenSMTPD as it was written, to each recipient alone', async () => {
  const mails = Array.from({ length: 20 }, (_, index) => aMail(index, `clerk${index}@shop.example.jp`));

  const ends = await Promise.all(mails.map((mail) => smtp.handOver(mail)));

  expect(ends).toEqual(mails.map(() => ({ outcome: 'taken', reply: '250 2.0.0' })));
  await expect.poll(() => inbox.received.length, { timeout: 20_000 }).toBe(mails.length);
  const arrived = inbox.received.map(({ from, to, mail }) => ({
    from,
    to,
    messageId: mail.messageId,
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    isRelayed: String(mail.headers.get('received')).includes('relay.example.jp'),
  }));
  expect(arrived).toHaveLength(mails.length);
  for (const { messageId, to, subject, text, html } of mails) {
    expect(arrived).toContainEqual({
      from: 'no-reply@psp.example.jp',
      to: [to.address],
      messageId,
      subject,
      text,
      html,
      isRelayed: true,
    });
  }
});

it('is refused for good by OpenSMTPD where it does not relay to', async () => {
  expect(await smtp.handOver(aMail(99, 'clerk@elsewhere.example'))).toEqual({
    outcome: 'refused',
    reason: '550',
  });
});
