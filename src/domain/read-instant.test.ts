import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instantText } from './days.ts';
import { readInstant } from './read-instant.ts';

describe('an instant as it was written', () => {
  it.each([
    ['2026-11-20T10:00:00+09:00', '2026-11-20T10:00:00+09:00'],
    ['2026-11-20T01:00:00Z', '2026-11-20T01:00:00Z'],
    ['2026/11/20 10:05', '2026-11-20T10:05:00+09:00'],
    ['2026/11/20 9:05:07', '2026-11-20T09:05:07+09:00'],
    ['2026年11月20日(金) 17:00', '2026-11-20T17:00:00+09:00'],
    ['令和8年11月20日 17時30分', '2026-11-20T17:30:00+09:00'],
    ['２０２６/１１/２０　１０:００', '2026-11-20T10:00:00+09:00'],
    ['20261120', '2026-11-20T00:00:00+09:00'],
  ])('%s is %s', (typed, instant) => expect(readInstant(typed)).toBe(instant));

  it('without a time is the start or the end of its day', () => {
    expect(readInstant('2026/11/20', { timeOfDay: 'end' })).toBe('2026-11-20T23:59:59+09:00');
  });

  it('is read in the order that is said, and in no other', () => {
    expect(readInstant('11/20/2026 10:00', { order: 'mdy' })).toBe('2026-11-20T10:00:00+09:00');
    expect(readInstant('20/11/2026', { order: 'dmy' })).toBe('2026-11-20T00:00:00+09:00');
    expect(readInstant('20/11/2026', { order: 'mdy' })).toBeUndefined();
    expect(readInstant('11/20/2026')).toBeUndefined();
  });

  it.each([
    '',
    'tomorrow',
    '2026/02/30',
    '2026/11/20 25:00',
    '2026/11/20 10:61',
    '2026-13-01T00:00:00Z',
    '46000',
  ])('%s is none', (typed) => expect(readInstant(typed)).toBeUndefined());

  it('reads what the product writes', () => {
    const instants = fc.date({
      min: new Date('1950-01-01'),
      max: new Date('2099-12-31'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(instants, (date) => readInstant(instantText(date)) === instantText(date)),
      { numRuns: 1_000 },
    );
  });
});
