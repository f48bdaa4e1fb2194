import holidayTable from '@holiday-jp/holiday_jp/lib/holidays.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addBusinessDays, businessDaysUntil, type ClosingDays, isBusinessDay } from './business-days.ts';
import { closingDaysOf } from './closing-days.ts';
import { addDays, type Day, dayOf, daysBetween } from './days.ts';

const published = new Set<string>(Object.keys(holidayTable));
const everyYear = Array.from({ length: 44 }, (_, index) => 2007 + index);
const newYearAtBanks = closingDaysOf([{ from: '12-31', to: '01-03' }], everyYear);
const bankHolidays: ClosingDays = { isClosed: (day) => /-(12-31|01-0[123])$/.test(day) };

const day = fc
  .integer({ min: 0, max: daysBetween('2007-01-01', '2049-12-31') })
  .map((count) => addDays('2007-01-01', count));
const count = fc.integer({ min: 0, max: 60 });
/** Weeks that an institution is closed in one year, and days of every year, also over its end. */
const someWeeks = fc
  .array(fc.tuple(day, fc.nat({ max: 9 }), fc.boolean()), { maxLength: 6 })
  .map((drawn) =>
    drawn.map(([from, more, yearly]) => {
      const to = addDays(from, more);
      // The 29th of February is a day of every year and is there in some.
      return yearly ? { from: from.slice(5), to: to.slice(5) } : { from, to };
    }),
  )
  .map((periods) => closingDaysOf(periods, everyYear));
const closing = fc.oneof(
  fc.constantFrom<ClosingDays | undefined>(undefined, bankHolidays, newYearAtBanks),
  someWeeks,
);

/** The same by a published table, the built-in calendar and one step at a time. */
function isOpen(each: Day, { isClosed }: ClosingDays = { isClosed: () => false }): boolean {
  const weekday = new Date(each).getUTCDay();
  return weekday > 0 && weekday < 6 && !published.has(each) && !isClosed(each);
}

function openDays(from: Day, closed: ClosingDays | undefined): Day[] {
  const found: Day[] = [];
  for (let time = Date.parse(from); found.length <= 61; time += 86_400_000) {
    const each = new Date(time).toISOString().slice(0, 10);
    if (isOpen(each, closed)) found.push(each);
  }
  return found;
}

const vectors = [
  ['2026-09-18', 1, '2026-09-24'],
  ['2026-09-18', 3, '2026-09-28'],
  ['2027-03-19', 1, '2027-03-23'],
  ['2026-05-01', 1, '2026-05-07'],
  ['2025-02-21', 1, '2025-02-25'],
  ['2026-12-30', 1, '2026-12-31'],
] as const;

describe('business days', () => {
  it.each(vectors)('%s and %i more is %s', (from, more, to) => {
    expect(addBusinessDays(from, more)).toBe(to);
  });

  it('leave out the days on which banks are closed, where told', () => {
    expect(addBusinessDays('2026-12-30', 1, bankHolidays)).toBe('2027-01-04');
    expect(isBusinessDay('2026-12-31')).toBe(true);
    expect(isBusinessDay('2026-12-31', bankHolidays)).toBe(false);
  });

  it('are counted from the next one where one starts on a day off', () => {
    expect(addBusinessDays('2026-11-21', 0)).toBe('2026-11-24');
    expect(addBusinessDays('2026-11-21', 1)).toBe('2026-11-25');
  });

  it('are those of the published table, one after the other', () => {
    fc.assert(
      fc.property(day, count, closing, (from, more, closed) => {
        expect(addBusinessDays(from, more, closed)).toBe(openDays(from, closed)[more]);
      }),
      { numRuns: 1000 },
    );
  });

  it('are where one lands', () => {
    fc.assert(
      fc.property(day, count, closing, (from, more, closed) => {
        expect(isBusinessDay(addBusinessDays(from, more, closed), closed)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it('come later for a later start and for more of them', () => {
    fc.assert(
      fc.property(day, fc.nat({ max: 30 }), count, closing, (from, later, more, closed) => {
        const landed = addBusinessDays(from, more, closed);
        expect(addBusinessDays(addDays(from, later), more, closed) >= landed).toBe(true);
        expect(addBusinessDays(from, more + 1, closed) > landed).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it('add up', () => {
    fc.assert(
      fc.property(day, count, count, closing, (from, first, second, closed) => {
        const both = addBusinessDays(from, first + second, closed);
        expect(addBusinessDays(addBusinessDays(from, first, closed), second, closed)).toBe(both);
      }),
      { numRuns: 1000 },
    );
  });

  it('are counted back as they were added', () => {
    fc.assert(
      fc.property(day, count, closing, (from, more, closed) => {
        const start = addBusinessDays(from, 0, closed);
        expect(businessDaysUntil(start, addBusinessDays(from, more, closed), closed)).toBe(more);
      }),
      { numRuns: 1000 },
    );
  });

  it('are none until an earlier day', () => {
    expect(businessDaysUntil('2026-11-24', '2026-11-24')).toBe(0);
    expect(businessDaysUntil('2026-11-24', '2026-11-20')).toBe(0);
    expect(businessDaysUntil('2026-11-20', '2026-11-24')).toBe(1);
  });

  it('are not known after 2050, which is said', () => {
    expect(() => addBusinessDays('2050-12-30', 1)).toThrow(RangeError);
    expect(() => isBusinessDay('2006-12-31')).toThrow(RangeError);
    expect(() => addBusinessDays('2026-11-24', 1, { isClosed: () => true })).toThrow(RangeError);
  });
});

describe.each(['UTC', 'Asia/Tokyo', 'America/New_York', 'Pacific/Kiritimati'])(
  'in the time zone %s',
  (zone) => {
    const inZone = <Result>(work: () => Result): Result => {
      const before = process.env.TZ;
      process.env.TZ = zone;
      try {
        return work();
      } finally {
        if (before === undefined) delete process.env.TZ;
        else process.env.TZ = before;
      }
    };

    it('the process is', () => {
      const hours = { UTC: 0, 'Asia/Tokyo': 9, 'America/New_York': 19, 'Pacific/Kiritimati': 14 };
      expect(inZone(() => new Date('2026-01-15T00:00:00Z').getHours())).toBe(
        hours[zone as keyof typeof hours],
      );
    });

    it('the same days are business days', () => {
      const computed = inZone(() => vectors.map(([from, more]) => addBusinessDays(from, more)));
      expect(computed).toEqual(vectors.map(([, , to]) => to));
      const year = Array.from({ length: 365 }, (_, index) => addDays('2026-01-01', index));
      expect(inZone(() => year.filter((each) => isBusinessDay(each)))).toEqual(
        year.filter((each) => isOpen(each)),
      );
    });

    it('a morning of a holiday in Japan is that holiday', () => {
      const instant = new Date('2026-02-11T08:30:00+09:00');
      expect(inZone(() => dayOf(instant))).toBe('2026-02-11');
      expect(inZone(() => isBusinessDay(dayOf(instant)))).toBe(false);
    });
  },
);
