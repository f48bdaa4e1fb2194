import { isIP, type LookupFunction } from 'node:net';
import { performance } from 'node:perf_hooks';
import { buildConnector, Client, type Dispatcher } from 'undici';
import { type Destination, readDestination } from './destination.ts';
import type { Exceptions } from './exceptions.ts';
import { findAddresses, type Resolve, resolveByNameServers } from './find-addresses.ts';
import { OutboundError } from './outbound-error.ts';
import { readUpTo, reasonOf } from './read-reply.ts';

export type OutboundCall = {
  url: string;
  method?: 'GET' | 'HEAD' | 'POST' | 'PUT';
  headers?: Readonly<Record<string, string>>;
  body?: string | Uint8Array;
  /** For who needs only the beginning of the reply's body: so much is read, and the rest is cut off and not an error. */
  firstBytes?: number;
  signal?: AbortSignal;
};

/** What came back. A redirect is a reply like any other: it is not followed. */
export type OutboundReply = {
  status: number;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  body: Buffer;
  /** The body was longer than `firstBytes`. */
  isCut: boolean;
  milliseconds: number;
};

/**
 * The one way to call anything outside over HTTP. It goes to public addresses over https only (and to the exceptions of the
 * configuration), looks a host up once and connects to just what it checked, follows no redirect and no proxy, and ends
 * within a few seconds however slow or large the reply is. Fails with an `OutboundError`.
 */
export type Outbound = (call: OutboundCall) => Promise<OutboundReply>;

export type OutboundLimits = { connectMs: number; headersMs: number; totalMs: number; bytes: number };

type Options = {
  exceptions: Exceptions;
  ports?: readonly number[];
  limits?: OutboundLimits;
  resolve?: Resolve;
};

export const usualPorts = [443, 8443];
const usualLimits: OutboundLimits = { connectMs: 4000, headersMs: 8000, totalMs: 10_000, bytes: 1_048_576 };
const longestHeaders = 16_384;

/** Makes the way to the outside by the installation's rules. */
export function openOutbound({
  exceptions,
  ports = usualPorts,
  limits = usualLimits,
  resolve = resolveByNameServers(),
}: Options): Outbound {
  return async (call) => {
    const started = performance.now();
    const destination = readDestination(call.url, { exceptions, ports });
    const timeOut = AbortSignal.timeout(limits.totalMs);
    const signal = call.signal ? AbortSignal.any([timeOut, call.signal]) : timeOut;
    const addresses = await before(signal, findAddresses(destination, exceptions, resolve));
    const client = connectedTo(destination, addresses, limits);
    try {
      const reply = await client.request(requestOf(call, destination, signal));
      const limit = call.firstBytes ?? limits.bytes;
      const { body, isCut } = await readUpTo(limit, reply.body);
      if (isCut && call.firstBytes === undefined) throw new OutboundError('too_large');
      const milliseconds = Math.round(performance.now() - started);
      return { status: reply.statusCode, headers: reply.headers, body, isCut, milliseconds };
    } catch (error) {
      throw error instanceof OutboundError ? error : new OutboundError(reasonOf(error), { cause: error });
    } finally {
      // One connection for one call: nothing that was checked for this call serves another.
      client.destroy().catch(() => undefined);
    }
  };
}

function requestOf(
  { method = 'GET', headers, body }: OutboundCall,
  { path }: Destination,
  signal: AbortSignal,
): Dispatcher.RequestOptions {
  const own = { 'user-agent': 'Shokai', 'accept-encoding': 'identity' };
  return { method, path, signal, headers: { ...own, ...headers }, body: body ?? null, reset: true };
}

function connectedTo({ origin }: Destination, addresses: readonly string[], limits: OutboundLimits): Client {
  const connect = buildConnector({
    lookup: only(addresses),
    autoSelectFamily: true,
    timeout: limits.connectMs,
    // Said here so that NODE_TLS_REJECT_UNAUTHORIZED cannot switch it off.
    rejectUnauthorized: true,
    minVersion: 'TLSv1.2',
    maxCachedSessions: 0,
  });
  const { headersMs, totalMs } = limits;
  return new Client(origin, {
    connect,
    headersTimeout: headersMs,
    bodyTimeout: totalMs,
    maxHeaderSize: longestHeaders,
  });
}

/** Stands in for the lookup when the connection is made: it knows the checked addresses and asks nobody. */
function only(addresses: readonly string[]): LookupFunction {
  const known = addresses.map((address) => ({ address, family: isIP(address) }));
  const [first = { address: '', family: 0 }] = known;
  return (_, options, done) => (options.all ? done(null, known) : done(null, first.address, first.family));
}

/** The result of work that cannot be stopped, or the end of the time it had. */
function before<Result>(signal: AbortSignal, work: Promise<Result>): Promise<Result> {
  const ended = Promise.withResolvers<never>();
  const end = (): void => ended.reject(new OutboundError('timed_out'));
  if (signal.aborted) end();
  signal.addEventListener('abort', end, { once: true });
  return Promise.race([work, ended.promise]).finally(() => signal.removeEventListener('abort', end));
}
