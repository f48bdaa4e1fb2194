import { BlockList, isIP } from 'node:net';

/** Everything in IPv4 that is not the public internet (IANA's registry of special addresses), and clouds' own services. */
const closedIpv4 = listOf('ipv4', [
  '0.0.0.0/8', // this network
  '10.0.0.0/8', // private
  '100.64.0.0/10', // shared by carriers (CGNAT)
  '127.0.0.0/8', // this machine
  '168.63.129.16/32', // a cloud's machine services, although it looks public
  '169.254.0.0/16', // link-local, with the clouds' metadata
  '172.16.0.0/12', // private
  '192.0.0.0/24', // protocols
  '192.0.2.0/24', // documentation
  '192.31.196.0/24', // AS112
  '192.52.193.0/24', // AMT
  '192.88.99.0/24', // relays of 6to4
  '192.168.0.0/16', // private
  '192.175.48.0/24', // AS112
  '198.18.0.0/15', // measurements
  '198.51.100.0/24', // documentation
  '203.0.113.0/24', // documentation
  '224.0.0.0/4', // multicast
  '240.0.0.0/4', // reserved, and broadcast
]);

/**
 * Of IPv6 only this is public. What carries an IPv4 address inside (mapped, NAT64), what is private, link-local or multicast
 * lies outside of it.
 */
const openIpv6 = listOf('ipv6', ['2000::/3']);

const closedIpv6 = listOf('ipv6', [
  '2001::/23', // protocols, with Teredo
  '2001:db8::/32', // documentation
  '2002::/16', // 6to4: an IPv4 address inside
  '2620:4f:8000::/48', // AS112
  '3fff::/20', // documentation
]);

/** Addresses at which clouds tell machines their secrets. No range of exceptions opens them. */
const metadata = listOf('ipv4', ['169.254.169.254/32', '169.254.170.2/32', '100.100.100.200/32']);
metadata.addAddress('fd00:ec2::254', 'ipv6');

/** Whether an address belongs to the public internet. What is no address at all does not. */
export function isPublicAddress(address: string): boolean {
  const family = address.includes('%') ? 0 : isIP(address);
  if (family === 4) return !closedIpv4.check(address, 'ipv4');
  if (family === 6) return openIpv6.check(address, 'ipv6') && !closedIpv6.check(address, 'ipv6');
  return false;
}

/** Whether a cloud tells secrets there. */
export const isMetadataAddress = (address: string): boolean => metadata.check(address, familyOf(address));

export const familyOf = (address: string): 'ipv4' | 'ipv6' => (isIP(address) === 6 ? 'ipv6' : 'ipv4');

function listOf(family: 'ipv4' | 'ipv6', ranges: readonly string[]): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [network = '', bits] = range.split('/');
    list.addSubnet(network, Number(bits), family);
  }
  return list;
}
