import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Refusal } from '#src/domain/refusals.ts';

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE']);

/**
 * Refuses what another site had a browser send, before anything of it is read. Browsers tell where a request comes from, the
 * old ones by `Origin` alone; programs that are no browsers tell nothing and need a key or a session's proof anyway.
 */
export function keepOtherSitesOut(app: FastifyInstance, ownOrigin: string): void {
  app.addHook('onRequest', async (request) => {
    if (!safeMethods.has(request.method) && isFromElsewhere(request, ownOrigin))
      throw new Refusal('cross_site');
  });
}

function isFromElsewhere({ headers, protocol, host }: FastifyRequest, ownOrigin: string): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return true;
  const { origin } = headers;
  if (origin === undefined) return false;
  // A page that sends no referrer hides its origin in some of its own requests too.
  if (origin === 'null') return site !== 'same-origin';
  return origin !== ownOrigin && origin !== `${protocol}://${host}`;
}
