import { Text, Title } from '@mantine/core';
import type { Schemas } from '../../api/client.ts';
import { useTexts } from '../../ui/locale.tsx';
import styles from './TopPage.module.css';
import { texts } from './texts.ts';

type Weeks = Schemas['CaseCounts']['answeredByWeek'];

const height = 100;

/** How many answers of each week came in time and how many late; each bar says its numbers to those who cannot see it. */
export function WeekPlot({ weeks }: { weeks: Weeks }) {
  const t = useTexts(texts);
  const most = Math.max(0, ...weeks.map(({ inTime, late }) => inTime + late));
  return (
    <section aria-labelledby="plot">
      <Title order={2} size="h5" id="plot" mb="xs">
        {t.plot}
      </Title>
      {most === 0 ? (
        <Text c="dimmed">{t.noAnswers}</Text>
      ) : (
        <>
          <ul className={styles.plot}>
            {weeks.map((week) => (
              <Week key={week.weekStartsOn} week={week} most={most} />
            ))}
          </ul>
          <p className={styles.legend} aria-hidden="true">
            <Key className={styles.inTime} label={t.inTime} />
            <Key className={styles.late} label={t.late} />
          </p>
        </>
      )}
    </section>
  );
}

function Week({ week: { weekStartsOn, inTime, late }, most }: { week: Weeks[number]; most: number }) {
  const t = useTexts(texts);
  const [, month, day] = weekStartsOn.split('-').map(Number);
  const name = `${month}/${day}`;
  const high = (count: number): number => (count / most) * height;
  return (
    <li className={styles.week}>
      <svg viewBox={`0 0 40 ${height + 1}`} preserveAspectRatio="none" role="img">
        <title>{t.plotText(name, inTime, late)}</title>
        <rect className={styles.inTime} x="8" width="24" y={height - high(inTime)} height={high(inTime)} />
        <rect className={styles.late} x="8" width="24" y={height - high(inTime + late)} height={high(late)} />
        <line
          className={styles.axis}
          x1="0"
          x2="40"
          y1={height}
          y2={height}
          vectorEffect="non-scaling-stroke"
        />
      </svg>
      <span aria-hidden="true">{name}</span>
    </li>
  );
}

function Key({ className, label }: { className: string | undefined; label: string }) {
  return (
    <span>
      <svg viewBox="0 0 10 10" aria-hidden="true">
        <rect className={className} width="10" height="10" />
      </svg>
      {label}
    </span>
  );
}
