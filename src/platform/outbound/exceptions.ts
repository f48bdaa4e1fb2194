import { BlockList, isIP } from 'node:net';
import { familyOf, isMetadataAddress, isPublicAddress } from './public-address.ts';

/** Which places outside the public internet may be called all the same. */
export type Exceptions = {
  /** A host and port named as they are: any address, and http too. */
  allowsHost: (hostname: string, port: number) => boolean;
  /** Public, or within a named range. */
  allowsAddress: (address: string) => boolean;
};

const entriesOf = (text: string): string[] =>
  text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');

/** Whether everything in the text is a host with a port or a range. */
export const areExceptions = (text: string): boolean =>
  entriesOf(text).every((entry) => hostWithPort(entry) !== undefined || rangeOf(entry) !== undefined);

/**
 * Reads `OUTBOUND_ALLOW`: hosts with a port (`idp.example.internal:8443`, `[::1]:9000`) and ranges (`10.20.0.0/16`), separated
 * by commas. A range opens addresses for https on the usual ports only. What is neither opens nothing.
 */
export function readExceptions(text: string): Exceptions {
  const hosts = new Set(entriesOf(text).map(hostWithPort));
  const ranges = new BlockList();
  for (const entry of entriesOf(text)) {
    const range = rangeOf(entry);
    if (range) ranges.addSubnet(range.network, range.bits, familyOf(range.network));
  }
  return {
    allowsHost: (hostname, port) => hosts.has(`${hostname}:${port}`),
    allowsAddress: (address) =>
      isPublicAddress(address) ||
      (isIP(address) !== 0 && ranges.check(address, familyOf(address)) && !isMetadataAddress(address)),
  };
}

/** The entry as a URL would name it, in small letters and with IPv6 written in one way. */
function hostWithPort(entry: string): string | undefined {
  const [, host = '', port = ''] = /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+):(\d{1,5})$/i.exec(entry) ?? [];
  if (port === '' || Number(port) < 1 || Number(port) > 65_535) return undefined;
  const url = `http://${host}/`;
  return URL.canParse(url) ? `${new URL(url).hostname}:${Number(port)}` : undefined;
}

function rangeOf(entry: string): { network: string; bits: number } | undefined {
  const [, network = '', bits = ''] = /^([0-9a-f:.]+)\/(\d{1,3})$/i.exec(entry) ?? [];
  const family = isIP(network);
  if (family === 0 || Number(bits) > (family === 4 ? 32 : 128)) return undefined;
  return { network, bits: Number(bits) };
}
