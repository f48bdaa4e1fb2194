import fc from 'fast-check';
import { expect, it } from 'vitest';
import { openTextStore } from './text-store.ts';

it('gives every text back, whatever stands in it', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 40 }), { maxLength: 40 }), (texts) => {
      const store = openTextStore();
      for (const text of [...texts, '\ud800', '']) store.add(text);
      expect([...texts, '\ud800', ''].map((_, index) => store.at(index))).toEqual([...texts, '\ud800', '']);
    }),
    { numRuns: 1_000 },
  );
});

it('of many and of long ones too, and has none where there is none', () => {
  const store = openTextStore();
  const long = '照会'.repeat(400_000);
  for (let count = 0; count < 50_000; count += 1) store.add(`番号${count} ${'x'.repeat(count % 90)}`);
  store.add(long);
  store.add('後');
  expect(store.at(0)).toBe('番号0 ');
  expect(store.at(49_999)).toBe(`番号49999 ${'x'.repeat(49_999 % 90)}`);
  expect(store.at(50_000)).toBe(long);
  expect(store.at(50_001)).toBe('後');
  expect([store.at(50_002), store.at(-1), store.at(0.5), store.at(Number.NaN)]).toEqual([
    ...[undefined, undefined, undefined, undefined],
  ]);
});
