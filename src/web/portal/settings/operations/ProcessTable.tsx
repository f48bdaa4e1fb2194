import { showInstant } from '#src/domain/days.ts';
import type { OperationsState } from '../../../api/operations.ts';
import { useLocale, useTexts } from '../../../ui/locale.tsx';
import styles from '../settings-table.module.css';
import { texts } from './texts.ts';

type Process = OperationsState['processes'][number];

/** The processes that lived within the last week, the latest first. */
export function ProcessTable({ processes }: { processes: readonly Process[] }) {
  const t = useTexts(texts);
  return (
    <table className={styles.table} aria-labelledby="processes">
      <thead>
        <tr>
          {[t.role, t.state, t.version, t.started, t.beat, t.skew].map((label) => (
            <th scope="col" key={label}>
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {processes.map((process) => (
          <Row key={process.id} process={process} />
        ))}
      </tbody>
    </table>
  );
}

function Row({
  process: { role, version, startedAt, beatAt, stoppedAt, isAlive, clockSkewMs },
}: {
  process: Process;
}) {
  const t = useTexts(texts);
  const locale = useLocale();
  const state = isAlive ? t.alive : stoppedAt ? t.stopped : t.dead;
  return (
    <tr data-over={!isAlive}>
      <td data-label={t.role}>{t.roles[role]}</td>
      <td data-label={t.state}>{state}</td>
      <td data-label={t.version}>{version}</td>
      <td data-label={t.started}>{showInstant(new Date(startedAt), locale)}</td>
      <td data-label={t.beat}>{showInstant(new Date(stoppedAt ?? beatAt), locale)}</td>
      <td data-label={t.skew}>{t.seconds(Math.round(clockSkewMs / 100) / 10)}</td>
    </tr>
  );
}
