import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { SealingError, sealingWith } from './sealing.ts';

const [old, current] = [randomBytes(32), randomBytes(32)];
const sealing = sealingWith([current]);

it('gives back what was sealed, and seals the same value differently each time', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string(), (plain, context) => {
      const first = sealing.seal(plain, context);
      expect(sealing.open(first, context).toString()).toBe(Buffer.from(plain).toString());
      expect(first).not.toEqual(sealing.seal(plain, context));
    }),
    { numRuns: 1_000 },
  );
});

it('takes bytes as they are', () => {
  const bytes = randomBytes(64);
  expect(sealing.open(sealing.seal(bytes, 'x'), 'x')).toEqual(bytes);
});

it('opens nothing that was changed, in any of its bytes', () => {
  const whole = sealing.seal('山田 花子', 'answers');
  for (let place = 0; place < whole.length; place += 1) {
    const changed = Buffer.from(whole);
    changed[place] = (changed[place] ?? 0) ^ 1;
    expect(() => sealing.open(changed, 'answers')).toThrow(SealingError);
  }
});

it('opens nothing that was cut off, and nothing in another place', () => {
  const whole = sealing.seal('山田 花子', 'answers');
  for (let length = 0; length < whole.length; length += 1) {
    expect(() => sealing.open(whole.subarray(0, length), 'answers')).toThrow(SealingError);
  }
  expect(() => sealing.open(whole, 'drafts')).toThrow(SealingError);
});

it('opens what an earlier key sealed while that key is among the keys', () => {
  const before = sealingWith([old]).seal('secret', 'x');
  expect(sealingWith([current, old]).open(before, 'x').toString()).toBe('secret');
  expect(() => sealing.open(before, 'x')).toThrow(/is not among the keys/);
});

it('takes no key of another length', () => {
  expect(() => sealingWith([randomBytes(16)])).toThrow(SealingError);
});
