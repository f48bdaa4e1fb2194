import fc from 'fast-check';
import { expect, it } from 'vitest';
import { addDays, type Day, showDay } from './days.ts';
import { readDay } from './read-day.ts';

it.each([
  '2026-11-23',
  '2026/11/23',
  '2026.11.23',
  '20261123',
  '2026年11月23日',
  '2026年11月23日(月)',
  '2026年11月23日（月）',
  '2026年11月23日㈪',
  'Mon 2026-11-23',
  '令和8年11月23日',
  '令和８年１１月２３日',
  '令和 8 年 11 月 23 日',
  'R8.11.23',
  'r8/11/23',
  'Ｒ８．１１．２３',
  '２０２６／１１／２３',
  '２０２６－１１－２３',
  '2026ー11ー23',
  '2026−11−23',
  '2026‐11‐23',
  '2026–11–23',
  '2026―11―23',
  '  2026-11-23\t',
  '\u30002026 / 11 / 23\u3000',
])('reads %s', (typed) => {
  expect(readDay(typed)).toBe('2026-11-23');
});

it.each([
  ['2026/1/2', '2026-01-02'],
  ['2026年1月2日', '2026-01-02'],
  ['令和元年5月1日', '2019-05-01'],
  ['令和1年5月1日', '2019-05-01'],
  ['平成31年4月30日', '2019-04-30'],
  ['H31.4.30', '2019-04-30'],
  ['昭和64年1月7日', '1989-01-07'],
  ['S64.1.7', '1989-01-07'],
  ['2024-02-29', '2024-02-29'],
  ['1900-01-01', '1900-01-01'],
  ['2100-12-31', '2100-12-31'],
])('reads %s as %s', (typed, day) => {
  expect(readDay(typed)).toBe(day);
});

it.each([
  '',
  '2026',
  '2026-11',
  '11/23',
  '26-11-23',
  '2026-11-31',
  '2026-02-29',
  '2026-13-01',
  '2026-00-10',
  '1899-12-31',
  '2101-01-01',
  '令和8年',
  '大正8年11月23日',
  '23/11/2026',
  '11/23/2026',
  '2026112',
  '2026-11-23T10:00',
  '2026-11-23 10:00',
  'きのう',
])('reads no day from %j', (typed) => {
  expect(readDay(typed)).toBeUndefined();
});

const days = fc.integer({ min: 0, max: 73_413 }).map((count) => addDays('1900-01-01', count));

it('reads every day as it is shown, in both languages', () => {
  fc.assert(
    fc.property(days, fc.constantFrom('ja', 'en'), (day, locale) => {
      expect(readDay(showDay(day, locale))).toBe(day);
    }),
    { numRuns: 2000 },
  );
});

it('reads every day in every way of writing it', () => {
  const parts = (day: Day) => day.split('-').map(Number) as [number, number, number];
  const writings: readonly ((day: Day) => string)[] = [
    (day) => day,
    (day) => day.replaceAll('-', ''),
    (day) => day.replace(/[0-9-]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0)),
    (day) => parts(day).join('/'),
    (day) => parts(day).join(' . '),
  ];
  fc.assert(
    fc.property(days, fc.constantFrom(...writings), (day, write) => {
      expect(readDay(write(day))).toBe(day);
    }),
    { numRuns: 2000 },
  );
});
