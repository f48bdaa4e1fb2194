import { Button, Group, NativeSelect, Pill, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { addDays, showDay } from '#src/domain/days.ts';
import { notificationCodes, notificationTypes } from '#src/domain/notification-types.ts';
import { institutionPageQuery } from '../../api/parties.ts';
import type { Statistics, StatisticsSearch } from '../../api/statistics.ts';
import { useLocale, useTexts } from '../../ui/locale.tsx';
import { texts } from './texts.ts';

type Props = {
  search: StatisticsSearch;
  found: Statistics | undefined;
  onChange: (change: StatisticsSearch) => void;
};

/** Which weeks, and of which cases. */
export function StatisticsFilters({ search, found, onChange }: Props) {
  const t = useTexts(texts);
  const locale = useLocale();
  const { data: institutions } = useQuery(institutionPageQuery({ limit: '200' }));
  return (
    <Group gap="sm" role="group" aria-label={t.filters} className="no-print">
      <Period search={search} found={found} onChange={onChange} />
      <NativeSelect
        aria-label={t.type}
        value={search.notificationType ?? ''}
        onChange={(event) => onChange({ notificationType: event.currentTarget.value || undefined })}
        data={[
          { value: '', label: t.allTypes },
          ...notificationCodes.map((code) => ({ value: code, label: notificationTypes[code].label[locale] })),
        ]}
      />
      <NativeSelect
        aria-label={t.institution}
        value={search.institutionId ?? ''}
        onChange={(event) => onChange({ institutionId: event.currentTarget.value || undefined })}
        data={[
          { value: '', label: t.allInstitutions },
          ...(institutions?.data ?? []).map(({ id, name }) => ({ value: id, label: name })),
        ]}
      />
      {search.mid && (
        <Pill
          size="md"
          withRemoveButton
          onRemove={() => onChange({ mid: undefined })}
          removeButtonProps={{
            'aria-label': t.removeMerchant(search.mid),
            tabIndex: 0,
            'aria-hidden': false,
          }}
        >
          {t.merchantChip(search.mid)}
        </Pill>
      )}
    </Group>
  );
}

/** So many weeks, and the way to those before and after them. */
function Period({ search, found, onChange }: Props) {
  const t = useTexts(texts);
  const locale = useLocale();
  const { weeks = '12' } = search;
  const choices = Object.keys(t.weeks).includes(weeks)
    ? t.weeks
    : { ...t.weeks, [weeks]: t.otherWeeks(weeks) };
  const isLast = !found || found.endsOn >= found.today;
  return (
    <>
      <NativeSelect
        aria-label={t.period}
        value={weeks}
        onChange={(event) => onChange({ weeks: event.currentTarget.value })}
        data={Object.entries(choices).map(([value, label]) => ({ value, label }))}
      />
      <Button
        variant="default"
        disabled={!found}
        onClick={() => found && onChange({ until: addDays(found.startsOn, -1) })}
      >
        {t.earlier}
      </Button>
      <Button variant="default" disabled={isLast} onClick={() => found && onChange(laterThan(found, weeks))}>
        {t.later}
      </Button>
      {found && (
        <Text size="sm" className="nowrap" role="status">
          {t.from(showDay(found.startsOn, locale), showDay(found.endsOn, locale))}
        </Text>
      )}
    </>
  );
}

/** The period after this one, and no later than now. */
function laterThan({ endsOn, today }: Statistics, weeks: string): StatisticsSearch {
  const until = addDays(endsOn, Number(weeks) * 7);
  return { until: until >= today ? undefined : until };
}
