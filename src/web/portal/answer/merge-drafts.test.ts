import fc from 'fast-check';
import { expect, it } from 'vitest';
import { leafAt, mergeDrafts, withLeaf } from './merge-drafts.ts';

const base = { purchaser: { name: '山田', phone: '03-1234-5678' }, guests: [{ guest: 'booker' }] };

it('takes what only one of two changed', () => {
  const mine = { ...base, purchaser: { name: '山田 花子', phone: '03-1234-5678' } };
  const theirs = { ...base, purchaser: { name: '山田', phone: '' }, stay: { guestCount: '2' } };

  expect(mergeDrafts(base, mine, theirs)).toEqual({
    content: { ...base, purchaser: { name: '山田 花子', phone: '' }, stay: { guestCount: '2' } },
    conflicts: [],
    taken: ['/purchaser/phone', '/stay/guestCount'],
  });
});

it('keeps mine and tells theirs where both changed the same field', () => {
  const mine = { ...base, purchaser: { name: '山田 花子', phone: '03-1234-5678' } };
  const theirs = { ...base, purchaser: { name: '山田 華子', phone: '03-1234-5678' } };

  expect(mergeDrafts(base, mine, theirs)).toEqual({
    content: mine,
    conflicts: [{ pointer: '/purchaser/name', mine: '山田 花子', theirs: '山田 華子' }],
    taken: [],
  });
});

const guests = (...entries: readonly object[]) => ({ ...base, guests: entries });
const [booker, other] = [{ guest: 'booker' }, { guest: 'other' }];

it('merges guests field by field, also those that were added', () => {
  const mine = guests({ ...booker, phone: '1' }, { ...other, name: '佐藤' });
  const theirs = guests({ ...booker, email: 'a' });

  expect(mergeDrafts(base, mine, theirs)).toEqual({
    content: guests({ ...booker, phone: '1', email: 'a' }, { ...other, name: '佐藤' }),
    conflicts: [],
    taken: ['/guests/0/email'],
  });
});

it('asks about the field of a guest that both changed', () => {
  expect(mergeDrafts(base, guests(other), guests({ guest: 'friend' })).conflicts).toEqual([
    { pointer: '/guests/0/guest', mine: 'other', theirs: 'friend' },
  ]);
});

it('keeps an added guest of whom nothing is known yet', () => {
  expect(mergeDrafts(base, base, guests(booker, {}))).toEqual({
    content: guests(booker, {}),
    conflicts: [],
    taken: [],
  });
});

it('takes the whole list for one field once a guest was removed', () => {
  const two = guests(booker, other);
  expect(mergeDrafts(two, guests(booker, { ...other, name: '佐藤' }), guests(other)).conflicts).toEqual([
    { pointer: '/guests', mine: [booker, { ...other, name: '佐藤' }], theirs: [other] },
  ]);
  expect(mergeDrafts(two, two, guests(other))).toEqual({
    content: guests(other),
    conflicts: [],
    taken: ['/guests'],
  });
});

it('sees no conflict where both did the same, and none between empty and absent', () => {
  const both = { ...base, purchaser: { name: '鈴木' } };
  expect(mergeDrafts(base, both, both)).toEqual({ content: both, conflicts: [], taken: [] });
  expect(mergeDrafts({}, { a: { b: '' } }, {}).conflicts).toEqual([]);
});

it('sets and reads one field, of a guest too', () => {
  const named = withLeaf(base, '/purchaser/name', '鈴木');
  expect(named).toEqual({ ...base, purchaser: { name: '鈴木', phone: '03-1234-5678' } });
  expect(leafAt(named, '/purchaser/name')).toBe('鈴木');

  const friend = withLeaf(guests(booker, other), '/guests/1/name', '佐藤');
  expect(friend).toEqual(guests(booker, { ...other, name: '佐藤' }));
  expect(leafAt(friend, '/guests/1/name')).toBe('佐藤');
  expect(leafAt(friend, '/guests/7/name')).toBeUndefined();
  expect(leafAt(friend, '/stay/guestCount')).toBeUndefined();
});

const entry = fc.dictionary(fc.constantFrom('name', 'phone', 'email'), fc.constantFrom('a', 'b', 'c'));
const draft = fc.record(
  { purchaser: entry, stay: entry, guests: fc.array(entry, { minLength: 1, maxLength: 3 }) },
  { requiredKeys: [] },
);

/** Every field of a draft with its pointer, lists opened. */
function fieldsOf(content: object, at = ''): [pointer: string, value: unknown][] {
  return Object.entries(content).flatMap(([name, value]) =>
    typeof value === 'object' && value !== null
      ? fieldsOf(value, `${at}/${name}`)
      : [[`${at}/${name}`, value] satisfies [string, unknown]],
  );
}

it('loses nothing that one of them typed: it is in the merged draft or told as a conflict', () => {
  fc.assert(
    fc.property(draft, draft, draft, (before, mine, theirs) => {
      const { content, conflicts } = mergeDrafts(before, mine, theirs);
      const isTold = (pointer: string): boolean =>
        conflicts.some((conflict) => `${pointer}/`.startsWith(`${conflict.pointer}/`));
      for (const [pointer, value] of fieldsOf(theirs)) {
        if (leafAt(before, pointer) === value) continue;
        expect(leafAt(content, pointer) === value || isTold(pointer)).toBe(true);
      }
      for (const [pointer, value] of fieldsOf(mine)) {
        if (leafAt(before, pointer) === value) continue;
        expect(leafAt(content, pointer) === value).toBe(true);
      }
    }),
    { numRuns: 2_000 },
  );
});
