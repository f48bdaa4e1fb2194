import { Button, NativeSelect, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { showDay } from '#src/domain/days.ts';
import { type NotificationCode, notificationTypes } from '#src/domain/notification-types.ts';
import { type Statistics, type StatisticsSearch, statisticsQuery } from '../../api/statistics.ts';
import { ErrorPage } from '../../ui/ErrorPage.tsx';
import { Loading } from '../../ui/Loading.tsx';
import { useLocale, useTexts } from '../../ui/locale.tsx';
import { Page } from '../../ui/Page.tsx';
import { Downloads } from '../parts/Downloads.tsx';
import { FiguresTable } from './FiguresTable.tsx';
import { Plots } from './Plots.tsx';
import { StatisticsFilters } from './StatisticsFilters.tsx';
import { Totals } from './Totals.tsx';
import { texts } from './texts.ts';

/** 統計: how many requests came, how long answers took and how many were in time. The address holds period and filters. */
export function StatisticsPage() {
  const t = useTexts(texts);
  const search: StatisticsSearch = useSearch({ from: '/frame/statistics' });
  const navigate = useNavigate();
  const { data, error, isPlaceholderData } = useQuery(statisticsQuery(search));
  if (error) return <ErrorPage error={error} />;
  const show = (change: StatisticsSearch): void =>
    void navigate({ to: '/statistics', search: { ...search, ...change } });
  return (
    <Page title={t.title}>
      <Text>{t.lead}</Text>
      <StatisticsFilters search={search} found={data} onChange={show} />
      {!data && <Loading rows={10} />}
      {data && isNothing(data) && (
        <Stack align="center" py="xl" gap="xs">
          <Text fw={600}>{t.none}</Text>
          <Text c="dimmed">{t.noneDetail}</Text>
          <Button variant="default" onClick={() => void navigate({ to: '/statistics', search: {} })}>
            {t.clear}
          </Button>
        </Stack>
      )}
      {data && !isNothing(data) && (
        <Stack gap="xl">
          <Totals total={data.total} />
          <Plots weeks={data.weeks} isStale={isPlaceholderData} />
          <ByWeek found={data} search={search} />
          <ByPart found={data} search={search} onChange={show} />
          <Text size="sm" c="dimmed">
            {t.basis}
          </Text>
        </Stack>
      )}
    </Page>
  );
}

const isNothing = ({ total: { requested, answeredInTime, answeredLate, expired } }: Statistics): boolean =>
  requested + answeredInTime + answeredLate + expired === 0;

type TableProps = { found: Statistics; search: StatisticsSearch };

function ByWeek({ found: { weeks }, search: { split: _, ...filter } }: TableProps) {
  const t = useTexts(texts);
  const locale = useLocale();
  return (
    <FiguresTable
      title={t.byWeek}
      first={t.week}
      lines={weeks.map((week) => ({
        key: week.weekStartsOn,
        head: `${showDay(week.weekStartsOn, locale)}${week.isRunning ? ` (${t.thisWeek})` : ''}`,
        figures: week,
      }))}
      downloads={<Downloads path="statistics/weeks" search={filter} />}
    />
  );
}

const filterOf = { type: 'notificationType', institution: 'institutionId', merchant: 'mid' } as const;

const splitOf = ({ split }: StatisticsSearch): Statistics['split'] =>
  split === 'institution' || split === 'merchant' ? split : 'type';

function ByPart({ found, search, onChange }: TableProps & { onChange: (change: StatisticsSearch) => void }) {
  const t = useTexts(texts);
  const locale = useLocale();
  // While others are on their way the parts are still those of before.
  const { split } = found;
  const nameOf = (code: string, name: string | null): string =>
    split === 'type'
      ? notificationTypes[code as NotificationCode].label[locale]
      : `${split === 'merchant' ? `${code} ` : ''}${name ?? code}`;
  const narrowed = (code: string, name: string): ReactNode => (
    <button type="button" title={t.narrow(name)} onClick={() => onChange({ [filterOf[split]]: code })}>
      {name}
    </button>
  );
  return (
    <Stack gap="sm">
      <NativeSelect
        label={t.split}
        w="12rem"
        className="no-print"
        value={splitOf(search)}
        onChange={(event) => onChange({ split: event.currentTarget.value })}
        data={Object.entries(t.splits).map(([value, label]) => ({ value, label }))}
      />
      <FiguresTable
        title={t.byPart[split]}
        first={t.part[split]}
        lines={found.parts.map((part) => ({
          key: part.code,
          head: narrowed(part.code, nameOf(part.code, part.name)),
          figures: part,
        }))}
        downloads={<Downloads path="statistics/parts" search={search} />}
      />
      {found.partsLeftOut > 0 && (
        <Text size="sm" c="dimmed">
          {t.leftOut(found.partsLeftOut.toLocaleString(locale))}
        </Text>
      )}
    </Stack>
  );
}
