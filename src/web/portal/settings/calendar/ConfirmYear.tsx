import { Button, Stack, Text } from '@mantine/core';
import { showInstant } from '#src/domain/days.ts';
import { api, unwrap } from '../../../api/client.ts';
import { useLocale, useTexts } from '../../../ui/locale.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { type Calendar, useCalendarChange } from './calendar-queries.ts';
import { Section } from './Section.tsx';
import { texts } from './texts.ts';

type Props = { calendar: Calendar; year: number; mayChange: boolean };

/** Whether somebody has said that the closing days of the year are complete, and the button that says so. */
export function ConfirmYear({ calendar, year, mayChange }: Props) {
  const t = useTexts(texts);
  const locale = useLocale();
  const confirm = useCalendarChange(() =>
    unwrap(api.POST('/api/v1/calendar/confirmed-years', { body: { year } })),
  );
  const found = calendar.confirmedYears.find((each) => each.year === year);
  const shown = found && showInstant(new Date(found.confirmedAt), locale);
  return (
    <Section title={`${t.confirmation} (${t.yearName(year)})`} id="confirmation">
      <Stack align="flex-start" maw="60rem">
        {confirm.error && <Notice kind="error">{confirm.error.message}</Notice>}
        <Text>
          {shown ? t.confirmed(year, found.confirmedBy ?? t.somebody, shown) : t.notConfirmed(year)}
        </Text>
        {!found && mayChange && (
          <Button loading={confirm.isPending} onClick={() => confirm.mutate(undefined)}>
            {t.confirm(year)}
          </Button>
        )}
      </Stack>
    </Section>
  );
}
