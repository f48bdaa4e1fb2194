import { addBusinessDays, businessDaysUntil } from './business-days.ts';
import { addDays, type Day, dayOf, daysBetween, endOfDay, showTime } from './days.ts';
import { holidaysAreKnown } from './holidays.ts';
import type { Locale } from './text.ts';

/** How an institution's requests fall due when they name no instant: so many days after the request, at the end of that day. */
export type DueRule = { days: number; of: 'calendar_days' | 'business_days' };

/** The due instant (回答期限) that a rule gives, at the end of a day in Asia/Tokyo. */
export function dueByRule(requestedAt: Date, { days, of }: DueRule): Date {
  const day = dayOf(requestedAt);
  return endOfDay(of === 'business_days' ? addBusinessDays(day, days) : addDays(day, days));
}

/** How urgent a due instant is: colour and order on the screens follow it. */
export type Urgency = 'overdue' | 'today' | 'soon' | 'later';

export function urgencyOf(dueAt: Date, now: Date): Urgency {
  if (dueAt <= now) return 'overdue';
  const left = daysBetween(dayOf(now), dayOf(dueAt));
  if (left === 0) return 'today';
  return left <= 3 ? 'soon' : 'later';
}

/** What is left until a due instant, in words: `あと2営業日`, `本日17:00まで`, `3日超過`. */
export function showRemaining(dueAt: Date, now: Date, locale: Locale): string {
  const today = dayOf(now);
  const due = dayOf(dueAt);
  if (dueAt <= now) return showOverdue(daysBetween(due, today), locale);
  if (due === today) return locale === 'ja' ? `本日${showTime(dueAt)}まで` : `today until ${showTime(dueAt)}`;
  return showDaysLeft(today, due, locale);
}

function showOverdue(days: number, locale: Locale): string {
  if (days === 0) return locale === 'ja' ? '期限超過' : 'overdue';
  return locale === 'ja' ? `${days}日超過` : `${days} ${plural(days, 'day')} overdue`;
}

function showDaysLeft(today: Day, due: Day, locale: Locale): string {
  // A due instant that came with the request may lie beyond the years whose holidays are known.
  const businessDays = holidaysAreKnown(due) ? businessDaysUntil(today, due) : 0;
  // A due day behind a weekend can be the next day and yet no business day away.
  const [count, ja, en] =
    businessDays > 0 ? [businessDays, '営業日', 'business day'] : [daysBetween(today, due), '日', 'day'];
  return locale === 'ja' ? `あと${count}${ja}` : `${count} ${plural(count, en)} left`;
}

const plural = (count: number, word: string): string => (count === 1 ? word : `${word}s`);
