import type { Locale } from './text.ts';

/** A calendar day as `YYYY-MM-DD`, without a time zone. Days compare as text. */
export type Day = string;

const msPerDay = 86_400_000;
const msTokyoAheadOfUtc = 9 * 3_600_000;

/** The day an instant falls on in Asia/Tokyo, whatever the time zone of the process. Japan has had no summer time since 1951. */
export const dayOf = (instant: Date): Day => tokyo(instant).slice(0, 10);

/** An instant as ISO 8601 in Asia/Tokyo (`2026-11-27T23:59:59+09:00`), to the second. */
export const instantText = (instant: Date): string => `${tokyo(instant).slice(0, 19)}+09:00`;

/** The last second of a day in Asia/Tokyo, the moment a due day ends. */
export const endOfDay = (day: Day): Date => new Date(`${day}T23:59:59+09:00`);

/** The first moment of a day in Asia/Tokyo. */
export const startOfDay = (day: Day): Date => new Date(`${day}T00:00:00+09:00`);

export const addDays = (day: Day, count: number): Day =>
  new Date(utcMidnight(day) + count * msPerDay).toISOString().slice(0, 10);

/** How many days the second day lies after the first; negative when before. */
export const daysBetween = (from: Day, to: Day): number => (utcMidnight(to) - utcMidnight(from)) / msPerDay;

/** 0 is Sunday. */
export const weekdayOf = (day: Day): number => new Date(utcMidnight(day)).getUTCDay();

/** The form of a day, from 1900 to 2100. As a pattern, because JSON Schema says it too. */
export const dayPattern = '^(19[0-9]{2}|20[0-9]{2}|2100)-[0-9]{2}-[0-9]{2}$';
const dayForm = new RegExp(dayPattern);

/** Whether the text is a day that exists, from 1900 to 2100. */
export function isDay(value: string): value is Day {
  if (!dayForm.test(value)) return false;
  const date = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value);
}

const weekdays: Record<Locale, readonly string[]> = {
  ja: ['日', '月', '火', '水', '木', '金', '土'],
  en: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'],
};

/** A day as people read it: `2026年11月23日(月)`, `Mon 2026-11-23`. */
export function showDay(day: Day, locale: Locale): string {
  const weekday = weekdays[locale][weekdayOf(day)];
  if (locale === 'en') return `${weekday} ${day}`;
  const [year, month, date] = day.split('-').map(Number);
  return `${year}年${month}月${date}日(${weekday})`;
}

/** An instant as people in Japan read it: `2026年11月23日(月) 17:00`. */
export const showInstant = (instant: Date, locale: Locale): string =>
  `${showDay(dayOf(instant), locale)} ${showTime(instant)}`;

/** The time of day in Asia/Tokyo, `17:00`. */
export const showTime = (instant: Date): string => tokyo(instant).slice(11, 16);

const tokyo = (instant: Date): string => new Date(instant.getTime() + msTokyoAheadOfUtc).toISOString();

const utcMidnight = (day: Day): number => Date.parse(`${day}T00:00:00Z`);
