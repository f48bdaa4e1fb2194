import type { Day } from './days.ts';
import { halfWidth } from './half-width.ts';
import { readDay } from './read-day.ts';

/** In which order a day is written where the year does not stand first. */
export type DayOrder = 'ymd' | 'mdy' | 'dmy';

type Options = {
  order?: DayOrder;
  /** The time of day that is meant where only a day is written. */
  timeOfDay?: 'start' | 'end';
};

const withOffset = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/;

const timeForm = /^(\d{1,2})[:時](\d{1,2})(?:[:分](\d{2})秒?|分)?$/;

/**
 * The instant a person or a file wrote, as ISO 8601: with an offset as it stands, else a day (see `readDay`) with or without a
 * time, in Asia/Tokyo. Undefined when it is none.
 */
export function readInstant(
  typed: string,
  { order = 'ymd', timeOfDay = 'start' }: Options = {},
): string | undefined {
  const value = halfWidth(typed);
  if (withOffset.test(value)) return Number.isNaN(Date.parse(value)) ? undefined : value;
  const last = value.split(/[\sT]/).at(-1) ?? '';
  const [time, hours, minutes, seconds = '00'] = timeForm.exec(last) ?? [];
  const day = dayIn(time === undefined ? value : value.slice(0, -last.length - 1).trimEnd(), order);
  if (!day) return undefined;
  if (hours === undefined) return `${day}T${timeOfDay === 'end' ? '23:59:59' : '00:00:00'}+09:00`;
  if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) return undefined;
  return `${day}T${hours.padStart(2, '0')}:${minutes?.padStart(2, '0')}:${seconds}+09:00`;
}

function dayIn(value: string, order: DayOrder): Day | undefined {
  const found = order === 'ymd' ? null : /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$/.exec(value.trim());
  if (!found) return order === 'ymd' || /^\D*\d{4}|^\D/.test(value) ? readDay(value) : undefined;
  const [, first = '', second = '', year = ''] = found;
  const [month, date] = order === 'mdy' ? [first, second] : [second, first];
  return readDay(`${year}-${month}-${date}`);
}
