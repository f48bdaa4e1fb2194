import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import { Refusal, type RefusalCode } from '#src/domain/refusals.ts';
import { toProblemDocument } from './problem.ts';
import { closedPolicy, fixedHeaders } from './security-headers.ts';

const refusalsOfParser: Readonly<Record<string, RefusalCode>> = {
  HPE_HEADER_OVERFLOW: 'headers_too_large',
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 'too_large',
  ERR_HTTP_REQUEST_TIMEOUT: 'too_slow',
};

/**
 * Answers what is no HTTP, or comes too slowly to become a request: there is no route and no reply for it, but the same form
 * and the same headers as for every refusal. The connection ends, as nobody knows where a next request would begin.
 */
export function answerNoRequest(options: { isHttps: boolean }) {
  return (error: Error & { code?: string }, socket: Socket): void => {
    if (error.code === 'ECONNRESET' || socket.destroyed) return;
    if (!socket.writable) return void socket.destroy();
    const refusal = new Refusal(refusalsOfParser[error.code ?? ''] ?? 'invalid_request');
    socket.end(rawResponse(refusal, options), () => socket.destroySoon());
  };
}

function rawResponse(refusal: Refusal, options: { isHttps: boolean }): string {
  const problem = toProblemDocument(refusal, 'ja', randomUUID());
  const body = JSON.stringify(problem);
  const headers = {
    ...fixedHeaders(options),
    'content-security-policy': closedPolicy,
    'cache-control': 'no-store',
    'content-type': 'application/problem+json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    connection: 'close',
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return `HTTP/1.1 ${problem.status} ${problem.title}\r\n${lines.join('\r\n')}\r\n\r\n${body}`;
}
