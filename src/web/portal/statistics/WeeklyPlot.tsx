import { useElementSize } from '@mantine/hooks';
import { useId } from 'react';
import { useTexts } from '../../ui/locale.tsx';
import { Line } from './Line.tsx';
import { heightOf, left, type Place, right, type Series, top } from './plot-place.ts';
import { showWeek } from './show-figures.ts';
import styles from './statistics.module.css';
import { texts } from './texts.ts';

type Props = {
  title: string;
  weeks: readonly string[];
  /** Whether the last of them still runs. */
  isRunning: boolean;
  ticks: readonly number[];
  format: (value: number) => string;
  series: readonly Series[];
};

/**
 * A plot of weeks as an SVG of the width there is: bars or lines, told apart by their marks and not by colour alone. It names itself
 * for those who cannot see it; its figures stand in the table below.
 */
export function WeeklyPlot({ title, weeks, isRunning, ticks, format, series }: Props) {
  const t = useTexts(texts);
  const id = useId();
  const { ref, width: measured } = useElementSize<HTMLDivElement>();
  const width = Math.max(measured, 200);
  const most = ticks.at(-1) ?? 1;
  const step = (width - left - right) / weeks.length;
  const place: Place = {
    x: (index) => left + (index + 0.5) * step,
    y: (value) => top + heightOf * (1 - value / most),
    step,
  };
  const [first = '', last = ''] = [weeks.at(0), weeks.at(-1)].map((week) => week && showWeek(week));
  return (
    <figure className={styles.plot} aria-labelledby={id}>
      <figcaption id={id}>{title}</figcaption>
      <div ref={ref}>
        <svg width={width} height={top + heightOf + 24} role="img" aria-label={t.plotOf(title, first, last)}>
          {ticks.map((tick) => (
            <g key={tick}>
              <line
                className={styles.grid}
                x1={left}
                x2={width - right}
                y1={place.y(tick)}
                y2={place.y(tick)}
              />
              <text className={styles.axis} x={left - 6} y={place.y(tick) + 4} textAnchor="end">
                {format(tick)}
              </text>
            </g>
          ))}
          <WeekNames weeks={weeks} place={place} />
          {series.map((each) => (
            <Marks
              key={each.label}
              series={each}
              weeks={weeks}
              place={place}
              isRunning={isRunning}
              format={format}
            />
          ))}
        </svg>
      </div>
      {series.length > 1 && <Legend series={series} />}
    </figure>
  );
}

/** As many names as have room, the last week always. */
function WeekNames({ weeks, place }: { weeks: readonly string[]; place: Place }) {
  const every = Math.max(1, Math.ceil(44 / place.step));
  return weeks.map((week, index) =>
    (weeks.length - 1 - index) % every === 0 ? (
      <text key={week} className={styles.axis} x={place.x(index)} y={top + heightOf + 18} textAnchor="middle">
        {showWeek(week)}
      </text>
    ) : null,
  );
}

type MarksProps = Pick<Props, 'weeks' | 'isRunning' | 'format'> & { series: Series; place: Place };

function Marks({ series, weeks, place, isRunning, format }: MarksProps) {
  const t = useTexts(texts);
  const titleOf = (index: number): string =>
    t.mark(showWeek(weeks[index] ?? ''), series.label, format(series.values[index] ?? 0));
  if (series.kind === 'line') return <Line series={series} place={place} titleOf={titleOf} />;
  const wide = Math.min(place.step * 0.7, 36);
  return series.values.map((value, index) =>
    value === null ? null : (
      <g key={weeks[index]}>
        <title>{titleOf(index)}</title>
        <rect
          className={styles.bar}
          data-running={isRunning && index === weeks.length - 1}
          x={place.x(index) - wide / 2}
          width={wide}
          y={place.y(value)}
          height={place.y(0) - place.y(value)}
        />
        {place.step >= 24 && value > 0 && (
          <text className={styles.value} x={place.x(index)} y={place.y(value) - 4} textAnchor="middle">
            {format(value)}
          </text>
        )}
      </g>
    ),
  );
}

function Legend({ series }: { series: readonly Series[] }) {
  const place: Place = { x: (index) => 4 + index * 20, y: () => 7, step: 20 };
  return (
    <p className={styles.legend} aria-hidden="true">
      {series.map((each) => (
        <span key={each.label}>
          <svg width={28} height={14} aria-hidden="true">
            <Line series={{ ...each, values: [1, 1] }} place={place} />
          </svg>
          {each.label}
        </span>
      ))}
    </p>
  );
}
