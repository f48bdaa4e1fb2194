import { addDays, type Day, weekdayOf } from './days.ts';
import { holidaysOf } from './holidays.ts';

/** Days on which an organisation is closed besides weekends and national holidays, such as 12-31 to 01-03 at banks. */
export type ClosingDays = { isClosed: (day: Day) => boolean };

const none: ClosingDays = { isClosed: () => false };

/** Monday to Friday, no national holiday and not closed. Throws for years whose holidays or closing days are not known. */
export function isBusinessDay(day: Day, closing: ClosingDays = none): boolean {
  const weekday = weekdayOf(day);
  // All are asked, whatever the first says: a day of a year that is not known is no Sunday either.
  const isHoliday = holidaysOf(Number(day.slice(0, 4))).has(day);
  const isClosed = closing.isClosed(day);
  return weekday !== 0 && weekday !== 6 && !isHoliday && !isClosed;
}

/**
 * The nth business day after a day, counted from the first business day on or after it, so that
 * adding a and then b is adding a + b wherever one starts.
 */
export function addBusinessDays(day: Day, count: number, closing: ClosingDays = none): Day {
  let landed = day;
  while (!isBusinessDay(landed, closing)) landed = addDays(landed, 1);
  for (let left = count; left > 0; left -= 1) {
    do landed = addDays(landed, 1);
    while (!isBusinessDay(landed, closing));
  }
  return landed;
}

/** How many business days follow the first day up to and including the second; 0 when it does not lie after. */
export function businessDaysUntil(from: Day, to: Day, closing: ClosingDays = none): number {
  let count = 0;
  for (let day = addDays(from, 1); day <= to; day = addDays(day, 1))
    if (isBusinessDay(day, closing)) count += 1;
  return count;
}
