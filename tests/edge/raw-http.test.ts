import { describe, expect, it } from 'vitest';
import { startWorld } from '#tests/support/world.ts';
import { responsesIn, talk } from './talk.ts';

const world = startWorld();

const statusesOf = async (
  ...pieces: (string | number)[]
): Promise<{ statuses: number[]; isClosed: boolean }> => {
  const { text, isClosed } = await talk(world.url, { pieces, patienceMs: 500 });
  return { statuses: responsesIn(text).map(({ status }) => status), isClosed };
};

/** A second request that must never be seen as one: it would be answered 200. */
const smuggled = 'GET /api/v1/environment HTTP/1.1\r\nHost: a\r\n\r\n';
const post = 'POST /api/v1/session HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n';

describe('two readings of where a request ends', () => {
  it.each([
    [
      'Content-Length and Transfer-Encoding',
      `${post}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${smuggled}`,
    ],
    [
      'Transfer-Encoding and Content-Length',
      `${post}Transfer-Encoding: chunked\r\nContent-Length: 6\r\n\r\n0\r\n\r\nG${smuggled}`,
    ],
    ['two lengths', `${post}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}${smuggled}`],
    ['two lengths in one', `${post}Content-Length: 2, 2\r\n\r\n{}${smuggled}`],
    ['a length with a sign', `${post}Content-Length: +2\r\n\r\n{}${smuggled}`],
    ['a length below nothing', `${post}Content-Length: -1\r\n\r\n${smuggled}`],
    ['a length in hexadecimal', `${post}Content-Length: 0x2\r\n\r\n{}${smuggled}`],
    ['an encoding nobody knows', `${post}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n${smuggled}`],
    ['chunked, but not last', `${post}Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n${smuggled}`],
    ['a space before the colon', `${post}Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n${smuggled}`],
    ['a tab in the name', `${post}Transfer-Encoding\t: chunked\r\n\r\n0\r\n\r\n${smuggled}`],
    ['a folded header', `${post}X-Folded: a\r\n b\r\nContent-Length: 2\r\n\r\n{}${smuggled}`],
    ['a folded encoding', `${post}Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n${smuggled}`],
    ['a bare line feed', `${post}X-Bare: a\nContent-Length: 2\r\n\r\n{}${smuggled}`],
    ['a bare carriage return', `${post}X-Bare: a\rContent-Length: 2\r\n\r\n{}${smuggled}`],
    ['a NUL', `${post}X-Nul: a\0b\r\nContent-Length: 2\r\n\r\n{}${smuggled}`],
    ['a bad chunk', `${post}Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n${smuggled}`],
    [
      'a chunk longer than it says',
      `${post}Transfer-Encoding: chunked\r\n\r\n1\r\n{}\r\n0\r\n\r\n${smuggled}`,
    ],
    [
      'a chunk too large to be a number',
      `${post}Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n{}\r\n0\r\n\r\n${smuggled}`,
    ],
    ['two hosts', `GET /healthz HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n`],
    ['no host', `GET /healthz HTTP/1.1\r\n\r\n`],
    ['HTTP/0.9', 'GET /healthz\r\n\r\n'],
    ['HTTP/9.9', 'GET /healthz HTTP/9.9\r\nHost: a\r\n\r\n'],
    ['a whole address of another host', 'GET http://other.example/healthz HTTP/1.1\r\nHost: a\r\n\r\n'],
  ])('is refused: %s', async (_, text) => {
    const { statuses } = await statusesOf(text);
    expect(statuses.length).toBeGreaterThan(0);
    expect(statuses).not.toContain(200);
    expect(statuses.length).toBeLessThanOrEqual(1);
    expect(statuses[0]).toBeGreaterThanOrEqual(400);
    expect(statuses[0]).toBeLessThan(500);
  });

  it.each(['TRACE', 'CONNECT', 'PROPFIND', 'get', 'X'])('does nothing for the method %s', async (method) => {
    const secret = 'zq-secret-zq';
    const { text } = await talk(world.url, {
      pieces: [`${method} /healthz HTTP/1.1\r\nHost: a\r\nCookie: ${secret}\r\n\r\n`],
      patienceMs: 300,
    });
    expect(text).not.toContain(secret);
    for (const { status } of responsesIn(text)) expect([400, 404]).toContain(status);
  });

  it('answers what is right, one after the other, on one connection', async () => {
    const body = '{}';
    const { statuses } = await statusesOf(
      `${smuggled}${post}Content-Length: ${body.length}\r\n\r\n${body}${post}Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n${smuggled}`,
    );
    expect(statuses).toEqual([200, 400, 400, 200]);
  });

  it('does not take a header of another request along', async () => {
    const { text } = await talk(world.url, {
      pieces: [
        'GET /api/v1/session HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 1.2.3.4\r\nX-Original-URL: /healthz\r\n\r\n',
      ],
      patienceMs: 300,
    });
    expect(responsesIn(text).map(({ status }) => status)).toEqual([401]);
  });
});
