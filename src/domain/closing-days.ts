import type { ClosingDays } from './business-days.ts';
import { type Day, isDay } from './days.ts';

/** Days in a row on which somebody is closed: from one day to another of a year, or every year from `12-31` to `01-03`. */
export type ClosingPeriod = { from: string; to: string };

/** A day of every year, `12-31`. */
const monthDayForm = /^[0-9]{2}-[0-9]{2}$/;

/** Whether the text is a day that some year has. */
export const isMonthDay = (value: string): boolean => monthDayForm.test(value) && isDay(`2024-${value}`);

export const isYearly = ({ from }: ClosingPeriod): boolean => monthDayForm.test(from);

/** Whether both ends are days of a year in their order, or both days of every year; those may go over the end of the year. */
export const isClosingPeriod = ({ from, to }: ClosingPeriod): boolean =>
  isMonthDay(from) ? isMonthDay(to) : isDay(from) && isDay(to) && from <= to;

/** Closing days are asked for of a year that nobody has confirmed to be complete: 'not closed' would be a guess. */
export class UnconfirmedYearError extends RangeError {
  readonly year: number;

  constructor(year: number) {
    super(`the closing days of ${year} are not confirmed`);
    this.name = 'UnconfirmedYearError';
    this.year = year;
  }
}

/** The closing days (休業日) that these periods make, of the years that were confirmed; throws for any other year. */
export function closingDaysOf(
  periods: readonly ClosingPeriod[],
  confirmedYears: readonly number[],
): ClosingDays {
  const confirmed = new Set(confirmedYears);
  return {
    isClosed: (day) => {
      const year = Number(day.slice(0, 4));
      if (!confirmed.has(year)) throw new UnconfirmedYearError(year);
      return periods.some((period) => holds(period, day));
    },
  };
}

/** The closing days as far as they are known: a reminder on a day that nobody has confirmed is better than none. */
export const knownClosing = (periods: readonly ClosingPeriod[]): ClosingDays => ({
  isClosed: (day) => periods.some((period) => holds(period, day)),
});

/** Whether a period holds a day. */
export function holds(period: ClosingPeriod, day: Day): boolean {
  const { from, to } = period;
  if (!isYearly(period)) return from <= day && day <= to;
  const each = day.slice(5);
  return from <= to ? from <= each && each <= to : from <= each || each <= to;
}
