import { Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { showInstant } from '#src/domain/days.ts';
import { api, unwrap } from '../../api/client.ts';
import { caseNotesQuery } from '../../api/console.ts';
import { useLocale, useTexts } from '../../ui/locale.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { problemOf } from '../../ui/problems.tsx';
import { deskTexts } from './desk-texts.ts';

const longestNote = 2000;

/** The internal notes of a case, the oldest first, and a field for another; what was typed stays when it fails. */
export function CaseNotes({ caseId, mayWrite }: { caseId: string; mayWrite: boolean }) {
  const t = useTexts(deskTexts);
  const locale = useLocale();
  const { data, error } = useQuery(caseNotesQuery(caseId));
  if (!data) return error && <Text c="dimmed">{error.message}</Text>;
  return (
    <Stack gap="sm">
      {data.data.length === 0 && <Text size="sm">{t.none}</Text>}
      {data.data.map(({ id, body, writtenBy, writtenAt }) => (
        <div key={id}>
          <Text size="sm" c="dimmed">
            {showInstant(new Date(writtenAt), locale)} {writtenBy ?? t.somebody}
          </Text>
          <Text size="sm" className="prewrap">
            {body}
          </Text>
        </div>
      ))}
      {mayWrite && <NoteForm caseId={caseId} />}
    </Stack>
  );
}

function NoteForm({ caseId }: { caseId: string }) {
  const t = useTexts(deskTexts);
  const client = useQueryClient();
  const [body, setBody] = useState('');
  const [isTried, setTried] = useState(false);
  const writing = useMutation({
    mutationFn: () =>
      unwrap(api.POST('/api/v1/cases/{caseId}/notes', { params: { path: { caseId } }, body: { body } })),
    onSuccess: (notes) => {
      client.setQueryData(caseNotesQuery(caseId).queryKey, notes);
      setBody('');
      setTried(false);
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (body.trim() !== '') writing.mutate();
  };
  const problem = problemOf(writing.error, 'body');
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="xs">
        {writing.error && !problem && <Notice kind="error">{writing.error.message}</Notice>}
        <Textarea
          label={t.note}
          description={t.private}
          autosize
          minRows={2}
          maxLength={longestNote}
          value={body}
          onChange={(event) => setBody(event.currentTarget.value)}
          error={problem ?? (isTried && body.trim() === '' && t.needed)}
        />
        <Group justify="flex-end">
          <Button type="submit" variant="default" loading={writing.isPending}>
            {t.add}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
