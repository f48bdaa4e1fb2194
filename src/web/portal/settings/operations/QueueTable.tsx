import { Text } from '@mantine/core';
import { showInstant } from '#src/domain/days.ts';
import type { OperationsState } from '../../../api/operations.ts';
import { useLocale, useTexts } from '../../../ui/locale.tsx';
import styles from '../settings-table.module.css';
import { texts } from './texts.ts';

type Queue = OperationsState['queues'][number];

/** The queues in which something waits, is done or has failed. */
export function QueueTable({ queues }: { queues: readonly Queue[] }) {
  const t = useTexts(texts);
  const shown = queues.filter(({ ready, later, active, failed }) => ready + later + active + failed > 0);
  if (shown.length === 0) return <Text c="dimmed">{t.quiet}</Text>;
  return (
    <table className={styles.table} aria-labelledby="queues">
      <thead>
        <tr>
          {[t.queue, t.ready, t.later, t.active, t.oldestAt, t.failed].map((label) => (
            <th scope="col" key={label}>
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {shown.map((queue) => (
          <Row key={queue.queue} queue={queue} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ queue: { queue, ready, later, active, oldestAt, failed } }: { queue: Queue }) {
  const t = useTexts(texts);
  const locale = useLocale();
  return (
    <tr>
      <td data-label={t.queue}>
        <code>{queue}</code>
      </td>
      <td data-label={t.ready}>{t.count(ready)}</td>
      <td data-label={t.later}>{t.count(later)}</td>
      <td data-label={t.active}>{t.count(active)}</td>
      <td data-label={t.oldestAt}>{oldestAt ? showInstant(new Date(oldestAt), locale) : '—'}</td>
      <td data-label={t.failed}>{t.count(failed)}</td>
    </tr>
  );
}
