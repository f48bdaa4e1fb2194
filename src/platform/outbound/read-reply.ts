import type { OutboundReason } from './outbound-error.ts';

/** The beginning of a body, and whether there was more of it; reads no further than it has to. */
export async function readUpTo(
  limit: number,
  body: AsyncIterable<Uint8Array>,
): Promise<{ body: Buffer; isCut: boolean }> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of body) {
    pieces.push(piece);
    length += piece.length;
    if (length > limit) break;
  }
  return { body: Buffer.concat(pieces).subarray(0, limit), isCut: length > limit };
}

const timeOuts = new Set([
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
  'UND_ERR_ABORTED',
  'ETIMEDOUT',
]);
const notConnected = /^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|EACCES|EPERM)$/;
const certificate = /^(ERR_TLS_|CERT_|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|HOSTNAME_MISMATCH|ERR_SSL_|EPROTO)/;

/** What went wrong on the way, in our words. */
export function reasonOf(error: unknown): OutboundReason {
  const { name, code = '', errors } = error as { name?: string; code?: string; errors?: unknown[] };
  if (name === 'TimeoutError' || name === 'AbortError' || timeOuts.has(code)) return 'timed_out';
  if (certificate.test(code)) return 'bad_certificate';
  if (notConnected.test(code)) return 'not_connected';
  if (code === 'UND_ERR_HEADERS_OVERFLOW' || code === 'HPE_HEADER_OVERFLOW') return 'too_large';
  // Node tries one address after the other and tells of all of them.
  return errors?.[0] ? reasonOf(errors[0]) : 'broken_off';
}
