import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { createApp } from '#src/main/app.ts';
import { readConfig } from '#src/main/config.ts';
import { newId } from '#src/platform/ids.ts';
import { readExceptions } from '#src/platform/outbound/exceptions.ts';
import { openOutbound } from '#src/platform/outbound/outbound.ts';
import { sealingWith } from '#src/platform/sealing.ts';
import { testLog } from '#tests/support/logs.ts';
import { startMailWorld } from '#tests/support/mail-world.ts';
import { sealLetter } from './sealed-letter.ts';

const world = startMailWorld();

type NewMail = { subject?: string; html?: string; text?: string; toName?: string };

async function aMail(given: NewMail = {}): Promise<string> {
  const id = newId();
  const {
    subject = '[PSP]ご連絡(12345-001)',
    html = '<p>本文</p>',
    text = '本文',
    toName = '山田 花子',
  } = given;
  const letter = { toName, toAddress: 'hanako@shop.example.jp', subject, text, html };
  await sql`insert into mails (id, message_id, mid, sid, sealed_letter, state, created_at)
    values (${id}, ${`<${id}@portal.example.jp>`}, '12345', '001', ${sealLetter(world.vault, id, letter)}, 'kept',
      '2026-11-24T12:30:00+09:00')`.execute(world.db);
  return id;
}

async function open(path: string, headers: Record<string, string> = {}) {
  const response = await fetch(`${world.url}${path}`, { headers: { 'accept-language': 'ja', ...headers } });
  return { status: response.status, headers: response.headers, page: await response.text() };
}

const policyOf = (headers: Headers): string => headers.get('content-security-policy') ?? '';

describe('the mailbox of the demo', () => {
  it('lists mails with recipient, subject and time, newest first', async () => {
    const first = await aMail({ subject: '一通目' });
    const second = await aMail({ subject: '二通目' });

    const { status, headers, page } = await open('/demo/mailbox');

    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(headers.get('cache-control')).toBe('no-store');
    const links = [...page.matchAll(/href="\/demo\/mailbox\/([^"]+)">([^<]+)</g)].map((match) =>
      match.slice(1),
    );
    expect(links.slice(0, 2)).toEqual([
      [second, '二通目'],
      [first, '一通目'],
    ]);
    expect(page).toContain('山田 花子');
    expect(page).toContain('&lt;hanako@shop.example.jp&gt;');
    expect(page).toContain('2026年11月24日(火) 12:30');
    expect(page).toContain('このデモのメールは外部に送信されず、すべてここに届きます。');
  });

  it('shows long lists page by page', async () => {
    const ids: string[] = [];
    for (let count = 0; count < 60; count += 1) ids.push(await aMail());

    const { page } = await open('/demo/mailbox');
    const [, older = ''] = page.match(/href="(\/demo\/mailbox\?before=[^"]+)"/) ?? [];
    const { page: next } = await open(older);

    const idsOn = (html: string): string[] =>
      [...html.matchAll(/href="\/demo\/mailbox\/([0-9a-f-]+)"/g)].map(([, id = '']) => id);
    expect(idsOn(page)).toEqual(ids.slice(10).reverse());
    expect(idsOn(next).slice(0, 10)).toEqual(ids.slice(0, 10).reverse());
    expect(idsOn((await open('/demo/mailbox?before=nonsense')).page)).toEqual(idsOn(page));
  });

  it('shows the text with its links, and the HTML in a frame that can only open links', async () => {
    const id = await aMail({
      text: 'ログイン画面\nhttp://127.0.0.1/cases?mid=1&sid=2\n',
      html: '<b>太字</b>',
    });

    const { page, headers } = await open(`/demo/mailbox/${id}`);
    const frame = await open(`/demo/mailbox/${id}/html`);

    expect(page).toContain(
      '<a href="http://127.0.0.1/cases?mid=1&amp;sid=2">http://127.0.0.1/cases?mid=1&amp;sid=2</a>',
    );
    expect(page).toMatch(
      /<iframe title="メール本文" src="\/demo\/mailbox\/[^"]+\/html"\s+sandbox="allow-popups allow-popups-to-escape-sandbox">/,
    );
    expect(page).toContain(`&lt;${id}@portal.example.jp&gt;`);
    expect(page).not.toContain('<b>太字</b>');
    const [, nonce] = page.match(/<style nonce="([^"]+)">/) ?? [];
    expect(policyOf(headers)).toBe(
      `default-src 'none'; style-src 'nonce-${nonce}'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    );
    expect(frame.page).toBe('<b>太字</b>');
    expect(policyOf(frame.headers)).toBe(
      "default-src 'none'; style-src 'unsafe-hashes' ; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox",
    );
  });

  it('lets in the very styles a mail came with', async () => {
    const id = await aMail({ html: `<style>p{top:0}</style><p style="font-family:&quot;A&quot;">本文</p>` });
    const { headers } = await open(`/demo/mailbox/${id}/html`);
    const hashes = ['font-family:"A"', 'p{top:0}'].map((style) =>
      createHash('sha256').update(style).digest('base64'),
    );
    for (const hash of hashes) expect(policyOf(headers)).toContain(`'sha256-${hash}'`);
  });

  it('takes what a mail says for text, whatever it looks like', async () => {
    const evil = `<script>alert("1")</script><img src=x onerror='alert(1)'>`;
    const text = `${evil} javascript:alert(1) https://x.example/"onmouseover="alert(1)`;
    const id = await aMail({ subject: evil, toName: evil, text });

    for (const path of ['/demo/mailbox', `/demo/mailbox/${id}`]) {
      const { page } = await open(path);
      expect(page).not.toContain('<script');
      expect(page).not.toContain('<img');
      expect(page).not.toContain('"onmouseover="');
      expect(page).not.toContain('href="javascript');
      expect(page).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;');
    }
  });

  it('speaks English to those who ask for it', async () => {
    const { page } = await open('/demo/mailbox', { 'accept-language': 'en-GB' });
    expect(page).toContain('<html lang="en">');
    expect(page).toContain('Mails of this demo do not leave it');
  });

  it.each(['nonsense', '0199c0de-0000-7000-8000-000000000000', `${newId()}/html`])(
    'knows no mail %s',
    async (mail) => {
      const { status, page } = await open(`/demo/mailbox/${mail}`);
      expect(status).toBe(404);
      expect(page).toContain('このメールはありません');
    },
  );
});

const appWith = (environment: Record<string, string>) => {
  const { db, actingFor, operations, live } = world;
  const sealing = sealingWith([Buffer.alloc(32)]);
  const outbound = openOutbound({ exceptions: readExceptions('') });
  const log = testLog();
  return createApp({
    config: readConfig(environment),
    db,
    actingFor,
    operations,
    live,
    sealing,
    outbound,
    log,
  });
};

it('names the mail server that mails go to instead, without its password', async () => {
  const app = await appWith({ SMTP_URL: 'smtps://user:secret@mail.example.jp:2525' });
  const { body } = await app.inject({ url: '/demo/mailbox' });
  expect(body).toContain('送信されます');
  expect(body).toContain('mail.example.jp:2525');
  expect(body).not.toContain('secret');
  await app.close();
});

it.each([{ DATABASE_URL: 'postgresql://localhost/shokai' }, { NODE_ENV: 'production' }])(
  'does not exist outside the demo: %o',
  async (environment) => {
    const id = await aMail();
    const app = await appWith(environment);
    for (const url of ['/demo/mailbox', `/demo/mailbox/${id}`, `/demo/mailbox/${id}/html`]) {
      const { statusCode, body } = await app.inject({ url });
      expect(statusCode).toBe(404);
      expect(body).not.toContain('hanako');
    }
    await app.close();
  },
);
