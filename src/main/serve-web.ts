import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Refusal } from '#src/domain/refusals.ts';
import { sendProblem } from '#src/platform/http/errors.ts';

const built = fileURLToPath(new URL('../../dist/web', import.meta.url));

/** Serves the built web client: its files for good, because their names carry a hash, and its page for every other address. */
export async function serveWeb(app: FastifyInstance): Promise<void> {
  await app.register(fastifyStatic, {
    root: `${built}/assets`,
    prefix: '/assets/',
    immutable: true,
    maxAge: '365d',
    index: false,
    preCompressed: true,
  });
  const page = await readFile(`${built}/index.html`, 'utf8');
  app.setNotFoundHandler((request, reply) =>
    isPage(request) ? sendPage(reply, page) : sendProblem(new Refusal('not_found'), request, reply),
  );
}

function isPage({ method, url, headers }: FastifyRequest): boolean {
  const wantsPage = headers.accept?.includes('text/html') ?? false;
  return (
    (method === 'GET' || method === 'HEAD') &&
    wantsPage &&
    !url.startsWith('/api/') &&
    !url.startsWith('/assets/')
  );
}

function sendPage(reply: FastifyReply, page: string): FastifyReply {
  return reply
    .code(200)
    .header('cache-control', 'no-store')
    .type('text/html; charset=utf-8')
    .send(page.replaceAll('__CSP_NONCE__', reply.styleNonce));
}
