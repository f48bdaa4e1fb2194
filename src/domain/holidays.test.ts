import holidayTable from '@holiday-jp/holiday_jp/lib/holidays.js';
import { describe, expect, it } from 'vitest';
import { holidaysOf } from './holidays.ts';

const years = Array.from({ length: 2050 - 2007 + 1 }, (_, index) => 2007 + index);
const published = Object.keys(holidayTable);
const sorted = (year: number): string[] => [...holidaysOf(year)].sort();

describe('the national holidays', () => {
  it.each(years)('of %i are the published ones', (year) => {
    expect(sorted(year)).toEqual(published.filter((day) => day.startsWith(`${year}-`)).sort());
  });

  it('of 2026 have 国民の休日 between two holidays and a substitute after Golden Week', () => {
    expect(sorted(2026)).toEqual([
      '2026-01-01',
      '2026-01-12',
      '2026-02-11',
      '2026-02-23',
      '2026-03-20',
      '2026-04-29',
      '2026-05-03',
      '2026-05-04',
      '2026-05-05',
      '2026-05-06',
      '2026-07-20',
      '2026-08-11',
      '2026-09-21',
      '2026-09-22',
      '2026-09-23',
      '2026-10-12',
      '2026-11-03',
      '2026-11-23',
    ]);
  });

  it('of 2019 have the accession of the emperor and no birthday of one', () => {
    expect(sorted(2019).filter((day) => day > '2019-04-28' && day < '2019-05-07')).toEqual([
      '2019-04-29',
      '2019-04-30',
      '2019-05-01',
      '2019-05-02',
      '2019-05-03',
      '2019-05-04',
      '2019-05-05',
      '2019-05-06',
    ]);
    expect(sorted(2019)).toContain('2019-10-22');
    expect(sorted(2019).filter((day) => day.startsWith('2019-12'))).toEqual([]);
  });

  it.each([
    [2020, '2020-07-23 2020-07-24 2020-08-10'],
    [2021, '2021-07-22 2021-07-23 2021-08-08 2021-08-09'],
  ])('of %i lie around the Olympic Games', (year, expected) => {
    const summer = sorted(year).filter((day) => day > `${year}-06-30` && day < `${year}-09-01`);
    expect(summer.join(' ')).toBe(expected);
    expect(sorted(year).filter((day) => day.startsWith(`${year}-10`))).toEqual([]);
  });

  it.each([2006, 2051, 1, 2026.5, Number.NaN])('of %d are not known, which is said', (year) => {
    expect(() => holidaysOf(year)).toThrow(RangeError);
  });

  it.each([2007, 2050])('of %d are known', (year) => {
    expect(holidaysOf(year).size).toBeGreaterThan(14);
  });
});
