import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { type Answer, aMailServer, type MailServer } from '#tests/support/mail-server.ts';
import { type OutgoingMail, openSmtp, type Smtp } from './smtp.ts';

const toStop: (() => unknown)[] = [];

afterEach(async () => {
  for (const stop of toStop.splice(0).reverse()) await stop();
});

async function aServer(behaviour?: Parameters<typeof aMailServer>[0]): Promise<MailServer> {
  const server = await aMailServer(behaviour);
  toStop.push(server.stop);
  return server;
}

async function smtpTo(url: string): Promise<Smtp> {
  const smtp = await openSmtp(url);
  toStop.push(smtp.close);
  return smtp;
}

const aMail = (over: Partial<OutgoingMail> = {}): OutgoingMail => ({
  messageId: '<0199-one@portal.example.jp>',
  date: new Date('2026-11-24T03:00:00Z'),
  from: { name: 'SBペイメントサービス', address: 'no-reply@psp.example.jp' },
  to: { name: '山田 花子', address: 'hanako@shop.example.jp' },
  subject: '[SBペイメントサービス]利用照会・代行解約発生のご連絡(12345-001)',
  text: '依頼が到着しました。\n',
  html: '<p>依頼が到着しました。</p>',
  ...over,
});

describe('handing a mail over', () => {
  it('gives the server the envelope, the headers and both parts as they are meant', async () => {
    const server = await aServer();
    const smtp = await smtpTo(server.url);

    expect(await smtp.handOver(aMail())).toEqual({ outcome: 'taken', reply: '250' });

    expect(server.received).toHaveLength(1);
    const [{ from, to, mail } = { from: '', to: [], mail: undefined }] = server.received;
    expect({ from, to }).toEqual({ from: 'no-reply@psp.example.jp', to: ['hanako@shop.example.jp'] });
    expect(mail).toMatchObject({
      messageId: '<0199-one@portal.example.jp>',
      date: new Date('2026-11-24T03:00:00Z'),
      subject: '[SBペイメントサービス]利用照会・代行解約発生のご連絡(12345-001)',
      text: '依頼が到着しました。\n',
      html: '<p>依頼が到着しました。</p>',
      from: { value: [{ name: 'SBペイメントサービス', address: 'no-reply@psp.example.jp' }] },
      to: { value: [{ name: '山田 花子', address: 'hanako@shop.example.jp' }] },
    });
    expect(mail?.headers.get('auto-submitted')).toBe('auto-generated');
  });

  it('works again over a connection that the server has closed meanwhile', async () => {
    const server = await aServer();
    const smtp = await smtpTo(server.url);
    await smtp.handOver(aMail());
    await server.stop();
    const back = await aServer({ port: server.port });

    expect(await smtp.handOver(aMail())).toEqual({ outcome: 'taken', reply: '250' });

    expect(back.received).toHaveLength(1);
  });
});

describe('an address', () => {
  it.each([
    ['with a second one after a comma', 'hanako@shop.example.jp, eve@evil.example'],
    ['with a second one after a semicolon', 'hanako@shop.example.jp;eve@evil.example'],
    ['with a second one after a space', 'hanako@shop.example.jp eve@evil.example'],
    ['with a command of its own', 'hanako@shop.example.jp>\r\nRCPT TO:<eve@evil.example'],
    ['with a header of its own', 'hanako@shop.example.jp\nBcc: eve@evil.example'],
    ['that is a group', 'friends: hanako@shop.example.jp, eve@evil.example;'],
    ['in angle brackets', '<eve@evil.example> hanako@shop.example.jp'],
    ['with a comment', 'hanako@shop.example.jp (eve@evil.example)'],
    ['with a quoted part', '"eve@evil.example"@shop.example.jp'],
    ['with a route', '@evil.example:hanako@shop.example.jp'],
    ['with two signs', 'hanako@shop.example.jp@evil.example'],
    ['with NUL', 'hanako@shop.example.jp\0'],
    ['with a full-width sign', 'hanako＠shop.example.jp'],
    ['with options of the command', 'hanako@shop.example.jp> NOTIFY=SUCCESS'],
    ['that is empty', ''],
    ['that is too long', `${'a'.repeat(64)}@${'b'.repeat(63)}.${'c'.repeat(63)}.${'d'.repeat(63)}.jp`],
  ])('%s is refused, and nobody gets anything', async (_, address) => {
    const server = await aServer();
    const smtp = await smtpTo(server.url);

    expect(await smtp.handOver(aMail({ to: { name: '山田 花子', address } }))).toEqual({
      outcome: 'refused',
      reason: 'not_an_address',
    });

    expect(server.got).toEqual([]);
  });

  it.each([
    'hanako.yamada+psp@shop.example.jp',
    "o'hara@shop.example.jp",
    '=?utf-8?q?eve=40evil.example?=@shop.example.jp',
    'a!b%c@shop.example.jp',
    'root@localhost',
  ])('such as %s reaches itself and nobody else', async (address) => {
    const server = await aServer();
    const smtp = await smtpTo(server.url);

    await smtp.handOver(aMail({ to: { name: '山田 花子', address } }));

    expect(server.received.map(({ to }) => to)).toEqual([[address]]);
  });
});

describe('a name or subject', () => {
  const crafted = [
    ['a comma and an address', '花子, eve@evil.example'],
    ['an address in brackets', '花子 <eve@evil.example>'],
    ['a header', '花子\r\nBcc: eve@evil.example'],
    ['a header and a body', '花子\n\nbody'],
    ['a group', 'friends: eve@evil.example;'],
    ['quotes', '"花子" <eve@evil.example>, "x'],
    ['an encoded word', '=?utf-8?q?=0D=0ABcc=3A_eve=40evil.example?='],
    ['NUL', '花\0子'],
    ['a turned direction', '\u202eelpmaxe'],
    ['a rare letter', '葛\u{e0100}城 𠮷野'],
  ] as const;

  it.each(crafted)('with %s reaches the recipient alone and adds no header', async (_, text) => {
    const server = await aServer();
    const smtp = await smtpTo(server.url);
    const plain = aMail();

    await smtp.handOver(
      aMail({
        to: { ...plain.to, name: text },
        from: { ...plain.from, name: text },
        subject: text,
      }),
    );

    expect(server.received.map(({ from, to }) => ({ from, to }))).toEqual([
      { from: 'no-reply@psp.example.jp', to: ['hanako@shop.example.jp'] },
    ]);
    const mail = server.received[0]?.mail;
    expect([...(mail?.headers.keys() ?? [])].sort()).toEqual([
      'auto-submitted',
      'content-type',
      'date',
      'from',
      'message-id',
      'mime-version',
      'subject',
      'to',
    ]);
    expect(mail?.to).toMatchObject({ value: [{ address: 'hanako@shop.example.jp' }] });
    expect(mail?.from).toMatchObject({ value: [{ address: 'no-reply@psp.example.jp' }] });
    expect(mail?.text).toBe('依頼が到着しました。\n');
  });
});

describe('what the server says', () => {
  it.each<[string, { toRecipient?: () => Answer; toMail?: () => Answer }, object]>([
    ['refuses the recipient', { toRecipient: () => 550 }, { outcome: 'refused', reason: '550' }],
    ['refuses the recipient for now', { toRecipient: () => 451 }, { outcome: 'later', reason: '451' }],
    ['closes at the recipient', { toRecipient: () => 421 }, { outcome: 'later', reason: '421' }],
    [
      'breaks off at the recipient',
      { toRecipient: () => 'cut' },
      { outcome: 'later', reason: 'ECONNECTION: Connection closed unexpectedly' },
    ],
    ['refuses the text', { toMail: () => 554 }, { outcome: 'refused', reason: '554' }],
    ['refuses the text for now', { toMail: () => 452 }, { outcome: 'later', reason: '452' }],
    ['closes after the text', { toMail: () => 421 }, { outcome: 'later', reason: '421' }],
    [
      'breaks off after the text',
      { toMail: () => 'cut' },
      { outcome: 'unknown', reason: 'ECONNECTION: Connection closed unexpectedly' },
    ],
  ])('is understood when it %s, and the mail is given once', async (_, behaviour, expected) => {
    const server = await aServer(behaviour);
    const smtp = await smtpTo(server.url);

    expect(await smtp.handOver(aMail())).toEqual(expected);

    expect(server.got.length).toBeLessThanOrEqual(1);
    expect(server.received).toEqual([]);
  });

  it('is waited for no longer than a silent server deserves, and the end is unknown', async () => {
    const server = await aServer({ toMail: () => 'silence' });
    const smtp = await smtpTo(`${server.url}?socketTimeout=300`);

    expect(await smtp.handOver(aMail())).toEqual({ outcome: 'unknown', reason: 'ETIMEDOUT: Timeout' });
  });

  it('is no matter when nobody listens: it is for later', async () => {
    const server = await aMailServer();
    await server.stop();
    const smtp = await smtpTo(server.url);

    expect(await smtp.handOver(aMail())).toMatchObject({
      outcome: 'later',
      reason: expect.stringContaining('ECONNREFUSED'),
    });
  });

  it('is not waited for when it never greets', async () => {
    const silent = createServer().listen(0, '127.0.0.1');
    await once(silent, 'listening');
    toStop.push(() => silent.close());
    const { port } = silent.address() as AddressInfo;
    const smtp = await smtpTo(`smtp://127.0.0.1:${port}?greetingTimeout=300`);

    expect(await smtp.handOver(aMail())).toEqual({
      outcome: 'later',
      reason: 'ETIMEDOUT: Greeting never received',
    });
  });

  it('is not trusted with a mail when its certificate is not', async () => {
    const server = await aServer({ offersBadTls: true });
    const smtp = await smtpTo(server.url);

    expect(await smtp.handOver(aMail())).toEqual({
      outcome: 'later',
      reason: expect.stringContaining('certificate'),
    });

    expect(server.got).toEqual([]);
  });
});
