import { createHash, verify } from 'node:crypto';

/**
 * Checks the DKIM signature of a mail as a receiver does (RFC 6376, relaxed/relaxed), with nothing of the code that signed it.
 * Returns what the signature says, or undefined when it does not hold.
 */
export function dkimOf(raw: string, publicKey: string): Readonly<Record<string, string>> | undefined {
  const end = raw.indexOf('\r\n\r\n');
  const headers = raw.slice(0, end).split(/\r\n(?![ \t])/);
  const signature = headers.find((header) => /^dkim-signature:/i.test(header));
  if (!signature) return undefined;
  const tags = tagsOf(signature);
  const signed = (tags.h ?? '').split(':').map((name) => headerOf(headers, name.trim()));
  const unsigned = relaxed(signature).replace(/([;:]\s?b=)[^;]*/, '$1');
  const text = [...signed, unsigned].join('\r\n');
  const holds = verify('sha256', Buffer.from(text), publicKey, Buffer.from(tags.b ?? '', 'base64'));
  return holds && tags.bh === bodyHash(raw.slice(end + 4)) ? tags : undefined;
}

const tagsOf = (signature: string): Record<string, string> =>
  Object.fromEntries(
    signature
      .slice(signature.indexOf(':') + 1)
      .split(';')
      .map((tag) => tag.replace(/\s/g, ''))
      .map((tag) => [tag.slice(0, tag.indexOf('=')), tag.slice(tag.indexOf('=') + 1)]),
  );

function headerOf(headers: readonly string[], name: string): string {
  const found = headers.find((header) => header.toLowerCase().startsWith(`${name.toLowerCase()}:`));
  return found ? relaxed(found) : '';
}

function relaxed(header: string): string {
  const colon = header.indexOf(':');
  const value = header
    .slice(colon + 1)
    .replace(/\r\n/g, '')
    .replace(/[ \t]+/g, ' ');
  return `${header.slice(0, colon).toLowerCase().trim()}:${value.trim()}`;
}

function bodyHash(body: string): string {
  const lines = body.split('\r\n').map((line) => line.replace(/[ \t]+/g, ' ').replace(/ $/, ''));
  const text = lines.join('\r\n').replace(/(\r\n)*$/, '');
  return createHash('sha256')
    .update(text === '' ? '' : `${text}\r\n`)
    .digest('base64');
}
