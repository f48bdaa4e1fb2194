import { Text } from '@mantine/core';
import type { Statistics } from '../../api/statistics.ts';
import { useLocale, useTexts } from '../../ui/locale.tsx';
import { showHours, showShare, ticksTo } from './show-figures.ts';
import styles from './statistics.module.css';
import { texts } from './texts.ts';
import { WeeklyPlot } from './WeeklyPlot.tsx';

type Weeks = Statistics['weeks'];

const quarters = [0, 0.25, 0.5, 0.75, 1];

/** The three plots: volume, time to answer, share answered in time. */
export function Plots({ weeks, isStale }: { weeks: Weeks; isStale: boolean }) {
  const t = useTexts(texts);
  const locale = useLocale();
  const isRunning = weeks.at(-1)?.isRunning ?? false;
  const days = weeks.map(({ weekStartsOn }) => weekStartsOn);
  const valuesOf = (name: 'requested' | 'medianHours' | 'p90Hours' | 'shareInTime') =>
    weeks.map((week) => week[name]);
  const most = (...names: Parameters<typeof valuesOf>[0][]): number =>
    Math.max(0, ...names.flatMap((name) => valuesOf(name).map((value) => value ?? 0)));
  const common = { weeks: days, isRunning };
  return (
    <div>
      <div className={styles.plots} data-stale={isStale}>
        <WeeklyPlot
          {...common}
          title={t.requested}
          ticks={ticksTo(most('requested'), 'count')}
          format={(value) => value.toLocaleString(locale)}
          series={[{ label: t.requested, kind: 'bar', values: valuesOf('requested') }]}
        />
        <WeeklyPlot
          {...common}
          title={t.timeToAnswer}
          ticks={ticksTo(most('p90Hours'), 'hours')}
          format={(value) => showHours(value, locale)}
          series={[
            { label: t.median, kind: 'line', mark: 'circle', values: valuesOf('medianHours') },
            { label: t.p90, kind: 'line', mark: 'square', values: valuesOf('p90Hours') },
          ]}
        />
        <WeeklyPlot
          {...common}
          title={t.shareInTime}
          ticks={quarters}
          format={(value) => showShare(value, locale)}
          series={[{ label: t.shareInTime, kind: 'line', values: valuesOf('shareInTime') }]}
        />
      </div>
      {isRunning && (
        <Text size="sm" c="dimmed" mt="xs">
          {t.running}
        </Text>
      )}
    </div>
  );
}
