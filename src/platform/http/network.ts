import { isIPv6 } from 'node:net';

/**
 * The network an address belongs to: its first 24 bits (IPv4) or 48 bits (IPv6), as `203.0.113.0/24` or `2001:db8:1::/48`.
 * Enough to tell an office from a café, and too little to be personal data.
 */
export function networkOf(address: string): string {
  const v4 = /^(?:::ffff:)?(\d+)\.(\d+)\.(\d+)\.\d+$/i.exec(address);
  if (v4) return `${v4[1]}.${v4[2]}.${v4[3]}.0/24`;
  const groups = groupsOf(address);
  return groups ? `${groups.slice(0, 3).join(':')}::/48` : 'unknown';
}

/**
 * What one caller can choose addresses from, to be counted as one: the address itself (IPv4), or its first 64 bits (IPv6). It is
 * personal data: it stays in memory, or is stored as a hash, and is never logged.
 */
export function addressBlockOf(address: string): string {
  const v4 = /^(?:::ffff:)?(\d+\.\d+\.\d+\.\d+)$/i.exec(address);
  if (v4) return v4[1] ?? address;
  return groupsOf(address)?.slice(0, 4).join(':') ?? 'unknown';
}

/** The eight groups of an IPv6 address in their shortest form; undefined when it is none. */
function groupsOf(address: string): string[] | undefined {
  if (!isIPv6(address)) return undefined;
  const [before = '', after] = (address.split('%')[0] ?? '').split('::');
  const head = before === '' ? [] : before.split(':');
  const tail = after ? after.split(':') : [];
  const groups =
    after === undefined ? head : [...head, ...Array(8 - head.length - tail.length).fill('0'), ...tail];
  return groups.map((group) => Number.parseInt(group, 16).toString(16));
}
