import { Button, Group, Stack, Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { api, unwrap } from '../../../api/client.ts';
import { useSession } from '../../../api/session.ts';
import { ErrorPage } from '../../../ui/ErrorPage.tsx';
import { Loading } from '../../../ui/Loading.tsx';
import { useTexts } from '../../../ui/locale.tsx';
import { Page } from '../../../ui/Page.tsx';
import { ProvenDownload } from '../../parts/ProvenDownload.tsx';
import { AuditFilters } from './AuditFilters.tsx';
import { AuditTable } from './AuditTable.tsx';
import { type AuditSearch, toQuery, xlsxAddress } from './audit-search.ts';
import { DownloadButton } from './DownloadButton.tsx';
import { TrailState } from './TrailState.tsx';
import { texts } from './texts.ts';

/** 設定 › 監査証跡 for operators, 操作履歴 for a merchant's admin. The address holds every filter. */
export function AuditPage() {
  const t = useTexts(texts);
  const { user } = useSession();
  const search: AuditSearch = useSearch({ from: '/frame/settings/audit' });
  const navigate = useNavigate();
  const { data, error, isPlaceholderData } = useQuery({
    queryKey: ['audit-entries', toQuery(search)],
    queryFn: () => unwrap(api.GET('/api/v1/audit-entries', { params: { query: toQuery(search) } })),
    placeholderData: keepPreviousData,
    // Every look is recorded: none is made that nobody asked for.
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
  if (error) return <ErrorPage error={error} />;
  const isOperator = user.kind === 'operator';
  const show = (wanted: AuditSearch): void => void navigate({ to: '/settings/audit', search: wanted });
  return (
    <Page
      title={isOperator ? t.title : t.history}
      actions={
        <Group gap="sm">
          <DownloadButton search={search} />
          <ProvenDownload href={xlsxAddress(search)}>{t.xlsx}</ProvenDownload>
        </Group>
      }
    >
      <Text size="sm" c="dimmed">
        {t.lead}
      </Text>
      {isOperator && <TrailState />}
      <AuditFilters key={JSON.stringify(search)} search={search} hasTenants={isOperator} onChange={show} />
      {!data && <Loading rows={10} />}
      {data && data.data.length === 0 && <Nothing onClear={() => show({})} />}
      {data && data.data.length > 0 && (
        <Stack gap="sm">
          <AuditTable rows={data.data} isStale={isPlaceholderData} />
          <Group justify="flex-end" className="no-print">
            {search.cursor && (
              <Button variant="default" onClick={() => show({ ...search, cursor: undefined })}>
                {t.first}
              </Button>
            )}
            {data.nextCursor && (
              <Button
                variant="default"
                onClick={() => show({ ...search, cursor: data.nextCursor ?? undefined })}
              >
                {t.next}
              </Button>
            )}
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
