import { Group, Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import type { Figures } from '../../api/statistics.ts';
import { useLocale, useTexts } from '../../ui/locale.tsx';
import { Scrolls } from '../../ui/Scrolls.tsx';
import { showHours, showShare } from './show-figures.ts';
import styles from './statistics.module.css';
import { texts } from './texts.ts';

type Line = { key: string; head: ReactNode; figures: Figures };
type Props = { title: string; first: string; lines: readonly Line[]; downloads: ReactNode };

/** The figures that the plots are drawn from, line by line. */
export function FiguresTable({ title, first, lines, downloads }: Props) {
  const t = useTexts(texts);
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <Group justify="space-between" mb="xs">
        <Title order={2} size="h5" id={id}>
          {title}
        </Title>
        {downloads}
      </Group>
      <Scrolls className={styles.scroll} labelledBy={id}>
        <table className={styles.table} aria-labelledby={id}>
          <thead>
            <tr>
              {[
                first,
                t.requested,
                t.answeredInTime,
                t.answeredLate,
                t.expired,
                t.shareInTime,
                t.medianLong,
                t.p90Long,
              ].map((heading) => (
                <th key={heading} scope="col">
                  {heading}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <FigureLine key={line.key} line={line} />
            ))}
          </tbody>
        </table>
      </Scrolls>
    </section>
  );
}

function FigureLine({ line: { head, figures } }: { line: Line }) {
  const t = useTexts(texts);
  const locale = useLocale();
  const { requested, answeredInTime, answeredLate, expired, shareInTime, medianHours, p90Hours } = figures;
  return (
    <tr>
      <th scope="row">{head}</th>
      <td>{requested.toLocaleString(locale)}</td>
      <td>{answeredInTime.toLocaleString(locale)}</td>
      <td>{answeredLate.toLocaleString(locale)}</td>
      <td>{expired.toLocaleString(locale)}</td>
      <td>{shareInTime === null ? t.noValue : showShare(shareInTime, locale)}</td>
      <td>{medianHours === null ? t.noValue : showHours(medianHours, locale)}</td>
      <td>{p90Hours === null ? t.noValue : showHours(p90Hours, locale)}</td>
    </tr>
  );
}
