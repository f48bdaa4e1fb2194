import type { Place, Series } from './plot-place.ts';
import styles from './statistics.module.css';

type Props = { series: Series; place: Place; titleOf?: (index: number) => string };

/** A line with a mark at each week that has a value; a week without one breaks it. */
export function Line({ series: { values, mark = 'circle' }, place, titleOf }: Props) {
  return (
    <>
      <path className={styles.line} data-mark={mark} d={pathOf(values, place)} />
      {values.map((value, index) =>
        value === null ? null : (
          <Mark
            key={place.x(index)}
            mark={mark}
            x={place.x(index)}
            y={place.y(value)}
            title={titleOf?.(index)}
          />
        ),
      )}
    </>
  );
}

type MarkProps = { mark: 'circle' | 'square'; x: number; y: number; title: string | undefined };

function Mark({ mark, x, y, title }: MarkProps) {
  const told = title !== undefined && <title>{title}</title>;
  return mark === 'circle' ? (
    <circle className={styles.mark} data-mark={mark} cx={x} cy={y} r={3.5}>
      {told}
    </circle>
  ) : (
    <rect className={styles.mark} data-mark={mark} x={x - 3.5} y={y - 3.5} width={7} height={7}>
      {told}
    </rect>
  );
}

function pathOf(values: Series['values'], { x, y }: Place): string {
  const steps = values.map((value, index) => {
    if (value === null) return '';
    const goesOn = index > 0 && values[index - 1] !== null;
    return `${goesOn ? 'L' : 'M'}${x(index)} ${y(value)}`;
  });
  return steps.join('');
}
