import { Button, Group, Stack, Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { api, unwrap } from '../../api/client.ts';
import { useSession } from '../../api/session.ts';
import { ErrorPage } from '../../ui/ErrorPage.tsx';
import { Loading } from '../../ui/Loading.tsx';
import { useTexts } from '../../ui/locale.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Page } from '../../ui/Page.tsx';
import { ProvenDownload } from '../parts/ProvenDownload.tsx';
import { CasesTable } from './CasesTable.tsx';
import { Filters } from './Filters.tsx';
import { changed, fileAddress, type ListSearch, toQuery } from './list-search.ts';
import { NewerBar } from './NewerBar.tsx';
import { texts } from './texts.ts';
import { useSelection } from './use-selection.ts';

// Merchants do not load what only operators do, and nobody waits for what is beside the list.
const BulkBar = lazy(async () => ({ default: (await import('./bulk/BulkBar.tsx')).BulkBar }));
const SavedFilters = lazy(async () => ({ default: (await import('./SavedFilters.tsx')).SavedFilters }));

/** 依頼管理表: the cases behind a count. The address holds every filter, so it can be kept and sent. */
export function CasesPage() {
  const t = useTexts(texts);
  const search: ListSearch = useSearch({ from: '/frame/cases' });
  const navigate = useNavigate();
  const { user } = useSession();
  const selection = useSelection();
  const maySelect = user.kind === 'operator' && user.rights.includes('handle_cases');
  const { data, error, isPlaceholderData, refetch } = useQuery({
    queryKey: ['cases', toQuery(search)],
    queryFn: async () => {
      const askedAt = Date.now();
      return { ...(await unwrap(api.GET('/api/v1/cases', { params: { query: toQuery(search) } }))), askedAt };
    },
    placeholderData: keepPreviousData,
    refetchOnWindowFocus: true,
  });
  // A list that could not be read anew stays, with what is open over it.
  if (error && !data) return <ErrorPage error={error} />;
  const hasRows = data !== undefined && data.data.length > 0;
  const show = (change: ListSearch): void => void navigate({ to: '/cases', search: changed(search, change) });
  return (
    <Page
      title={t.title}
      actions={
        <Group gap="sm">
          <ProvenDownload href={fileAddress(search, 'csv')}>{t.csv}</ProvenDownload>
          <ProvenDownload href={fileAddress(search, 'xlsx')}>{t.xlsx}</ProvenDownload>
        </Group>
      }
    >
      <Filters search={search} onChange={show}>
        <Suspense>
          <SavedFilters search={search} />
        </Suspense>
      </Filters>
      <NewerBar askedAt={data?.askedAt} onShow={() => void refetch()} />
      {error && <Notice kind="error">{error.message}</Notice>}
      {!data && <Loading rows={10} />}
      {maySelect && (
        <Suspense fallback={hasRows && <div style={{ minHeight: '1.875rem' }} />}>
          <BulkBar selection={selection} isShown={hasRows} />
        </Suspense>
      )}
      {data && !hasRows && <Nothing onClear={() => void navigate({ to: '/cases', search: {} })} />}
      {data && hasRows && (
        <Stack gap="sm">
          <CasesTable
            rows={data.data}
            selection={maySelect ? selection : undefined}
            sort={search.sort ?? 'due'}
            isStale={isPlaceholderData}
            onSort={(sort) => show({ sort })}
          />
          <Group justify="space-between" className="no-print">
            <Text size="sm" c="dimmed" visibleFrom="md">
              {t.keys}
            </Text>
            <Group>
              {search.cursor && (
                <Button variant="default" onClick={() => show({})}>
                  {t.first}
                </Button>
              )}
              {data.nextCursor && (
                <Button variant="default" onClick={() => show({ cursor: data.nextCursor ?? undefined })}>
                  {t.next}
                </Button>
              )}
            </Group>
          </Group>
        </Stack>
      )}
    </Page>
  );
}

function Nothing({ onClear }: { onClear: () => void }) {
  const t = useTexts(texts);
  return (
    <Stack align="center" py="xl" gap="xs">
      <Text fw={600}>{t.none}</Text>
      <Text c="dimmed">{t.noneDetail}</Text>
      <Button variant="default" onClick={onClear}>
        {t.clear}
      </Button>
    </Stack>
  );
}
