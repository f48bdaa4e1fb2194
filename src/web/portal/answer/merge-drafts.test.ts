import fc from 'fast-check';
import { expect, it } from 'vitest';
import { mergeDrafts, withLeaf } from './merge-drafts.ts';

const base = { purchaser: { name: '山田', phone: '03-1234-5678' }, guests: [{ guest: 'booker' }] };

it('takes what only one of two changed', () => {
  const mine = { ...base, purchaser: { name: '山田 花子', phone: '03-1234-5678' } };
  const theirs = { ...base, purchaser: { name: '山田', phone: '' }, stay: { guestCount: '2' } };

  expect(mergeDrafts(base, mine, theirs)).toEqual({
    content: { ...base, purchaser: { name: '山田 花子', phone: '' }, stay: { guestCount: '2' } },
    conflicts: [],
  });
});

it('keeps mine and tells theirs where both changed the same field', () => {
  const mine = { ...base, purchaser: { name: '山田 花子', phone: '03-1234-5678' } };
  const theirs = { ...base, purchaser: { name: '山田 華子', phone: '03-1234-5678' } };

  expect(mergeDrafts(base, mine, theirs)).toEqual({
    content: mine,
    conflicts: [{ pointer: '/purchaser/name', mine: '山田 花子', theirs: '山田 華子' }],
  });
});

it('takes a list for one field', () => {
  const mine = { ...base, guests: [{ guest: 'booker' }, { guest: 'other' }] };
  const theirs = { ...base, guests: [] };

  expect(mergeDrafts(base, mine, theirs).conflicts).toEqual([
    { pointer: '/guests', mine: mine.guests, theirs: [] },
  ]);
});

it('sees no conflict where both did the same, and none between empty and absent', () => {
  const both = { ...base, purchaser: { name: '鈴木' } };
  expect(mergeDrafts(base, both, both)).toEqual({ content: both, conflicts: [] });
  expect(mergeDrafts({}, { a: { b: '' } }, {}).conflicts).toEqual([]);
});

it('sets one field', () => {
  expect(withLeaf(base, '/purchaser/name', '鈴木')).toEqual({
    ...base,
    purchaser: { name: '鈴木', phone: '03-1234-5678' },
  });
});

const draft = fc.dictionary(
  fc.constantFrom('purchaser', 'stay'),
  fc.dictionary(fc.constantFrom('name', 'phone', 'email'), fc.constantFrom('a', 'b', 'c'), { minKeys: 1 }),
);

it('loses nothing that one of them typed: it is in the merged draft or told as a conflict', () => {
  fc.assert(
    fc.property(draft, draft, draft, (before, mine, theirs) => {
      const { content, conflicts } = mergeDrafts(before, mine, theirs);
      const told = new Map(conflicts.map((conflict) => [conflict.pointer, conflict]));
      for (const [section, fields] of Object.entries(theirs)) {
        for (const [field, value] of Object.entries(fields)) {
          if (before[section]?.[field] === value) continue;
          const kept = (content[section] as Record<string, string> | undefined)?.[field];
          expect(kept === value || told.get(`/${section}/${field}`)?.theirs === value).toBe(true);
        }
      }
    }),
  );
});
