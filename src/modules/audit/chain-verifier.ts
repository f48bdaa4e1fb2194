import type { Anchor } from './anchor.ts';
import { type ChainEntry, hashOf, zeroHash } from './chain-entry.ts';

/**
 * What does not fit, and where:
 * - `missing`: entries between the one before and this one are gone;
 * - `out_of_order`: the number is not above the one before;
 * - `previous_hash`: the entry does not follow the one before, which was changed, put in or moved, or this one was;
 * - `hash`: a field of the entry was changed;
 * - `anchor`: the entry is not the one that was signed: it, or the trail up to it, was written anew;
 * - `cut_behind_anchor`: the trail ends before an entry that was signed;
 * - `head`: the kept end of the trail is not its last entry: entries were cut off or put behind it.
 */
export type Problem =
  | 'missing'
  | 'out_of_order'
  | 'previous_hash'
  | 'hash'
  | 'anchor'
  | 'cut_behind_anchor'
  | 'head';

export type Finding = { sequence: number; at: string | null; problems: readonly Problem[] };

export type Head = { sequence: number; hash: Buffer };

export type ChainVerifier = {
  add: (entry: ChainEntry) => void;
  /** Told of the kept head, and without one only of the anchors behind the end. */
  end: (head?: Head) => void;
  /** The first findings; `count` tells how many there were. */
  findings: readonly Finding[];
  count: () => number;
  /** The last entry that was seen. */
  last: () => Head;
};

const kept = 1_000;

/** The end of a chain of nothing. */
export const beginning: Head = { sequence: 0, hash: zeroHash };

/**
 * Follows a chain entry by entry and tells what does not fit: against itself, against the anchors that were signed, and
 * against its kept head. After an entry that does not fit it goes on from that entry, so that every break is told once.
 */
export function verifyingFrom(start: Head, anchors: readonly Anchor[]): ChainVerifier {
  const findings: Finding[] = [];
  const wanted = new Map(anchors.map((anchor) => [anchor.sequence, anchor]));
  let count = 0;
  let before = start;
  const report = (sequence: number, at: string | null, problems: readonly Problem[]): void => {
    if (problems.length === 0) return;
    count += 1;
    if (findings.length < kept) findings.push({ sequence, at, problems });
  };
  return {
    findings,
    count: () => count,
    last: () => before,
    add: (entry) => {
      const sequence = Number(entry.sequence);
      report(sequence, entry.at, [...linkProblems(entry, before), ...anchorProblems(entry, wanted)]);
      wanted.delete(sequence);
      before = { sequence, hash: entry.hash };
    },
    end: (head) => {
      if (head && (head.sequence !== before.sequence || !head.hash.equals(before.hash))) {
        report(before.sequence, null, ['head']);
      }
      for (const { sequence, at } of [...wanted.values()].sort((a, b) => a.sequence - b.sequence)) {
        report(sequence, at, [sequence > before.sequence ? 'cut_behind_anchor' : 'anchor']);
      }
    },
  };
}

function linkProblems(entry: ChainEntry, before: Head): Problem[] {
  const problems: Problem[] = [];
  const sequence = Number(entry.sequence);
  if (sequence > before.sequence + 1) problems.push('missing');
  else if (sequence !== before.sequence + 1) problems.push('out_of_order');
  else if (!entry.previousHash.equals(before.hash)) problems.push('previous_hash');
  if (!hashOf(entry).equals(entry.hash)) problems.push('hash');
  return problems;
}

function anchorProblems({ sequence, at, hash }: ChainEntry, wanted: ReadonlyMap<number, Anchor>): Problem[] {
  const anchor = wanted.get(Number(sequence));
  if (!anchor || (anchor.hash === hash.toString('hex') && anchor.at === at)) return [];
  return ['anchor'];
}
