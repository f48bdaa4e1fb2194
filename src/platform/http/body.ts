import type { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Refusal } from '#src/domain/refusals.ts';
import type { Limits } from './limits.ts';

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false });

/** A body's bytes as text; refuses what is not UTF-8 instead of storing question marks. */
export function decodeBody(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw new Refusal('invalid_request', {}, [{ pointer: '', code: 'not_utf8' }]);
  }
}

/** What was sent, for as long as its request lives. */
const sent = new WeakMap<FastifyRequest, Buffer>();

/** A JSON body as it was sent, to the byte. */
export const bytesOf = (request: FastifyRequest): Buffer => sent.get(request) ?? Buffer.alloc(0);

/** Has JSON bodies read strictly: in time, not too large or deep, right UTF-8, right JSON, and no `__proto__`. */
export function readJsonBodies(app: FastifyInstance, limits: Limits): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeContentTypeParser(['application/json', 'text/plain']);
  app.addContentTypeParser('application/json', (request, payload, done) => {
    readBody(request, payload, limits)
      .then((bytes) => {
        sent.set(request, bytes);
        if (bytes.length === 0) return done(null, undefined);
        if (depthOf(bytes) > limits.jsonDepth) throw notJson();
        parse(request, decodeBody(bytes), (error, value) => done(error ? notJson() : null, value));
      })
      .catch(done);
  });
}

const notJson = (): Refusal => new Refusal('invalid_request', {}, [{ pointer: '', code: 'not_json' }]);

async function readBody(request: FastifyRequest, payload: Readable, limits: Limits): Promise<Buffer> {
  if (Number(request.headers['content-length'] ?? 0) > limits.bodyBytes) throw new Refusal('too_large');
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Refusal('too_slow')), limits.bodyMs);
  try {
    return await Promise.race([collected(payload, limits.bodyBytes), late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

/** Not by iterating: leaving a loop early would close the connection before the sender is told why. */
function collected(payload: Readable, limit: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const pieces: Buffer[] = [];
    let length = 0;
    payload.on('data', (piece: Buffer) => {
      length += piece.length;
      if (length > limit) {
        payload.pause();
        reject(new Refusal('too_large'));
      } else pieces.push(piece);
    });
    payload.on('end', () => resolve(Buffer.concat(pieces, length)));
    // It broke off: nobody is there to be answered, and nothing of ours is wrong.
    payload.on('error', () => reject(new Refusal('invalid_request')));
  });
}

const openers = new Set([0x7b, 0x5b]);
const closers = new Set([0x7d, 0x5d]);
const quote = 0x22;
const backslash = 0x5c;

/** How deep objects and lists lie in each other; what walks through them later may do so step by step. */
export function depthOf(json: Uint8Array): number {
  let depth = 0;
  let deepest = 0;
  for (let at = 0; at < json.length; at += 1) {
    const byte = json[at] ?? 0;
    if (byte === quote) at = endOfText(json, at);
    else if (closers.has(byte)) depth -= 1;
    else if (openers.has(byte)) {
      depth += 1;
      deepest = Math.max(deepest, depth);
    }
  }
  return deepest;
}

function endOfText(json: Uint8Array, start: number): number {
  let at = start + 1;
  while (at < json.length && json[at] !== quote) at += json[at] === backslash ? 2 : 1;
  return at;
}
