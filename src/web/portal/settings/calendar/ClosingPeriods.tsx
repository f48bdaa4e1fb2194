import { Button, Stack, Text } from '@mantine/core';
import { type ClosingPeriod, isYearly } from '#src/domain/closing-days.ts';
import { showDay } from '#src/domain/days.ts';
import { api, type Schemas, unwrap } from '../../../api/client.ts';
import { useLocale, useTexts } from '../../../ui/locale.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import styles from '../settings-table.module.css';
import { ClosingForm } from './ClosingForm.tsx';
import { type Calendar, type Institution, useCalendarChange } from './calendar-queries.ts';
import { texts } from './texts.ts';

type Period = Schemas['ClosingPeriod'];
type Props = { calendar: Calendar; institution: Institution | undefined; mayChange: boolean };

/** The closing days of the PSP, or those of an institution below the PSP's, and a form for more. */
export function ClosingPeriods({ calendar, institution, mayChange }: Props) {
  const t = useTexts(texts);
  const remove = useCalendarChange((closingPeriodId: string) =>
    unwrap(
      api.DELETE('/api/v1/calendar/closing-periods/{closingPeriodId}', {
        params: { path: { closingPeriodId } },
      }),
    ),
  );
  const common = institution ? calendar.closingPeriods : [];
  const own = institution ? institution.closingPeriods : calendar.closingPeriods;
  return (
    <Stack>
      {remove.error && <Notice kind="error">{remove.error.message}</Notice>}
      {common.length + own.length === 0 ? (
        <Text c="dimmed">{t.none}</Text>
      ) : (
        <table className={styles.table}>
          <thead>
            <tr>
              {[t.period, t.name, t.actions].map((label) => (
                <th key={label} scope="col">
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {common.map((period) => (
              <Line key={period.id} period={period} note={t.ofProvider} />
            ))}
            {own.map((period) => (
              <Line
                key={period.id}
                period={period}
                isBusy={remove.isPending}
                {...(mayChange && { onRemove: () => remove.mutate(period.id) })}
              />
            ))}
          </tbody>
        </table>
      )}
      {mayChange && <ClosingForm institutionId={institution?.id ?? null} />}
    </Stack>
  );
}

type LineProps = { period: Period; note?: string; isBusy?: boolean; onRemove?: () => void };

function Line({ period, note, isBusy = false, onRemove }: LineProps) {
  const t = useTexts(texts);
  const shown = useShownPeriod()(period);
  return (
    <tr>
      <td data-label={t.period}>{shown}</td>
      <td data-label={t.name}>{period.name}</td>
      <td data-label={t.actions}>
        {note}
        {onRemove && (
          <Button
            size="compact-sm"
            variant="default"
            disabled={isBusy}
            aria-label={`${t.remove}: ${period.name} ${shown}`}
            onClick={onRemove}
          >
            {t.remove}
          </Button>
        )}
      </td>
    </tr>
  );
}

/** A period in words: `毎年 12月31日〜1月3日`. */
function useShownPeriod(): (period: ClosingPeriod) => string {
  const t = useTexts(texts);
  const locale = useLocale();
  const monthDay = (day: string): string => t.monthDay(Number(day.slice(0, 2)), Number(day.slice(3)));
  return (period) =>
    isYearly(period)
      ? t.everyYear(t.range(monthDay(period.from), monthDay(period.to)))
      : t.range(showDay(period.from, locale), showDay(period.to, locale));
}
