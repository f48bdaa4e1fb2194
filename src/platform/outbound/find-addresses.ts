import { lookup, Resolver } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { Destination } from './destination.ts';
import type { Exceptions } from './exceptions.ts';
import { OutboundError } from './outbound-error.ts';

/** All addresses of a host's name; none when it has none. */
export type Resolve = (hostname: string) => Promise<readonly string[]>;

/**
 * Asks name servers (the system's, unless told otherwise) without taking one of Node's few threads, which a slow name server
 * could hold.
 */
export function resolveByNameServers(servers?: readonly string[]): Resolve {
  const resolver = new Resolver({ timeout: 1500, tries: 2 });
  if (servers) resolver.setServers(servers);
  return async (hostname) => {
    const found = await Promise.allSettled([resolver.resolve4(hostname), resolver.resolve6(hostname)]);
    return found.flatMap((each) => (each.status === 'fulfilled' ? each.value : []));
  };
}

/** The addresses a call may connect to. One forbidden address among several is enough to refuse all of them. */
export async function findAddresses(
  { hostname, literal, isException }: Destination,
  exceptions: Exceptions,
  resolve: Resolve,
): Promise<readonly string[]> {
  if (literal) return checked([literal], isException, exceptions);
  // A host that is named in the configuration may stand in the machine's own list of hosts.
  const found = isException ? await lookUp(hostname) : await resolve(hostname);
  if (found.length === 0) throw new OutboundError('unknown_host');
  return checked(found, isException, exceptions);
}

function checked(addresses: readonly string[], isException: boolean, exceptions: Exceptions) {
  if (isException || addresses.every((each) => isIP(each) !== 0 && exceptions.allowsAddress(each)))
    return addresses;
  throw new OutboundError('forbidden_address');
}

async function lookUp(hostname: string): Promise<readonly string[]> {
  try {
    return (await lookup(hostname, { all: true })).map(({ address }) => address);
  } catch {
    return [];
  }
}
