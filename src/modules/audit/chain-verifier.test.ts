import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Anchor } from './anchor.ts';
import { type ChainEntry, hashOf, zeroHash } from './chain-entry.ts';
import { beginning, type Finding, type Head, verifyingFrom } from './chain-verifier.ts';

const runs = 1_500;

type Content = Omit<ChainEntry, 'sequence' | 'previousHash' | 'hash'>;

const maybe = (text: fc.Arbitrary<string>) => fc.option(text, { nil: null });
const word = fc.string({ maxLength: 8, unit: 'grapheme' });

const content: fc.Arbitrary<Content> = fc.record({
  at: fc
    .integer({ min: 0, max: 999_999_999 })
    .map(
      (n) => `2026-11-25T00:00:${String(n % 60).padStart(2, '0')}.${String(n).padStart(9, '0').slice(3)}Z`,
    ),
  actorKind: fc.constantFrom('merchant', 'operator', 'system'),
  actorId: maybe(fc.uuid()),
  actorTenant: maybe(word),
  actorRight: maybe(word),
  action: fc.constantFrom('case.look', 'draft.save'),
  subjects: fc.array(word, { maxLength: 3 }),
  details: fc.json({ maxDepth: 1 }),
  origin: maybe(word),
  requestId: maybe(word),
});

const chain = fc
  .array(content, { minLength: 2, maxLength: 12 })
  .map((contents) => chained(contents, beginning));

/** Entries as the database would write them after a head. */
function chained(contents: readonly Content[], after: Head): ChainEntry[] {
  let before = after;
  return contents.map((each) => {
    const entry = { ...each, sequence: String(before.sequence + 1), previousHash: before.hash };
    const hash = hashOf(entry);
    before = { sequence: before.sequence + 1, hash };
    return { ...entry, hash };
  });
}

const headOf = (entries: readonly ChainEntry[]): Head => {
  const last = entries.at(-1);
  return last ? { sequence: Number(last.sequence), hash: last.hash } : beginning;
};

const anchorAt = ({ sequence, hash, at }: ChainEntry): Anchor => ({
  sequence: Number(sequence),
  hash: hash.toString('hex'),
  at,
  entries: 1,
  signedAt: '2026-11-25T00:00:00.000Z',
  previous: null,
});

type Told = { anchors?: readonly Anchor[]; head?: Head };

function findingsOf(entries: readonly ChainEntry[], { anchors = [], head }: Told = {}): readonly Finding[] {
  const verifier = verifyingFrom(beginning, anchors);
  for (const entry of entries) verifier.add(entry);
  verifier.end(head ?? headOf(entries));
  return verifier.findings;
}

const firstPlace = (findings: readonly Finding[]): number | undefined => findings[0]?.sequence;

/** A chain and one of its places. */
const chainAndPlace = chain.chain((entries) =>
  fc.record({ entries: fc.constant(entries), at: fc.nat({ max: entries.length - 1 }) }),
);

const fields = [
  'at',
  'actorKind',
  'actorId',
  'actorTenant',
  'actorRight',
  'action',
  'subjects',
  'details',
  'origin',
  'requestId',
  'previousHash',
  'hash',
] as const satisfies (keyof ChainEntry)[];

/** Another value for a field: any bit of text flipped, nothing for something, ids moved between the elements of a list. */
function flipped(entry: ChainEntry, field: (typeof fields)[number], bit: number): ChainEntry {
  const value = entry[field];
  if (value === null) return { ...entry, [field]: '' };
  if (Array.isArray(value)) {
    const [first = '', ...rest] = value as string[];
    const other = bit % 2 === 0 ? [`${first}x`, ...rest] : [first.slice(0, -1), first.slice(-1), ...rest];
    return { ...entry, subjects: other };
  }
  const bytes = Buffer.from(value as string | Buffer);
  if (bytes.length === 0) return { ...entry, [field]: bit % 2 === 0 ? null : 'x' };
  const at = bit % (bytes.length * 8);
  bytes.writeUInt8(bytes.readUInt8(at >> 3) ^ (1 << (at & 7)), at >> 3);
  return { ...entry, [field]: Buffer.isBuffer(value) ? bytes : bytes.toString('latin1') };
}

describe('the verifier', () => {
  it('finds nothing in a chain that nobody touched, with any of its entries anchored', () => {
    fc.assert(
      fc.property(chainAndPlace, ({ entries, at }) => {
        const anchors = entries.slice(at).map(anchorAt);
        expect(findingsOf(entries, { anchors })).toEqual([]);
      }),
      { numRuns: runs },
    );
  });

  it('finds any flip of any bit of any field, at its entry', () => {
    fc.assert(
      fc.property(chainAndPlace, fc.constantFrom(...fields), fc.nat(), ({ entries, at }, field, bit) => {
        const touched = entries.map((entry, place) => (place === at ? flipped(entry, field, bit) : entry));
        const findings = findingsOf(touched, { head: headOf(entries) });
        expect(firstPlace(findings)).toBe(at + 1);
      }),
      { numRuns: runs * 4 },
    );
  });

  it('finds another number on an entry, at that entry or at the next', () => {
    fc.assert(
      fc.property(chainAndPlace, fc.integer({ min: -3, max: 30 }), ({ entries, at }, sequence) => {
        fc.pre(sequence !== at + 1);
        const touched = entries.map((entry, place) =>
          place === at ? { ...entry, sequence: String(sequence) } : entry,
        );
        expect(firstPlace(findingsOf(touched, { head: headOf(entries) }))).toBe(sequence);
      }),
      { numRuns: runs },
    );
  });

  it('finds an entry that is gone, at the one after it or at the end', () => {
    fc.assert(
      fc.property(chainAndPlace, ({ entries, at }) => {
        const left = entries.toSpliced(at, 1);
        const [first] = findingsOf(left, { head: headOf(entries) });
        const isEnd = at === entries.length - 1;
        expect(first).toMatchObject(
          isEnd ? { sequence: at, problems: ['head'] } : { sequence: at + 2, problems: ['missing'] },
        );
      }),
      { numRuns: runs },
    );
  });

  it('finds an entry that was put in, even with a right hash of its own', () => {
    fc.assert(
      fc.property(chainAndPlace, content, ({ entries, at }, added) => {
        const [entry] = chained([added], headOf(entries.slice(0, at)));
        const touched = entries.toSpliced(at, 0, entry as ChainEntry);
        expect(firstPlace(findingsOf(touched, { head: headOf(entries) }))).toBe(at + 1);
      }),
      { numRuns: runs },
    );
  });

  it('finds an entry that was written anew with a right hash of its own, at the one after it or at the end', () => {
    fc.assert(
      fc.property(chainAndPlace, content, ({ entries, at }, other) => {
        const [entry] = chained([other], headOf(entries.slice(0, at))) as [ChainEntry];
        fc.pre(!entry.hash.equals(entries[at]?.hash ?? zeroHash));
        const [first] = findingsOf(entries.with(at, entry), { head: headOf(entries) });
        const isEnd = at === entries.length - 1;
        expect(first).toMatchObject(
          isEnd
            ? { sequence: at + 1, problems: ['head'] }
            : { sequence: at + 2, problems: ['previous_hash'] },
        );
      }),
      { numRuns: runs },
    );
  });

  it('finds two entries that changed places, with or without their numbers', () => {
    fc.assert(
      fc.property(chainAndPlace, fc.nat(), fc.boolean(), ({ entries, at }, other, keepsNumbers) => {
        const to = other % entries.length;
        fc.pre(to !== at);
        const [a, b] = [entries[at], entries[to]] as [ChainEntry, ChainEntry];
        const numbered = (entry: ChainEntry, { sequence }: ChainEntry) =>
          keepsNumbers ? entry : { ...entry, sequence };
        const touched = entries.with(at, numbered(b, a)).with(to, numbered(a, b));
        const places = findingsOf(touched, { head: headOf(entries) }).map(({ sequence }) => sequence);
        expect(places).toContain(keepsNumbers ? Math.max(at, to) + 1 : Math.min(at, to) + 1);
      }),
      { numRuns: runs },
    );
  });

  it('finds an end that was cut off together with its kept head, if an entry of it was signed', () => {
    fc.assert(
      fc.property(chainAndPlace, fc.nat(), ({ entries, at }, signed) => {
        const anchored = at + (signed % (entries.length - at));
        const left = entries.slice(0, at);
        const findings = findingsOf(left, { anchors: [anchorAt(entries[anchored] as ChainEntry)] });
        expect(findings).toMatchObject([{ sequence: anchored + 1, problems: ['cut_behind_anchor'] }]);
      }),
      { numRuns: runs },
    );
  });

  it('finds a trail that was written anew, hashes and head and all, at the first signed entry from there', () => {
    fc.assert(
      fc.property(chainAndPlace, fc.nat(), content, ({ entries, at }, signed, other) => {
        fc.pre(
          hashOf({ ...(entries[at] as ChainEntry), ...other }).compare(entries[at]?.hash ?? zeroHash) !== 0,
        );
        const anchored = at + (signed % (entries.length - at));
        const kept = entries.slice(0, at);
        const rewritten = [...kept, ...chained([other, ...entries.slice(at + 1)], headOf(kept))];
        const findings = findingsOf(rewritten, { anchors: [anchorAt(entries[anchored] as ChainEntry)] });
        expect(findings).toMatchObject([{ sequence: anchored + 1, problems: ['anchor'] }]);
      }),
      { numRuns: runs },
    );
  });

  it('finds nothing when the end behind the last anchor is written anew: that is what the days between anchors leave open', () => {
    const entries = chained(
      [...Array(3)].map(() => fc.sample(content, 1)[0] as Content),
      beginning,
    );
    const kept = entries.slice(0, 2);
    const rewritten = [...kept, ...chained(fc.sample(content, 1), headOf(kept))];
    expect(findingsOf(rewritten, { anchors: [anchorAt(entries[1] as ChainEntry)] })).toEqual([]);
  });
});
