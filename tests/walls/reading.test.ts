/** INV-23, 25: whatever is asked for, in whatever way, the answer is made of one's own cases and tells nothing of others. */
import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { as, startWorld } from '#tests/support/world.ts';
import { type Caller, maySee } from './callers.ts';
import { type Crowd, type KnownCase, makeCrowd } from './crowd.ts';

const world = startWorld();
let crowd: Crowd;

beforeAll(async () => {
  crowd = await makeCrowd(world, 90);
});

const atOnce = 8;
const runs = 130;

type Question = { who: number; about: number; other: number; kind: (typeof kinds)[number] };
const kinds = ['list', 'service', 'search', 'search whole', 'counts', 'file', 'cursor', 'etag'] as const;
const questions = fc.array(
  fc.record({ who: fc.nat(), about: fc.nat(), other: fc.nat(), kind: fc.constantFrom(...kinds) }),
  { minLength: atOnce, maxLength: atOnce },
);

/** Whether personal data is masked for a caller. */
const isMasked = ({ roles }: Caller): boolean => roles.every((role) => role === 'merchant.viewer');

const pick = <Item>(items: readonly Item[], index: number): Item => items[index % items.length] as Item;

it('is what the rule of tenancy says, for every caller, filter, search, count, file, cursor and version', async () => {
  await fc.assert(
    fc.asyncProperty(questions, async (asked) => {
      await Promise.all(asked.map(answerTo));
    }),
    { numRuns: runs },
  );
}, 120_000);

async function answerTo({ who, about, other, kind }: Question): Promise<void> {
  const caller = pick(crowd.callers, who);
  const known = pick(crowd.cases, about);
  const { mid, sid } = known.owner;
  const ofMerchant = (each: KnownCase): boolean => each.owner.mid === mid;
  switch (kind) {
    case 'list':
      return expectCases(caller, `mid=${mid}`, ofMerchant);
    case 'service':
      return expectCases(
        caller,
        `mid=${mid}&sid=${sid}`,
        (each) => ofMerchant(each) && each.owner.sid === sid,
      );
    case 'search':
      return expectCases(caller, `q=${known.orderId}`, ({ orderId }) => orderId === known.orderId);
    case 'search whole':
      return expectCases(
        caller,
        `q=${known.customerId}`,
        // Who sees customer ids masked cannot try whether there is one.
        ({ customerId }) => customerId === known.customerId && !isMasked(caller),
      );
    case 'counts':
      return expectCount(caller, known);
    case 'file':
      return expectFile(caller, known);
    case 'cursor':
      return expectOwnAfterCursor(caller, pick(crowd.callers, other), known);
    case 'etag':
      return expectNoVersion(caller, known);
  }
}

/** The cases of the crowd that a caller may see among those wanted. */
const visible = (caller: Caller, isWanted: (each: KnownCase) => boolean): string[] =>
  crowd.cases
    .filter((each) => isWanted(each) && maySee(caller, each.owner))
    .map(({ id }) => id)
    .sort();

const get = (caller: Caller, path: string, headers?: Record<string, string>) =>
  as(world, caller.credential).get(path, headers);

const idsOf = (body: { data: { id: string }[] }): string[] => body.data.map(({ id }) => id).sort();

async function expectCases(caller: Caller, query: string, isWanted: (each: KnownCase) => boolean) {
  const { body } = await get(caller, `/cases?limit=200&${query}`);
  expect([caller.name, query, idsOf(body)]).toEqual([caller.name, query, visible(caller, isWanted)]);
}

async function expectCount(caller: Caller, { owner: { mid, sid } }: KnownCase): Promise<void> {
  const { body } = await get(caller, `/cases/counts?mid=${mid}&sid=${sid}`);
  const counted = body.categories.flatMap(({ counts }: { counts: Record<string, number> }) =>
    Object.values(counts),
  );
  const total = counted.reduce((sum: number, count: number) => sum + count, 0);
  const own = visible(caller, ({ owner }) => owner.mid === mid && owner.sid === sid).length;
  expect([caller.name, total]).toEqual([caller.name, own]);
  const { overdue, dueToday, dueThisWeek } = body.waiting;
  expect(overdue + dueToday + dueThisWeek).toBeLessThanOrEqual(own);
}

async function expectFile(caller: Caller, { owner: { mid } }: KnownCase): Promise<void> {
  const { body } = await get(caller, `/cases.csv?mid=${mid}`);
  const numbers = String(body).match(/\d{6}-[0-9A-Z]{3}-[0-9A-Z]{3}-[0-9A-Z]{3}/g) ?? [];
  expect([caller.name, numbers.sort()]).toEqual([
    caller.name,
    visible(caller, ({ owner }) => owner.mid === mid),
  ]);
}

/** A page's cursor in another's hands is a place in the order of things, and no key to them. */
async function expectOwnAfterCursor(
  caller: Caller,
  other: Caller,
  { owner: { mid } }: KnownCase,
): Promise<void> {
  const first = await get(other, `/cases?limit=1&mid=${mid}`);
  const cursor = first.body.nextCursor;
  if (!cursor) return;
  const { body } = await get(caller, `/cases?limit=200&mid=${mid}&cursor=${cursor}`);
  const own = visible(caller, ({ owner }) => owner.mid === mid);
  expect(idsOf(body).filter((id) => !own.includes(id))).toEqual([]);
}

/** Knowing a version does not tell that there is a case of it. */
async function expectNoVersion(caller: Caller, { id, owner }: KnownCase): Promise<void> {
  const tag = isMasked(caller) ? '"1.0.masked"' : '"1.0"';
  const { status } = await get(caller, `/cases/${id}`, { 'if-none-match': tag });
  expect([caller.name, status]).toEqual([caller.name, maySee(caller, owner) ? 304 : 404]);
}
