import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readExceptions } from '#src/platform/outbound/exceptions.ts';
import { openOutbound } from '#src/platform/outbound/outbound.ts';
import type { Placed } from './place.ts';
import { readBucket, s3Place } from './s3-place.ts';

type S3Server = { run: () => Promise<{ port: number }>; close: () => Promise<void> };
const S3rver: new (options: object) => S3Server = createRequire(import.meta.url)('s3rver');

/** A bucket at a server of this machine; s3rver knows one key, S3RVER with the same secret. */
const placeAt = (port: number, secret = 'S3RVER', totalMs = 10_000) => {
  const endpoint = encodeURIComponent(`http://127.0.0.1:${port}`);
  const bucket = readBucket(`s3://S3RVER:${secret}@answers/out?region=us-east-1&endpoint=${endpoint}`);
  const limits = { connectMs: 1000, headersMs: totalMs, totalMs, bytes: 1_000_000 };
  return s3Place(bucket, openOutbound({ exceptions: readExceptions(`127.0.0.1:${port}`), limits }));
};

const placed = (text: string, name = 'answers_JCB_20261125_000001.csv'): Placed => {
  const bytes = Buffer.from(text);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { folder: 'JCB%20', name, bytes, sha256, type: 'text/csv' };
};

describe('a bucket of a server that speaks S3', () => {
  let server: S3Server;
  let port = 0;

  beforeAll(async () => {
    const directory = await mkdtemp(join(tmpdir(), 'shokai-s3-'));
    server = new S3rver({
      port: 0,
      directory,
      silent: true,
      configureBuckets: [{ name: 'answers', configs: [] }],
    });
    port = (await server.run()).port;
  });
  afterAll(() => server.close());

  it('gets a file by a signed call, as it is', async () => {
    await placeAt(port).put(placed('回答\r\n'));
    const there = await fetch(
      `http://127.0.0.1:${port}/answers/out/JCB%2520/answers_JCB_20261125_000001.csv`,
    );
    expect([there.status, await there.text()]).toEqual([200, '回答\r\n']);
    await placeAt(port).put(placed('回答\r\n'));
  });
});

describe('a bucket that fails', () => {
  async function putTo(answer: RequestListener, totalMs?: number): Promise<unknown> {
    const server = createServer(answer).listen(0, '127.0.0.1');
    await once(server, 'listening');
    try {
      const { port } = server.address() as AddressInfo;
      return await placeAt(port, 'S3RVER', totalMs)
        .put(placed('回答'))
        .then(
          () => 'put',
          ({ reason }: { reason: string }) => reason,
        );
    } finally {
      server.closeAllConnections();
      server.close();
    }
  }
  const withStatus =
    (status: number, headers = {}): RequestListener =>
    (_, reply) =>
      void reply.writeHead(status, headers).end();
  const there =
    (sha256: string): RequestListener =>
    ({ method }, reply) =>
      void (method === 'PUT'
        ? reply.writeHead(412).end()
        : reply.writeHead(200, { 'x-amz-meta-sha256': sha256 }).end());

  it.each([403, 404, 500, 503])('with %d is told by its status', async (status) => {
    expect(await putTo(withStatus(status))).toBe(`s3_${status}`);
  });

  it('by saying nothing is left after a while', async () => {
    expect(await putTo(() => undefined, 300)).toBe('timed_out');
  });

  it('because the same file is there already has not failed; another one of its name stays', async () => {
    expect(await putTo(there(placed('回答').sha256))).toBe('put');
    expect(await putTo(there('0'.repeat(64)))).toBe('other_file_there');
  });

  it('is asked by a signed call to put it only where nothing is', async () => {
    let asked: Record<string, unknown> = {};
    await putTo((request, reply) => {
      asked = request.headers;
      reply.end();
    });
    expect(asked['if-none-match']).toBe('*');
    expect(asked.authorization).toMatch(
      /^AWS4-HMAC-SHA256 Credential=S3RVER\/\d{8}\/us-east-1\/s3\/aws4_request, SignedHeaders=.*host.*, Signature=[0-9a-f]{64}$/,
    );
  });
});
