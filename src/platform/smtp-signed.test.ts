import { generateKeyPairSync } from 'node:crypto';
import { afterEach, expect, it } from 'vitest';
import { dkimOf } from '#tests/support/dkim.ts';
import { aMailServer } from '#tests/support/mail-server.ts';
import { type OutgoingMail, openSmtp } from './smtp.ts';

const pem = { type: 'pkcs8', format: 'pem' } as const;
const publicPem = { type: 'spki', format: 'pem' } as const;
const pair = () =>
  generateKeyPairSync('rsa', { modulusLength: 2048, privateKeyEncoding: pem, publicKeyEncoding: publicPem });
const { privateKey, publicKey } = pair();

const toStop: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of toStop.splice(0).reverse()) await stop();
});

const mail: OutgoingMail = {
  messageId: '<0199-one@portal.example.jp>',
  date: new Date('2026-11-24T03:00:00Z'),
  from: { name: 'SBペイメントサービス', address: 'no-reply@psp.example.jp' },
  to: { name: '窓口', address: 'desk@shop.example.jp' },
  subject: '利用照会・代行解約発生のご連絡(12345-001)',
  text: '依頼が到着しました。\n',
  html: '<p>依頼が到着しました。</p>',
};

async function sent(over: Partial<OutgoingMail>, isSigned: boolean) {
  const server = await aMailServer();
  const dkim = { domainName: 'psp.example.jp', keySelector: 'shokai', privateKey };
  const smtp = await openSmtp(server.url, { listId: 'notices.portal.example.jp', ...(isSigned && { dkim }) });
  toStop.push(server.stop, smtp.close);
  await smtp.handOver({ ...mail, ...over });
  const [one] = server.received;
  if (!one) throw new Error('nothing came');
  return one;
}

it('signs mails for the domain, so that a change of a header or the text shows', async () => {
  const { raw } = await sent({ isToList: true }, true);

  const tags = dkimOf(raw, publicKey);

  expect(tags).toMatchObject({ d: 'psp.example.jp', s: 'shokai', a: 'rsa-sha256', c: 'relaxed/relaxed' });
  expect(tags?.h?.toLowerCase().split(':')).toEqual(
    expect.arrayContaining(['from', 'to', 'subject', 'date', 'message-id']),
  );
  expect(dkimOf(raw.replace('<desk@shop', '<eve@shop'), publicKey)).toBeUndefined();
  expect(dkimOf(raw.replace(/(\r\n\r\n[\s\S]*)text\/html/, '$1text/plain'), publicKey)).toBeUndefined();
  expect(dkimOf(raw, pair().publicKey)).toBeUndefined();
});

it('signs nothing where no key is set', async () => {
  const { raw } = await sent({}, false);

  expect(raw).not.toMatch(/^dkim-signature:/im);
});

it('names the list of notices, and not in mails about one’s own account', async () => {
  const notice = await sent({ isToList: true }, false);
  const personal = await sent({ isToList: false }, false);

  expect(notice.raw).toMatch(/^list-id: <notices\.portal\.example\.jp>\r$/im);
  expect(personal.raw).not.toMatch(/^list-id/im);
});
