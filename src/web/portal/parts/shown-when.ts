import { dayOf, showInstant, showTime } from '#src/domain/days.ts';
import type { Locale } from '#src/domain/text.ts';
import { productTime } from '../../api/product-time.ts';

/** When something happened, no longer than needed: today the time alone, else with its day. */
export function shownWhen(instant: string, locale: Locale, now = productTime()): string {
  const at = new Date(instant);
  return dayOf(at) === dayOf(now) ? showTime(at) : showInstant(at, locale);
}
