import { type ClosingDays, isBusinessDay } from './business-days.ts';
import { addDays, type Day, dayOf, startOfDay } from './days.ts';

/** When reminders may be sent, as minutes of the day in Asia/Tokyo; all other times are quiet hours (夜間・休日の送信停止). */
export type SendingTimes = { opensAt: number; closesAt: number; onlyBusinessDays: boolean };

export const defaultSendingTimes: SendingTimes = { opensAt: 480, closesAt: 1200, onlyBusinessDays: true };

/** Shorter would leave no room to move a reminder to before the due instant. */
export const shortestOpenMinutes = 60;

export const areSendingTimes = ({ opensAt, closesAt }: SendingTimes): boolean =>
  opensAt >= 0 && closesAt <= 1440 && closesAt - opensAt >= shortestOpenMinutes;

const msPerMinute = 60_000;

type Calendar = { times: SendingTimes; closing?: ClosingDays };

const isOpenOn = (day: Day, { times, closing }: Calendar): boolean =>
  !times.onlyBusinessDays || isBusinessDay(day, closing);

/** The first moment of a day in which something may be sent, if it were an open day. */
export const opening = (day: Day, { times }: Calendar): Date =>
  new Date(startOfDay(day).getTime() + times.opensAt * msPerMinute);

const closingTime = (day: Day, { times }: Calendar): Date =>
  new Date(startOfDay(day).getTime() + times.closesAt * msPerMinute);

/** Whether nothing may be sent at this moment. */
export function isQuiet(at: Date, calendar: Calendar): boolean {
  const day = dayOf(at);
  return !isOpenOn(day, calendar) || at < opening(day, calendar) || at >= closingTime(day, calendar);
}

/** The moment itself, or the next one in which something may be sent. */
export function nextOpen(at: Date, calendar: Calendar): Date {
  if (!isQuiet(at, calendar)) return at;
  let day = dayOf(at);
  if (at >= opening(day, calendar)) day = addDays(day, 1);
  while (!isOpenOn(day, calendar)) day = addDays(day, 1);
  return opening(day, calendar);
}

/** A moment before another one in which something may be sent: an hour before sending ends, or that moment comes, at the latest. */
export function lastOpenBefore(at: Date, calendar: Calendar): Date {
  let day = dayOf(at);
  while (!isOpenOn(day, calendar) || opening(day, calendar) >= at) day = addDays(day, -1);
  const end = Math.min(closingTime(day, calendar).getTime(), at.getTime());
  return new Date(Math.max(opening(day, calendar).getTime(), end - shortestOpenMinutes * msPerMinute));
}
