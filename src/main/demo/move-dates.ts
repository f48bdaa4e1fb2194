import { addDays } from '#src/domain/days.ts';

const dayOrInstant = /^(\d{4}-\d\d-\d\d)(T\d\d:\d\d:\d\d(?:\.\d+)?\+09:00)?$/;

/** A value with every day and instant in it moved by whole days; the times of day stay. */
export function moveDates(value: unknown, days: number): unknown {
  if (typeof value === 'string') {
    return value.replace(dayOrInstant, (_, day: string, time = '') => `${addDays(day, days)}${time}`);
  }
  if (Array.isArray(value)) return value.map((each) => moveDates(each, days));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, moveDates(inner, days)]));
}
