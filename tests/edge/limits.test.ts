import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createApp } from '#src/main/app.ts';
import { readConfig } from '#src/main/config.ts';
import { depthOf } from '#src/platform/http/body.ts';
import { type Limits, limits } from '#src/platform/http/limits.ts';
import { refuseWhenBusy } from '#src/platform/http/overload.ts';
import { createLog } from '#src/platform/log.ts';
import { readExceptions } from '#src/platform/outbound/exceptions.ts';
import { openOutbound } from '#src/platform/outbound/outbound.ts';
import { sealingWith } from '#src/platform/sealing.ts';
import { aMerchant, anInstitution, as, givenCase, startWorld } from '#tests/support/world.ts';
import { open, responsesIn, talk } from './talk.ts';

const world = startWorld();

/** The same product with shorter time-outs, so that a test can wait for them. */
async function quick(given: Partial<Limits>, prepare = (_: FastifyInstance): void => undefined) {
  const { db, actingFor, operations, live } = world;
  const app = await createApp({
    config: readConfig({ DATABASE_URL: 'postgresql://localhost/shokai' }),
    ...{
      db,
      actingFor,
      operations,
      live,
      sealing: sealingWith([Buffer.alloc(32)]),
      log: createLog('silent'),
    },
    outbound: openOutbound({ exceptions: readExceptions('') }),
    limits: { ...limits, ...given },
  });
  prepare(app);
  await app.listen({ port: 0, host: '127.0.0.1' });
  onTestFinished(() => app.close());
  return `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
}

const signIn = (body: string): string =>
  `POST /api/v1/session HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;

const answerTo = async (url: string, ...pieces: (string | number)[]) => {
  const said = await talk(url, { pieces, patienceMs: 3000 });
  const [response] = responsesIn(said.text);
  return { ...said, status: response?.status, code: JSON.parse(response?.body || '{}').code };
};

describe('too much', () => {
  const body = (bytes: number): string => JSON.stringify('x'.repeat(bytes - 2));

  it('is a body over 1 MiB, announced or not', async () => {
    const { hanako } = await aMerchant(world);
    const send = (raw: string) =>
      as(world, hanako).send('POST', '/session', { raw, headers: { 'content-type': 'application/json' } });
    expect((await send(body(limits.bodyBytes))).status).toBe(400);
    expect((await send(body(limits.bodyBytes + 1))).status).toBe(413);
    const chunk = `${(1_000_000).toString(16)}\r\n${'x'.repeat(1_000_000)}\r\n`;
    const head = 'POST /api/v1/session HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n';
    const chunked = await answerTo(world.url, `${head}Transfer-Encoding: chunked\r\n\r\n`, chunk, chunk);
    expect([chunked.status, chunked.code]).toEqual([413, 'too_large']);
    const announced = await answerTo(world.url, `${head}Content-Length: 99999999\r\n\r\n`);
    expect([announced.status, announced.code]).toEqual([413, 'too_large']);
  });

  it('is a line of a batch over 64 KiB, and only that line', async () => {
    const institution = await anInstitution(world);
    const { body } = await as(world, institution).send('POST', '/cases/batch', {
      raw: `{"x":"${'x'.repeat(70_000)}"}\n{}\n`,
      headers: { 'content-type': 'application/x-ndjson' },
    });
    const lines = String(body).trim().split('\n');
    expect(lines.map((line) => JSON.parse(line).outcome)).toEqual(['refused', 'refused']);
    expect(lines[0]).toContain('too_long');
  });

  it.each([
    ['headers', '/healthz', `X-Long: ${'x'.repeat(17_000)}\r\n`, 431],
    ['a URL', `/healthz?${'x'.repeat(8_200)}`, '', 431],
    ['parameters', `/healthz?${'a=1&'.repeat(100)}`, '', 400],
    ['as many parameters as may be', `/readyz?${'a=1&'.repeat(99)}`, '', 200],
  ])('is %s', async (_, path, header, status) => {
    const reply = await answerTo(
      world.url,
      `GET ${path} HTTP/1.1\r\nHost: a\r\n${header}Connection: close\r\n\r\n`,
    );
    expect(reply.status).toBe(status);
  });

  it('is JSON that lies too deep in itself, however it is built', async () => {
    const deep = (levels: number): string => `${'['.repeat(levels)}${']'.repeat(levels)}`;
    const nested = `${'{"a":'.repeat(40)}1${'}'.repeat(40)}`;
    for (const raw of [deep(33), deep(500_000), '['.repeat(500_000), nested]) {
      const { status } = await as(world).send('POST', '/session', {
        raw,
        headers: { 'content-type': 'application/json' },
      });
      expect(status).toBe(400);
    }
    expect([depthOf(Buffer.from(deep(32))), depthOf(Buffer.from('{"[[[":"\\"[[{"}'))]).toEqual([32, 1]);
  });

  it('is not taken apart in time that grows faster than it', () => {
    const million = Buffer.from('[{"\\\\":"'.repeat(125_000));
    const started = performance.now();
    depthOf(million);
    expect(performance.now() - started).toBeLessThan(200);
  });
});

describe('a slow client', () => {
  it('loses the connection when headers do not come', async () => {
    const url = await quick({ headersMs: 300 });
    for (const pieces of [
      [],
      ['GET / HT'],
      ['GET / HTTP/1.1\r\nHost: a\r\n', 200, 'X: 1\r\n', 200, 'Y: 2\r\n'],
    ]) {
      const { isClosed, milliseconds, text } = await talk(url, { pieces, patienceMs: 3000 });
      expect([isClosed, milliseconds < 2000]).toEqual([true, true]);
      for (const { status } of responsesIn(text)) expect(status).toBe(408);
    }
  });

  it('is told and loses the connection when a body does not come', async () => {
    const url = await quick({ bodyMs: 300, leftoverMs: 200 });
    const [head = ''] = signIn('{"userId":"hanako"}').split('{');
    const reply = await answerTo(url, head, '{"us', 100, 'er', 100, 'Id', 100, '"', 100, ':', 100, '"', 3000);
    expect([reply.status, reply.code, reply.isClosed]).toEqual([408, 'too_slow', true]);
    expect(reply.milliseconds).toBeLessThan(2500);
  });

  it('loses the connection when it goes on sending what was answered', async () => {
    const url = await quick({ leftoverMs: 200 });
    const head =
      'POST /api/v1/cases HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\nContent-Length: 100\r\n\r\n';
    const reply = await answerTo(url, head, 'x', 100, 'x', 100, 'x', 100, 'x', 3000);
    expect([reply.status, reply.isClosed]).toEqual([415, true]);
  });

  it('loses the connection on which nothing moves', async () => {
    const url = await quick({ idleMs: 300, keepAliveMs: 300 });
    const idle = await talk(url, { pieces: ['GET /readyz HTTP/1.1\r\nHost: a\r\n\r\n'], patienceMs: 3500 });
    expect([responsesIn(idle.text)[0]?.status, idle.isClosed]).toEqual([200, true]);
  });

  it('is left when it does not read what it asked for, and the work for it ends', async () => {
    let isEnded = false;
    async function* endless(): AsyncGenerator<Buffer> {
      try {
        for (;;) yield Buffer.alloc(65_536, 'x');
      } finally {
        isEnded = true;
      }
    }
    const url = await quick({ slowLookMs: 100 }, (app) => {
      app.get('/endless', async (_, reply) => reply.type('text/plain').send(Readable.from(endless())));
    });
    const socket = await open(url);
    socket.on('error', () => undefined);
    socket.pause();
    socket.write('GET /endless HTTP/1.1\r\nHost: a\r\n\r\n');
    await expect.poll(() => isEnded, { timeout: 5000 }).toBe(true);
    socket.destroy();
  });

  it('is none that reads with pauses', async () => {
    const piece = Buffer.alloc(65_536, 'x');
    const url = await quick({ slowLookMs: 300 }, (app) => {
      app.get('/large', async (_, reply) =>
        reply.type('text/plain').send(Readable.from(Array.from({ length: 200 }, () => piece))),
      );
    });
    const socket = await open(url);
    let read = 0;
    socket.on('data', (data) => {
      read += data.length;
      socket.pause();
      setTimeout(() => socket.resume(), 2);
    });
    socket.write('GET /large HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
    await once(socket, 'close');
    expect(read).toBeGreaterThan(200 * 65_536);
  });

  it('keeps nobody else from working: 500 idle connections', async () => {
    const merchant = await aMerchant(world);
    const caseId = await givenCase(world, merchant);
    const sockets = await Promise.all(Array.from({ length: 500 }, () => open(world.url)));
    const started = performance.now();
    expect((await as(world, merchant.hanako).get(`/cases/${caseId}`)).status).toBe(200);
    expect(performance.now() - started).toBeLessThan(1000);
    for (const socket of sockets) socket.destroy();
  });
});

describe('overload', () => {
  it('is refused with the time to wait, except for who asks whether it runs', async () => {
    let delay = 0;
    const url = await quick({}, (app) => refuseWhenBusy(app, limits, () => delay));
    expect((await fetch(`${url}/api/v1/environment`)).status).toBe(200);
    delay = limits.loopDelayMs + 1;
    const busy = await fetch(`${url}/api/v1/environment`);
    expect([busy.status, busy.headers.get('retry-after')]).toEqual([503, '5']);
    expect(await busy.json()).toMatchObject({ code: 'busy' });
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    delay = 0;
    expect((await fetch(`${url}/api/v1/environment`)).status).toBe(200);
  });
});
