import { Button, Group, Stack, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { showInstant } from '#src/domain/days.ts';
import { Loading } from '../../../ui/Loading.tsx';
import { useLocale, useTexts } from '../../../ui/locale.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { Downloads } from '../../parts/Downloads.tsx';
import { ProvenDownload } from '../../parts/ProvenDownload.tsx';
import styles from '../settings-table.module.css';
import { filesQuery, type ReturnFile, returnCalls, useReturnChange } from './returns-queries.ts';
import { texts } from './texts.ts';

/** The files of answers, newest first, with what became of each. */
export function FilesTable() {
  const t = useTexts(texts);
  const { data, error, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(filesQuery);
  if (error && !data) return <Notice kind="error">{error.message}</Notice>;
  if (!data) return <Loading rows={4} />;
  const files = data.pages.flatMap((page) => page.data);
  if (files.length === 0) return <Text c="dimmed">{t.noFiles}</Text>;
  return (
    <Stack align="flex-start">
      <Downloads path="return-files" />
      <table className={styles.table}>
        <thead>
          <tr>
            {[t.file, t.institution, t.answers, t.made, t.state, t.actions].map((label) => (
              <th key={label} scope="col">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {files.map((file) => (
            <Line key={file.id} file={file} />
          ))}
        </tbody>
      </table>
      {hasNextPage && (
        <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t.more}
        </Button>
      )}
    </Stack>
  );
}

function Line({ file }: { file: ReturnFile }) {
  const t = useTexts(texts);
  const locale = useLocale();
  const again = useReturnChange(() => returnCalls.writeAgain(file.id));
  return (
    <tr>
      <th scope="row" data-label={t.file}>
        {file.name}
      </th>
      <td data-label={t.institution}>{file.institutionId}</td>
      <td data-label={t.answers}>{file.answers}</td>
      <td data-label={t.made}>{showInstant(new Date(file.madeAt), locale)}</td>
      <td data-label={t.state}>
        <div>
          {t.states[file.state]}
          {file.lastError && (
            <Text size="sm" c="red">
              {t.tries(file.tries, file.lastError)}
            </Text>
          )}
        </div>
      </td>
      <td data-label={t.actions}>
        <Group gap="sm">
          <Button
            size="compact-sm"
            variant="default"
            loading={again.isPending}
            onClick={() => again.mutate(undefined)}
            aria-label={`${file.name} ${t.writeAgain}`}
          >
            {t.writeAgain}
          </Button>
          <ProvenDownload href={`/api/v1/return-files/${file.id}/content`}>{t.download}</ProvenDownload>
        </Group>
        {again.error && (
          <Text size="sm" c="red" role="alert">
            {again.error.message}
          </Text>
        )}
      </td>
    </tr>
  );
}
