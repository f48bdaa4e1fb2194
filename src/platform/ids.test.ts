import { expect, it } from 'vitest';
import { hasCardNumber } from '#src/domain/card-numbers.ts';
import { newCaseNumber, readCaseNumber } from './ids.ts';

const noon = new Date('2026-11-24T12:00:00+09:00');

it('gives numbers that begin with the day in Japan, rise and never repeat', () => {
  const numbers = Array.from({ length: 5000 }, (_, index) =>
    newCaseNumber(new Date(noon.getTime() + index / 100)),
  );

  expect(numbers[0]).toMatch(/^261124-[0-9A-HJKMNP-TV-Z]{3}-[0-9A-HJKMNP-TV-Z]{3}-[0-9A-HJKMNP-TV-Z]{3}$/);
  expect(new Set(numbers).size).toBe(5000);
  expect([...numbers].sort()).toEqual(numbers);
  expect(numbers.some(hasCardNumber)).toBe(false);
});

it('goes on rising when the clock goes back', () => {
  const before = newCaseNumber(new Date(noon.getTime() + 60_000));
  expect(newCaseNumber(noon) > before).toBe(true);
});

it.each([
  ['２６１１２４-8f3-kq2-zn5', '261124-8F3-KQ2-ZN5'],
  ['2611248F3KQ2ZN5', '261124-8F3-KQ2-ZN5'],
  ['261124 8F3 KQ2 ZN5', '261124-8F3-KQ2-ZN5'],
  ['261124-8F3-OIL', '261124-8F3-011'],
  ['2611', '2611'],
])('reads %s as %s', (typed, number) => expect(readCaseNumber(typed)).toBe(number));
