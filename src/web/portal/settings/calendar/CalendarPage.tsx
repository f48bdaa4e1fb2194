import { NativeSelect, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useSession } from '../../../api/session.ts';
import { ErrorPage } from '../../../ui/ErrorPage.tsx';
import { Loading } from '../../../ui/Loading.tsx';
import { useTexts } from '../../../ui/locale.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { Page } from '../../../ui/Page.tsx';
import { ClosingPeriods } from './ClosingPeriods.tsx';
import { ConfirmYear } from './ConfirmYear.tsx';
import { type Calendar, calendarQuery, periodsOf } from './calendar-queries.ts';
import { DueTermsTable } from './DueTermsTable.tsx';
import { Section } from './Section.tsx';
import { texts } from './texts.ts';
import { YearChoice } from './YearChoice.tsx';
import { YearView } from './YearView.tsx';

/** 設定 › 営業日・回答期限: closing days, the years in which they are confirmed, and how requests fall due. */
export function CalendarPage() {
  const t = useTexts(texts);
  const { data: calendar, error } = useQuery(calendarQuery);
  if (error && !calendar) return <ErrorPage error={error} />;
  return (
    <Page title={t.title}>
      <Text maw="60rem">{t.lead}</Text>
      {calendar ? <Sections calendar={calendar} /> : <Loading rows={8} />}
    </Page>
  );
}

function Sections({ calendar }: { calendar: Calendar }) {
  const t = useTexts(texts);
  const mayChange = useSession().user.rights.includes('manage_calendar');
  const navigate = useNavigate();
  const search = useSearch({ from: '/frame/settings/calendar' });
  const year = yearIn(search.year, calendar.today);
  const owner = calendar.institutions.find(({ id }) => id === search.owner);
  const show = (changed: { year?: string; owner?: string }): void =>
    void navigate({ to: '/settings/calendar', search: { ...search, ...changed }, resetScroll: false });
  return (
    <Stack gap="xl" maw="72rem">
      {calendar.yearsToConfirm.length > 0 && (
        <Notice kind="warning" title={t.toConfirm(calendar.yearsToConfirm)}>
          {t.toConfirmDetail}
        </Notice>
      )}
      <Section title={t.terms} id="terms">
        <DueTermsTable calendar={calendar} mayChange={mayChange} />
      </Section>
      <Section title={t.closingDays} id="closing-days">
        <Stack>
          <NativeSelect
            label={t.owner}
            maw="28rem"
            value={owner?.id ?? ''}
            data={[
              { value: '', label: t.provider },
              ...calendar.institutions.map(({ id, name }) => ({ value: id, label: `${id} ${name}` })),
            ]}
            onChange={(event) => show({ owner: event.currentTarget.value })}
          />
          <ClosingPeriods key={owner?.id} calendar={calendar} institution={owner} mayChange={mayChange} />
          <YearChoice year={year} onChange={(chosen) => show({ year: String(chosen) })} />
          <YearView year={year} periods={periodsOf(calendar, owner)} />
        </Stack>
      </Section>
      <ConfirmYear calendar={calendar} year={year} mayChange={mayChange} />
    </Stack>
  );
}

const firstYear = 2007;
const lastYear = 2050;

/** The year of the address, or that of today; holidays of others are not known. */
function yearIn(chosen: string | undefined, today: string): number {
  const year = Number(chosen ?? today.slice(0, 4));
  return Number.isInteger(year) && year >= firstYear && year <= lastYear ? year : Number(today.slice(0, 4));
}
