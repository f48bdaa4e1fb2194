import { Button, Group, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { api, unwrap } from '../../../api/client.ts';
import { useTexts } from '../../../ui/locale.tsx';
import { type AuditSearch, toFileQuery } from './audit-search.ts';
import { texts } from './texts.ts';

/** The filtered entries as a file. It is asked for like any call, so that a fresh proof of who one is can be asked for first. */
export function DownloadButton({ search }: { search: AuditSearch }) {
  const t = useTexts(texts);
  const { mutate, isPending, error } = useMutation({
    mutationFn: async () => {
      const file = await unwrap(
        api.GET('/api/v1/audit-entries.csv', { params: { query: toFileQuery(search) }, parseAs: 'blob' }),
      );
      saveAs(file, 'audit-trail.csv');
    },
  });
  return (
    <Group gap="sm" className="no-print">
      {error && (
        <Text size="sm" c="red" role="alert">
          {t.csvFailed} {error.message}
        </Text>
      )}
      <Button variant="default" size="xs" loading={isPending} onClick={() => mutate()}>
        {t.csv}
      </Button>
    </Group>
  );
}

function saveAs(file: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
