import { readdir } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { createApp } from '#src/main/app.ts';
import { readConfig } from '#src/main/config.ts';
import { createLog } from '#src/platform/log.ts';
import { readExceptions } from '#src/platform/outbound/exceptions.ts';
import { openOutbound } from '#src/platform/outbound/outbound.ts';
import { sealingWith } from '#src/platform/sealing.ts';
import {
  aMerchant,
  anInstitution,
  aRequest,
  as,
  givenCase,
  proofOf,
  startWorld,
} from '#tests/support/world.ts';
import { type Called, call, type Reply } from '#tests/walls/call.ts';
import { expectations } from '#tests/walls/expectations.ts';
import { makeScene, type Scene, walkMs } from '#tests/walls/matrix.ts';
import { routesOf } from '#tests/walls/routes-of.ts';
import { expectRightHeaders, wrongHeaders } from './header-rules.ts';
import { responsesIn, talk } from './talk.ts';

const world = startWorld();

const json = { 'content-type': 'application/json' };

/** Ways to call a route that end in as many statuses as possible. */
function waysToCall(method: string, path: string, sends: Partial<Called>): Called[] {
  const plain = { method, path, ...sends };
  if (method === 'GET') return [plain, { ...plain, headers: { 'if-none-match': '"1"' } }];
  return [
    plain,
    { method, path, raw: 'x', headers: { 'content-type': 'text/plain' } },
    { method, path, raw: '{', headers: json },
    { method, path, raw: ' '.repeat(1_100_000), headers: json },
    { ...plain, headers: { ...sends.headers, 'sec-fetch-site': 'cross-site' } },
    { ...plain, headers: { ...sends.headers, 'x-csrf-token': 'wrong' } },
  ];
}

/** Every call of every route with some ids that its path may carry. */
function everyCall({ subjects }: Scene): Called[] {
  const called: Called[] = [];
  for (const route of routesOf(world.app)) {
    const row = expectations[route];
    if (!row || row.endsSession) continue;
    const [method = '', pattern = ''] = route.split(' ');
    const kind = row.on && subjects[row.on];
    const { query = '', ...sends } = row.sends ?? {};
    for (const id of kind ? [kind.subjects[0]?.id ?? '', kind.unknown ?? '', 'nonsense'] : ['']) {
      const path = pattern.replace(/:\w+/, id).replace(/\*$/, '/no-such-file').replace(/^\/\//, '/');
      called.push(...waysToCall(method, path + query, sends));
    }
  }
  return called;
}

it(
  'carries every security header on every route, for everybody, however the call ends',
  async () => {
    const scene = await makeScene(world);
    const names = ['nobody', 'merchant.responder', 'merchant.viewer', 'operator.admin', 'institution.key'];
    const statuses = new Set<number>();
    const wrong: string[] = [];
    const calls = everyCall(scene);
    for (const caller of scene.callers.filter(({ name }) => names.includes(name))) {
      for (const called of calls) {
        const reply: Reply = await call(world, caller, called);
        statuses.add(reply.status);
        const found = wrongHeaders(new Headers(reply.headers));
        if (found.length > 0)
          wrong.push(`${reply.status} ${called.method} ${called.path}: ${found.join(', ')}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(calls.length * names.length).toBeGreaterThan(500);
    expect([...statuses].sort()).toEqual(
      expect.arrayContaining([200, 302, 400, 401, 403, 404, 409, 412, 413, 415, 422]),
    );
  },
  walkMs,
);

describe('the security headers', () => {
  it('are on what is created, empty, unchanged, streamed, and wants a version', async () => {
    const merchant = await aMerchant(world);
    const caseId = await givenCase(world, merchant, { draft: {} });
    const institution = await anInstitution(world);
    const hanako = as(world, merchant.hanako);
    const replies = [
      await as(world, institution).post('/cases', aRequest(merchant.mid)),
      await hanako.get(`/cases/${caseId}/draft`, { 'if-none-match': '"1"' }),
      await hanako.put(`/cases/${caseId}/draft`, { content: {} }),
      await hanako.get('/cases.csv'),
      await as(world, institution).send('POST', '/cases/batch', {
        raw: `${JSON.stringify(aRequest(merchant.mid))}\n`,
        headers: { 'content-type': 'application/x-ndjson' },
      }),
      await hanako.send('DELETE', '/session'),
    ];
    expect(replies.map(({ status }) => status)).toEqual([201, 304, 428, 200, 200, 204]);
    for (const { headers } of replies) expectRightHeaders(headers);
  });

  it('are on pages and on files, which alone may be kept', async () => {
    const page = await fetch(`${world.url}/cases`, { headers: { accept: 'text/html' } });
    const text = await page.text();
    const nonce = /nonce-([^']+)'/.exec(page.headers.get('content-security-policy') ?? '')?.[1];
    expectRightHeaders(page.headers);
    expect(text).toContain(`content="${nonce}"`);
    expect(text).not.toMatch(/<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=|javascript:/i);
    const again = await fetch(`${world.url}/cases`, { headers: { accept: 'text/html' } });
    expect(again.headers.get('content-security-policy')).not.toContain(nonce);
    const [file = ''] = (await readdir('dist/web/assets')).filter((name) => name.endsWith('.js'));
    const asset = await fetch(`${world.url}/assets/${file}`);
    expect(asset.status).toBe(200);
    expectRightHeaders(asset.headers, { isAsset: true });
  });

  it('are on what never becomes a request', async () => {
    const said = [
      'nonsense\r\n\r\n',
      `GET / HTTP/1.1\r\nHost: a\r\nX-Long: ${'x'.repeat(20_000)}\r\n\r\n`,
      'GET /%zz HTTP/1.1\r\nHost: a\r\n\r\n',
      `GET /api/v1/cases/${'9'.repeat(300)} HTTP/1.1\r\nHost: a\r\n\r\n`,
      `GET /${'x'.repeat(9_000)} HTTP/1.1\r\nHost: a\r\n\r\n`,
      'TRACE / HTTP/1.1\r\nHost: a\r\n\r\n',
      'OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n',
      'POST /api/v1/session HTTP/1.1\r\nHost: a\r\nExpect: a miracle\r\nContent-Length: 0\r\n\r\n',
    ];
    const statuses: number[] = [];
    for (const text of said) {
      const [response] = responsesIn((await talk(world.url, { pieces: [text], patienceMs: 300 })).text);
      statuses.push(response?.status ?? 0);
      expect(wrongHeaders(response?.headers ?? new Headers()), text.slice(0, 40)).toEqual([]);
      expect(response?.body).toContain('"type":"urn:shokai:problem:');
    }
    expect(statuses).toEqual([400, 431, 404, 404, 431, 404, 400, 400]);
  });
});

const appWith = async (settings: Record<string, string>) => {
  const { db, actingFor, operations, live } = world;
  return createApp({
    config: readConfig(settings),
    db,
    actingFor,
    operations,
    live,
    sealing: sealingWith([Buffer.alloc(32)]),
    outbound: openOutbound({ exceptions: readExceptions('') }),
    log: createLog('silent'),
  });
};

it('tells browsers to stay with https where it is reached over https', async () => {
  const app = await appWith({
    BASE_URL: 'https://portal.example.jp',
    DATABASE_URL: 'postgresql://localhost/shokai',
  });
  for (const url of ['/healthz', '/api/v1/session', '/nothing']) {
    const { headers } = await app.inject({ url });
    expectRightHeaders(new Headers(headers as Record<string, string>), { isHttps: true });
  }
  await app.close();
});

it('has strict policies on the reference and the mailbox, too', async () => {
  const app = await appWith({});
  const urls = [
    '/docs',
    '/docs/static/swagger-ui.css',
    '/docs/json',
    '/demo/mailbox',
    '/demo/mailbox/nonsense',
  ];
  for (const url of urls) {
    const { headers } = await app.inject({ url });
    const own = new Headers(Object.entries(headers).map(([name, value]) => [name, String(value)]));
    if (url.includes('static')) own.set('cache-control', 'no-store');
    expect(wrongHeaders(own), url).toEqual([]);
  }
  await app.close();
});

it('carries them when something breaks, and when there is too much of everything', async () => {
  const app = await appWith({});
  app.get('/broken', async () => {
    throw new Error('select secret from nowhere at /src/somewhere.ts:1');
  });
  app.get('/away', async () => {
    throw Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
  });
  const statuses: number[] = [];
  for (const url of ['/broken', '/away']) {
    const { statusCode, headers, body } = await app.inject({ url });
    statuses.push(statusCode);
    expectRightHeaders(new Headers(headers as Record<string, string>));
    expect(body).not.toMatch(/secret|\.ts|connect/);
  }
  expect(statuses).toEqual([500, 503]);
  await app.close();
});

it('says who it is to nobody who guesses too often', async () => {
  const credentials = { userId: `nobody-${Date.now()}`, password: 'wrong' };
  const { hanako } = await aMerchant(world);
  for (let guess = 0; guess < 6; guess += 1) await as(world).post('/session', credentials);
  const locked = await as(world).post('/session', credentials, proofOf(hanako));
  expect(locked.status).toBe(429);
  expectRightHeaders(locked.headers);
});
