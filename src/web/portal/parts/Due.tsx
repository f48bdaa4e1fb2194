import { showInstant } from '#src/domain/days.ts';
import { showRemaining, type Urgency, urgencyOf } from '#src/domain/due.ts';
import { useProductTime } from '../../api/product-time.ts';
import { useLocale } from '../../ui/locale.tsx';
import styles from './parts.module.css';
import { useClosingDays } from './use-closing-days.ts';

type Props = { dueAt: string; isWaiting: boolean };

/** When an answer is due and, while one waits for it, what is left. Colour never says it alone. */
export function Due({ dueAt, isWaiting }: Props) {
  const locale = useLocale();
  const now = useProductTime();
  const closing = useClosingDays();
  const due = new Date(dueAt);
  const urgency: Urgency | 'none' = isWaiting ? urgencyOf(due, now) : 'none';
  return (
    <span className={styles.due}>
      <span className="nowrap">{showInstant(due, locale)}</span>
      {isWaiting && (
        <span className={styles.left} data-urgency={urgency}>
          {showRemaining(due, now, locale, closing)}
        </span>
      )}
    </span>
  );
}
