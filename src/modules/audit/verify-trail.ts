import type { Database } from '#src/platform/database.ts';
import type { Anchor } from './anchor.ts';
import { beginning, type Finding, type Head, verifyingFrom } from './chain-verifier.ts';
import { readChain, readHashAt, readHead } from './read-chain.ts';

type Options = {
  /** The first and the last entry to look at; without them all of the trail, and its kept head. */
  from?: number | undefined;
  upTo?: number | undefined;
  /** Heads that were signed, from the file outside or from mails. */
  anchors?: readonly Anchor[];
  /** An entry that is known to be right, such as one that was signed: the trail is followed from there. */
  start?: Head;
  onProgress?: (entries: number) => void;
};

export type Verification = { entries: number; through: number; findings: readonly Finding[]; count: number };

/**
 * Computes the chain anew, without the database's own function, and tells every entry that does not fit. What is added
 * meanwhile is looked at too.
 */
export async function verifyTrail(db: Database, options: Options = {}): Promise<Verification> {
  const { upTo, anchors = [], onProgress } = options;
  const start = await startOf(db, options);
  const verifier = verifyingFrom(start, within(anchors, start.sequence, upTo));
  let entries = 0;
  const follow = async (after: number | undefined): Promise<number> => {
    let added = 0;
    for await (const page of readChain(db, { after, upTo })) {
      for (const entry of page) verifier.add(entry);
      added += page.length;
      onProgress?.(entries + added);
    }
    entries += added;
    return added;
  };
  await follow(start.sequence === 0 ? undefined : start.sequence);
  verifier.end(upTo === undefined ? await settledHead(db, verifier, follow) : undefined);
  const { findings, count, last } = verifier;
  return { entries, through: last().sequence, findings, count: count() };
}

/** The kept head, once everything that was added while the trail was read has been looked at. */
async function settledHead(
  db: Database,
  { last }: { last: () => Head },
  follow: (after: number) => Promise<number>,
): Promise<Head> {
  for (;;) {
    const head = await readHead(db);
    if (head.sequence <= last().sequence || (await follow(last().sequence)) === 0) return head;
  }
}

/** A range is followed from what stands on the entry before it. */
async function startOf(db: Database, { from = 1, start }: Options): Promise<Head> {
  if (start) return start;
  if (from <= 1) return beginning;
  const hash = await readHashAt(db, from - 1);
  return { sequence: from - 1, hash: hash ?? beginning.hash };
}

const within = (anchors: readonly Anchor[], after: number, upTo = Number.POSITIVE_INFINITY): Anchor[] =>
  anchors.filter(({ sequence }) => sequence > after && sequence <= upTo);
