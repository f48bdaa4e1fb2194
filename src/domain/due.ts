import { addBusinessDays, businessDaysUntil, type ClosingDays } from './business-days.ts';
import { addDays, type Day, dayOf, daysBetween, endOfDay, showTime } from './days.ts';
import type { Locale } from './text.ts';

/** How an institution's requests fall due when they name no instant: so many days after the request, at the end of that day. */
export type DueRule = { days: number; of: 'calendar_days' | 'business_days' };

/**
 * The due instant (回答期限) that a rule gives, at the end of a day in Asia/Tokyo. Throws a RangeError when the way there leads
 * into a year whose holidays or closing days are not known.
 */
export function dueByRule(requestedAt: Date, { days, of }: DueRule, closing?: ClosingDays): Date {
  const day = dayOf(requestedAt);
  return endOfDay(of === 'business_days' ? addBusinessDays(day, days, closing) : addDays(day, days));
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
export function showRemaining(dueAt: Date, now: Date, locale: Locale, closing?: ClosingDays): string {
  const today = dayOf(now);
  const due = dayOf(dueAt);
  if (dueAt <= now) return showOverdue(daysBetween(due, today), locale);
  if (due === today) return locale === 'ja' ? `本日${showTime(dueAt)}まで` : `today until ${showTime(dueAt)}`;
  return showDaysLeft({ today, due }, locale, closing);
}

function showOverdue(days: number, locale: Locale): string {
  if (days === 0) return locale === 'ja' ? '期限超過' : 'overdue';
  return locale === 'ja' ? `${days}日超過` : `${days} ${plural(days, 'day')} overdue`;
}

function showDaysLeft(
  { today, due }: { today: Day; due: Day },
  locale: Locale,
  closing: ClosingDays | undefined,
): string {
  const businessDays = knownBusinessDays(today, due, closing);
  // A due day behind a weekend can be the next day and yet no business day away.
  const [count, ja, en] =
    businessDays > 0 ? [businessDays, '営業日', 'business day'] : [daysBetween(today, due), '日', 'day'];
  return locale === 'ja' ? `あと${count}${ja}` : `${count} ${plural(count, en)} left`;
}

/** 0 where they cannot be known: a due instant that came with a request may lie beyond the years that are. */
function knownBusinessDays(today: Day, due: Day, closing: ClosingDays | undefined): number {
  try {
    return businessDaysUntil(today, due, closing);
  } catch (error) {
    if (error instanceof RangeError) return 0;
    throw error;
  }
}

const plural = (count: number, word: string): string => (count === 1 ? word : `${word}s`);
