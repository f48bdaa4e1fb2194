import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  dayOf,
  daysBetween,
  endOfDay,
  instantText,
  isDay,
  showDay,
  showInstant,
  showTime,
  startOfDay,
  weekdayOf,
} from './days.ts';

const days = fc.integer({ min: 0, max: 73_413 }).map((count) => addDays('1900-01-01', count));

describe('the day of an instant', () => {
  it.each([
    ['2026-11-23T14:59:59.999Z', '2026-11-23'],
    ['2026-11-23T15:00:00.000Z', '2026-11-24'],
    ['2026-12-31T15:00:00Z', '2027-01-01'],
    ['2026-11-23T00:00:00+09:00', '2026-11-23'],
    ['2026-11-22T23:59:59-12:00', '2026-11-23'],
  ])('%s is in Japan %s', (instant, day) => {
    expect(dayOf(new Date(instant))).toBe(day);
  });

  it('begins and ends in Japan', () => {
    expect(startOfDay('2026-11-23').toISOString()).toBe('2026-11-22T15:00:00.000Z');
    expect(endOfDay('2026-11-23').toISOString()).toBe('2026-11-23T14:59:59.000Z');
    expect(instantText(endOfDay('2026-11-23'))).toBe('2026-11-23T23:59:59+09:00');
  });
});

describe('days', () => {
  it.each([
    ['2026-02-28', 1, '2026-03-01'],
    ['2024-02-28', 1, '2024-02-29'],
    ['2026-12-31', 1, '2027-01-01'],
    ['2027-01-01', -1, '2026-12-31'],
    ['2026-11-23', 0, '2026-11-23'],
  ])('%s and %i days more is %s', (day, count, expected) => {
    expect(addDays(day, count)).toBe(expected);
    expect(daysBetween(day, expected)).toBe(count);
  });

  it('are as far apart as were added, and compare as text', () => {
    fc.assert(
      fc.property(days, fc.integer({ min: -400, max: 400 }), (day, count) => {
        const other = addDays(day, count);
        expect(daysBetween(day, other)).toBe(count);
        expect(other > day).toBe(count > 0);
        expect(weekdayOf(other)).toBe((((weekdayOf(day) + count) % 7) + 7) % 7);
      }),
    );
  });

  it.each(['2026-11-23', '1900-01-01', '2100-12-31', '2024-02-29'])('include %s', (day) => {
    expect(isDay(day)).toBe(true);
  });

  it.each([
    '2026-11-31',
    '2025-02-29',
    '2100-02-29',
    '1899-12-31',
    '2101-01-01',
    '2026-1-1',
    ' 2026-11-23',
    '',
  ])('do not include %j', (value) => {
    expect(isDay(value)).toBe(false);
  });
});

describe('what people read', () => {
  const instant = new Date('2026-11-23T08:00:00Z');

  it('is the day with its weekday', () => {
    expect(showDay('2026-11-23', 'ja')).toBe('2026年11月23日(月)');
    expect(showDay('2026-01-04', 'ja')).toBe('2026年1月4日(日)');
    expect(showDay('2026-11-23', 'en')).toBe('Mon 2026-11-23');
  });

  it('is the time in Japan', () => {
    expect(showTime(instant)).toBe('17:00');
    expect(showInstant(instant, 'ja')).toBe('2026年11月23日(月) 17:00');
    expect(showInstant(instant, 'en')).toBe('Mon 2026-11-23 17:00');
    expect(showInstant(new Date('2026-11-23T15:05:00Z'), 'ja')).toBe('2026年11月24日(火) 00:05');
  });
});
