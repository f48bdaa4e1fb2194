import { showInstant, startOfDay } from '#src/domain/days.ts';
import { type DueRule, dueByRule } from '#src/domain/due.ts';
import { useLocale, useTexts } from '../../../ui/locale.tsx';
import { type Calendar, closingOf, type Institution } from './calendar-queries.ts';
import { texts } from './texts.ts';

type Props = { calendar: Calendar; institution: Institution; rule: DueRule | null };

/** When a request of today falls due by a rule. */
export function DueOfToday({ calendar, institution, rule }: Props) {
  const t = useTexts(texts);
  const locale = useLocale();
  if (!rule) return t.named;
  try {
    const due = dueByRule(startOfDay(calendar.today), rule, closingOf(calendar, institution));
    return showInstant(due, locale);
  } catch (error) {
    if (error instanceof RangeError) return t.notComputable;
    throw error;
  }
}
