import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { PublicKey, Signing } from '#src/platform/signing.ts';

/** The end of the audit trail at a moment, as it is signed and kept outside (アンカー). */
export const Anchor = z.strictObject({
  sequence: z.number().int().positive(),
  /** The hash of the entry, in hex. */
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  /** When the entry was written, in UTC with microseconds. */
  at: z.string(),
  /** How many entries were added since the anchor before. */
  entries: z.number().int(),
  signedAt: z.iso.datetime(),
  /** SHA-256 of the line of the anchor before, in hex, so that a line that is missing shows; null for the first. */
  previous: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable(),
});

export type Anchor = z.output<typeof Anchor>;

const AnchorLine = z.strictObject({ anchor: Anchor, key: z.string(), signature: z.string() });

/**
 * An anchor as one line of JSON: the anchor, the name of the key, and the signature over the anchor exactly as it stands in
 * the line.
 */
export function signAnchor(unordered: Anchor, { sign, publicKey }: Signing): string {
  const anchor = Anchor.parse(unordered);
  return JSON.stringify({ anchor, key: publicKey.id, signature: sign(JSON.stringify(anchor)) });
}

export const lineHash = (line: string): string => createHash('sha256').update(line).digest('hex');

/** What is wrong with a line of a file of anchors. */
export type LineProblem = 'not_an_anchor' | 'unknown_key' | 'signature' | 'line_missing';

export type AnchorsRead = { anchors: Anchor[]; problems: { line: number; problem: LineProblem }[] };

/**
 * The anchors of a file that were signed with one of the keys, and what is wrong with its other lines. The text of a mail is
 * such a file too: lines that do not begin like an anchor say nothing. `isWhole`: no line may be missing between two.
 */
export function readAnchors(
  text: string,
  keys: readonly PublicKey[],
  { isWhole = true }: { isWhole?: boolean } = {},
): AnchorsRead {
  const result: AnchorsRead = { anchors: [], problems: [] };
  let before: string | null = null;
  for (const { line, number } of linesOf(text, isWhole)) {
    const read = readLine(line, keys);
    if ('problem' in read) {
      result.problems.push({ line: number, problem: read.problem });
      continue;
    }
    if (isWhole && read.anchor.previous !== before)
      result.problems.push({ line: number, problem: 'line_missing' });
    result.anchors.push(read.anchor);
    before = lineHash(line);
  }
  return result;
}

const linesOf = (text: string, isWhole: boolean): { line: string; number: number }[] =>
  text
    .split('\n')
    .map((line, index) => ({ line: line.trim(), number: index + 1 }))
    .filter(({ line }) => (isWhole ? line !== '' : line.startsWith('{"anchor"')));

function readLine(line: string, keys: readonly PublicKey[]): { anchor: Anchor } | { problem: LineProblem } {
  const read = AnchorLine.safeParse(parsed(line));
  if (!read.success) return { problem: 'not_an_anchor' };
  const key = keys.find(({ id }) => id === read.data.key);
  if (!key) return { problem: 'unknown_key' };
  const { anchor, signature } = read.data;
  return key.isSignatureOf(signature, JSON.stringify(anchor)) ? { anchor } : { problem: 'signature' };
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    return undefined;
  }
}
