import { type CaseStatus, caseStatuses } from '#src/domain/case-life.ts';
import { useLocale, useTexts } from '../../ui/locale.tsx';
import styles from './parts.module.css';
import { markTexts } from './texts.ts';

type Props = { status: CaseStatus; hasDraft?: boolean; isLate?: boolean };

/** A case's status in the manual's words, and the marks beside it. */
export function Status({ status, hasDraft = false, isLate = false }: Props) {
  const locale = useLocale();
  const t = useTexts(markTexts);
  return (
    <span className={styles.statuses}>
      <span className={styles.status} data-status={status}>
        {caseStatuses[status][locale]}
      </span>
      {hasDraft && <span className={styles.mark}>{t.draft}</span>}
      {isLate && <span className={styles.mark}>{t.late}</span>}
    </span>
  );
}
