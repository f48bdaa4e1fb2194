import { Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ErrorPage } from '../../../ui/ErrorPage.tsx';
import { Loading } from '../../../ui/Loading.tsx';
import { useTexts } from '../../../ui/locale.tsx';
import { Page } from '../../../ui/Page.tsx';
import { Section } from '../calendar/Section.tsx';
import { ChannelsTable } from './ChannelsTable.tsx';
import { FilesTable } from './FilesTable.tsx';
import { channelsQuery } from './returns-queries.ts';
import { SetAsideTable } from './SetAsideTable.tsx';
import { texts } from './texts.ts';

/** 設定 › 返送: how answers go back to each institution as files, and what became of the files. */
export function ReturnsPage() {
  const t = useTexts(texts);
  const { data, error } = useQuery(channelsQuery);
  if (error && !data) return <ErrorPage error={error} />;
  return (
    <Page title={t.title}>
      <Text maw="60rem">{t.lead}</Text>
      {!data && <Loading rows={8} />}
      {data && (
        <Stack gap="xl" maw="80rem">
          <Section title={t.institutions} id="institutions">
            <ChannelsTable place={data.place} channels={data.data} />
          </Section>
          {data.data.some(({ setAside }) => setAside > 0) && (
            <Section title={t.setAside} id="set-aside">
              <SetAsideTable />
            </Section>
          )}
          <Section title={t.files} id="files">
            <FilesTable />
          </Section>
        </Stack>
      )}
    </Page>
  );
}
