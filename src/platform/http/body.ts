import type { FastifyInstance } from 'fastify';
import { Refusal } from '#src/domain/refusals.ts';

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false });

/** A body's bytes as text; refuses what is not UTF-8 instead of storing question marks. */
export function decodeBody(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw new Refusal('invalid_request', {}, [{ pointer: '', code: 'not_utf8' }]);
  }
}

/** Has JSON bodies read strictly: right UTF-8, right JSON, and no `__proto__`. */
export function readJsonBodies(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeContentTypeParser(['application/json', 'text/plain']);
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, bytes, done) => {
    if (bytes.length === 0) return done(null, undefined);
    parse(request, decodeBody(bytes as Buffer), (error, value) =>
      done(error ? new Refusal('invalid_request', {}, [{ pointer: '', code: 'not_json' }]) : null, value),
    );
  });
}
