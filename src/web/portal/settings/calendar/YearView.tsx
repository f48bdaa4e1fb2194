import { type ClosingPeriod, holds } from '#src/domain/closing-days.ts';
import { addDays, type Day, weekdayOf } from '#src/domain/days.ts';
import { holidaysOf } from '#src/domain/holidays.ts';
import { useTexts } from '../../../ui/locale.tsx';
import styles from './calendar.module.css';
import { texts } from './texts.ts';

type Props = { year: number; periods: readonly ClosingPeriod[] };

const months = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];

/** A year with everything that is no business day. What a day is stands in words for those who do not see it. */
export function YearView({ year, periods }: Props) {
  const t = useTexts(texts);
  return (
    <div>
      <p className={styles.legend}>
        {(['closed', 'holiday', 'weekend'] as const).map((kind) => (
          <span key={kind}>
            <span className={styles.sample} data-kind={kind} aria-hidden>
              1
            </span>
            {t[kind]}
          </span>
        ))}
      </p>
      <div className={styles.year}>
        {months.map((month) => (
          <Month key={month} year={year} month={month} periods={periods} />
        ))}
      </div>
    </div>
  );
}

function Month({ year, month, periods }: Props & { month: number }) {
  const t = useTexts(texts);
  return (
    <table className={styles.month}>
      <caption>{t.monthName(month)}</caption>
      <thead>
        <tr>
          {t.weekdays.map((weekday) => (
            <th key={weekday} scope="col">
              {weekday}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeksOf(year, month).map((week) => (
          <tr key={week.find((day) => day)}>
            {t.weekdays.map((name, weekday) => (
              <DayCell key={name} day={week[weekday]} periods={periods} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

type Kind = 'closed' | 'holiday' | 'weekend' | undefined;

function DayCell({ day, periods }: { day: Day | undefined; periods: Props['periods'] }) {
  const t = useTexts(texts);
  if (!day) return <td />;
  const kind = kindOf(day, periods);
  return (
    <td data-kind={kind}>
      {Number(day.slice(8))}
      {kind && kind !== 'weekend' && <span className="visually-hidden"> {t[kind]}</span>}
    </td>
  );
}

function kindOf(day: Day, periods: readonly ClosingPeriod[]): Kind {
  if (periods.some((period) => holds(period, day))) return 'closed';
  if (holidaysOf(Number(day.slice(0, 4))).has(day)) return 'holiday';
  return [0, 6].includes(weekdayOf(day)) ? 'weekend' : undefined;
}

/** The weeks of a month from Sunday, with nothing where it has no day. */
function weeksOf(year: number, month: number): (Day | undefined)[][] {
  const prefix = `${year}-${String(month).padStart(2, '0')}`;
  const first = `${prefix}-01`;
  const weeks: (Day | undefined)[][] = [];
  for (
    let sunday = addDays(first, -weekdayOf(first));
    sunday.slice(0, 7) <= prefix;
    sunday = addDays(sunday, 7)
  ) {
    const days = Array.from({ length: 7 }, (_, index) => addDays(sunday, index));
    weeks.push(days.map((day) => (day.startsWith(prefix) ? day : undefined)));
  }
  return weeks;
}
