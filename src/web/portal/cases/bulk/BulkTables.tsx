import { caseStatuses } from '#src/domain/case-life.ts';
import { useLocale, useTexts } from '../../../ui/locale.tsx';
import { Scrolls } from '../../../ui/Scrolls.tsx';
import styles from './bulk.module.css';
import type { BulkPreview, BulkResult } from './bulk-api.ts';
import { bulkTexts } from './bulk-texts.ts';

type Props<Case> = { cases: readonly Case[]; labelledBy: string };
type PreviewProps = Props<BulkPreview['cases'][number]> & { goes: string };

/** Every chosen case with what would happen to it, or why nothing. What stays as it is comes first: it wants a decision. */
export function PreviewedCases({ goes, cases, labelledBy }: PreviewProps) {
  const t = useTexts(bulkTexts);
  const locale = useLocale();
  const rows = [...cases.filter(({ why }) => why !== null), ...cases.filter(({ why }) => why === null)];
  return (
    <Scrolls className={styles.scroll} labelledBy={labelledBy}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t.caseNumber}</th>
            <th scope="col">{t.outcome}</th>
            <th scope="col">{t.status}</th>
            <th scope="col">{t.now}</th>
            <th scope="col">{t.service}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ caseId, found, why }) => (
            <tr key={caseId} data-left={why !== null}>
              <td className="nowrap">{caseId}</td>
              <td className={styles.outcome}>{why === null ? goes : t.why[why]}</td>
              <td className="nowrap">{found ? caseStatuses[found.status][locale] : ''}</td>
              <td>{found ? (found.assigneeName ?? t.nobody) : ''}</td>
              <td className="nowrap">{found ? `${found.mid}-${found.sid}` : ''}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scrolls>
  );
}

/** The cases that were left as they were, with the reason of each. */
export function LeftCases({ cases, labelledBy }: Props<BulkResult['cases'][number]>) {
  const t = useTexts(bulkTexts);
  return (
    <Scrolls className={styles.scroll} labelledBy={labelledBy}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t.caseNumber}</th>
            <th scope="col">{t.outcome}</th>
          </tr>
        </thead>
        <tbody>
          {cases.map(({ caseId, why }) =>
            why === null ? null : (
              <tr key={caseId} data-left>
                <td className="nowrap">
                  <a href={`/cases/${caseId}`} target="_blank" rel="noreferrer">
                    {caseId}
                  </a>
                </td>
                <td className={styles.outcome}>{t.why[why]}</td>
              </tr>
            ),
          )}
        </tbody>
      </table>
    </Scrolls>
  );
}
