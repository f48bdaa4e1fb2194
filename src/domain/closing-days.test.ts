import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addBusinessDays, businessDaysUntil, isBusinessDay } from './business-days.ts';
import {
  type ClosingPeriod,
  closingDaysOf,
  holds,
  isClosingPeriod,
  isMonthDay,
  UnconfirmedYearError,
} from './closing-days.ts';
import { addDays, type Day, daysBetween, instantText } from './days.ts';
import { dueByRule, showRemaining } from './due.ts';

const years = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);
const day = fc
  .nat({ max: daysBetween('2020-01-01', '2034-12-31') })
  .map((count) => addDays('2020-01-01', count));
const newYear: ClosingPeriod = { from: '12-31', to: '01-03' };

/** Every day of a period, one after the other, as somebody with a calendar on the wall would mark them. */
function marked(period: ClosingPeriod, from: number, to: number): Set<Day> {
  const { length } = period.from;
  if (length === 10) {
    const all = new Set<Day>();
    for (let each = period.from; each <= period.to; each = addDays(each, 1)) all.add(each);
    return all;
  }
  const all = new Set<Day>();
  for (let year = from - 1; year <= to; year += 1) {
    let each: Day = `${year}-01-01`;
    while (each.slice(5) < period.from) each = addDays(each, 1);
    const isOver = (one: Day): boolean =>
      period.from <= period.to
        ? one.slice(5) > period.to || one.slice(0, 4) > String(year)
        : one.slice(0, 4) > String(year) && one.slice(5) > period.to;
    for (; !isOver(each); each = addDays(each, 1)) all.add(each);
  }
  return all;
}

const period = fc.tuple(day, fc.nat({ max: 20 }), fc.boolean()).map(([from, more, yearly]): ClosingPeriod => {
  const to = addDays(from, more);
  return yearly ? { from: from.slice(5), to: to.slice(5) } : { from, to };
});

describe('a closing period', () => {
  it.each([
    [newYear, true],
    [{ from: '02-29', to: '02-29' }, true],
    [{ from: '2026-12-29', to: '2027-01-05' }, true],
    [{ from: '2027-01-05', to: '2026-12-29' }, false],
    [{ from: '02-30', to: '03-01' }, false],
    [{ from: '12-31', to: '2027-01-03' }, false],
    [{ from: '2026-12-31', to: '01-03' }, false],
    [{ from: '2026-02-29', to: '2026-03-01' }, false],
    [{ from: '', to: '' }, false],
  ])('%j is one: %s', (each, expected) => {
    expect(isClosingPeriod(each)).toBe(expected);
  });

  it('is made of days that some year has', () => {
    expect(['02-29', '12-31', '01-01'].map(isMonthDay)).toEqual([true, true, true]);
    expect(['02-30', '00-10', '13-01', '1-1', '12/31'].map(isMonthDay)).toEqual([
      false,
      false,
      false,
      false,
      false,
    ]);
  });

  it('holds the days that somebody would mark on a calendar', () => {
    fc.assert(
      fc.property(period, day, (each, one) => {
        expect(holds(each, one)).toBe(marked(each, 2020, 2034).has(one));
      }),
      { numRuns: 1000 },
    );
  });
});

describe('closing days', () => {
  const banks = closingDaysOf([newYear], years(2020, 2030));

  it('of banks lead from 2026-12-30 to 2027-01-04', () => {
    expect(addBusinessDays('2026-12-30', 1, banks)).toBe('2027-01-04');
    const due = dueByRule(new Date('2026-12-30T10:00:00+09:00'), { days: 1, of: 'business_days' }, banks);
    expect(instantText(due)).toBe('2027-01-04T23:59:59+09:00');
  });

  it('are left out of what is left', () => {
    const left = (closing?: typeof banks) =>
      showRemaining(
        new Date('2027-01-05T17:00:00+09:00'),
        new Date('2026-12-29T12:00:00+09:00'),
        'ja',
        closing,
      );
    expect(left()).toBe('あと4営業日');
    expect(left(banks)).toBe('あと3営業日');
    // Where a year is not confirmed, days are counted and called so.
    expect(left(closingDaysOf([newYear], [2026]))).toBe('あと7日');
  });

  it('raise for every day of a year that is not confirmed, weekends and holidays too', () => {
    const unknown = closingDaysOf([newYear], [2026]);
    for (const each of ['2027-01-01', '2027-01-02', '2027-05-12', '2025-12-31'])
      expect(() => isBusinessDay(each, unknown)).toThrow(UnconfirmedYearError);
    expect(isBusinessDay('2026-12-30', unknown)).toBe(true);
    expect(() =>
      dueByRule(new Date('2026-12-30T10:00:00+09:00'), { days: 1, of: 'business_days' }, unknown),
    ).toThrow('the closing days of 2027 are not confirmed');
  });

  it('give a day only when every year on the way is confirmed, and then the same as if all were', () => {
    const everything = years(2007, 2050);
    fc.assert(
      fc.property(
        day,
        fc.nat({ max: 60 }),
        fc.uniqueArray(fc.integer({ min: 2020, max: 2036 })),
        fc.array(period, { maxLength: 4 }),
        (from, more, confirmed, periods) => {
          const to = addBusinessDays(from, more, closingDaysOf(periods, everything));
          const way = years(Number(from.slice(0, 4)), Number(to.slice(0, 4)));
          const closing = closingDaysOf(periods, confirmed);
          if (way.every((year) => confirmed.includes(year))) {
            expect(addBusinessDays(from, more, closing)).toBe(to);
          } else {
            expect(() => addBusinessDays(from, more, closing)).toThrow(UnconfirmedYearError);
          }
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('are counted back as they were added', () => {
    fc.assert(
      fc.property(day, fc.nat({ max: 40 }), fc.array(period, { maxLength: 5 }), (from, more, periods) => {
        const closing = closingDaysOf(periods, years(2007, 2050));
        const start = addBusinessDays(from, 0, closing);
        expect(businessDaysUntil(start, addBusinessDays(start, more, closing), closing)).toBe(more);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('wherever a process runs', () => {
  const program = `
    import { closingDaysOf } from './src/domain/closing-days.ts';
    import { addDays, instantText } from './src/domain/days.ts';
    import { dueByRule, showRemaining } from './src/domain/due.ts';
    const closing = closingDaysOf([{ from: '12-31', to: '01-03' }, { from: '2027-08-13', to: '2027-08-16' }], [2026, 2027, 2028]);
    const told = [new Date('2026-07-01T12:00:00Z').getHours()];
    for (let hour = 0; hour < 24 * 420; hour += 7) {
      const at = new Date(Date.parse('2026-09-01T00:00:00Z') + hour * 3_600_000);
      const due = dueByRule(at, { days: hour % 9, of: 'business_days' }, closing);
      told.push(instantText(due), showRemaining(due, at, 'ja', closing));
    }
    process.stdout.write(JSON.stringify(told));`;

  it('the same instants are due, and the same is left, in four time zones', () => {
    const zones = ['UTC', 'Asia/Tokyo', 'America/New_York', 'Pacific/Kiritimati'];
    const [first, ...others] = zones.map((TZ) => {
      const options = { env: { ...process.env, TZ, NODE_OPTIONS: '' }, encoding: 'utf8' } as const;
      const [hour, ...told] = JSON.parse(
        execFileSync(process.execPath, ['--input-type=module-typescript', '-e', program], options),
      ) as unknown[];
      return { hour, told };
    });
    expect(first?.told.length).toBeGreaterThan(2_800);
    for (const other of others) expect(other.told).toEqual(first?.told);
    // The zones were real: each process read another time of day off the same instant.
    expect(new Set([first, ...others].map((each) => each?.hour)).size).toBe(4);
  });
});
