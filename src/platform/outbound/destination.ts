import { isIP } from 'node:net';
import type { Exceptions } from './exceptions.ts';
import { OutboundError } from './outbound-error.ts';

/** Where a call goes, as far as its address tells: the host is not looked up yet. */
export type Destination = {
  origin: string;
  path: string;
  hostname: string;
  /** The address itself, when the host is one. */
  literal: string | undefined;
  /** Named in the exceptions, so that its addresses need no check. */
  isException: boolean;
};

type Rules = { exceptions: Exceptions; ports: readonly number[] };

const longestUrl = 2048;
const odd = /[\s\p{Cc}\\]/u;

/** Reads where a call shall go and refuses what can be refused by its look. */
export function readDestination(address: string, { exceptions, ports }: Rules): Destination {
  if (address.length > longestUrl || odd.test(address) || !URL.canParse(address)) throw refused('url');
  const url = new URL(address);
  if (url.username !== '' || url.password !== '' || authorityOf(address).includes('@')) throw refused('url');
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw refused('scheme');
  const hostname = url.hostname;
  const literal = isIP(hostname) === 4 ? hostname : /^\[(.*)\]$/.exec(hostname)?.[1];
  // 2130706433, 0x7f.1 and 127.1 are the same address to a URL, but nobody writes them in good faith.
  if (literal && !literal.includes(':') && authorityOf(address).split(':')[0] !== literal)
    throw refused('address');
  const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80));
  const isException = exceptions.allowsHost(hostname, port);
  if (!isException && url.protocol !== 'https:') throw refused('scheme');
  if (!isException && !ports.includes(port)) throw refused('port');
  return { origin: url.origin, path: url.pathname + url.search, hostname, literal, isException };
}

const authorityOf = (address: string): string => /^[a-z]+:\/\/([^/?#]*)/i.exec(address)?.[1] ?? '';

const refused = (what: 'url' | 'scheme' | 'port' | 'address'): OutboundError =>
  new OutboundError(`forbidden_${what}`);
