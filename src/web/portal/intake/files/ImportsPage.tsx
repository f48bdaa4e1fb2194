import { Anchor, Button, FileInput, Group, NativeSelect, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { showInstant } from '#src/domain/days.ts';
import { isProblem } from '../../../api/problem-error.ts';
import { ErrorPage } from '../../../ui/ErrorPage.tsx';
import { Loading } from '../../../ui/Loading.tsx';
import { useLocale, useTexts } from '../../../ui/locale.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { Page } from '../../../ui/Page.tsx';
import { Downloads } from '../../parts/Downloads.tsx';
import styles from '../../settings/settings-table.module.css';
import { institutionsQuery } from '../intake-api.ts';
import { type Import, importsQuery, upload } from './import-api.ts';
import { texts } from './texts.ts';

/** ファイルでの取込: a new file, and what became of those before (取込履歴). */
export function ImportsPage() {
  const t = useTexts(texts);
  const { data, error } = useQuery(importsQuery);
  if (error) return <ErrorPage error={error} />;
  return (
    <Page title={t.title} actions={<Downloads path="imports" />}>
      <Text>{t.intro}</Text>
      <UploadForm />
      <section>
        <Title order={2} size="h5" mb="xs">
          {t.history}
        </Title>
        {!data && <Loading rows={4} />}
        {data?.data.length === 0 && <Text c="dimmed">{t.none}</Text>}
        {data && data.data.length > 0 && <History imports={data.data} />}
      </section>
    </Page>
  );
}

function UploadForm() {
  const t = useTexts(texts);
  const { data } = useQuery(institutionsQuery);
  const navigate = useNavigate();
  const [institutionId, setInstitution] = useState('');
  const [file, setFile] = useState<File | null>(null);
  const [isTried, setTried] = useState(false);
  const send = useMutation({
    mutationFn: (chosen: File) => upload(institutionId, chosen),
    onSuccess: ({ id }) => navigate({ to: '/intake/files/$importId', params: { importId: id } }),
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (institutionId && file) send.mutate(file);
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack maw="40rem">
        {send.error && (
          <Notice kind="error" title={send.error.message}>
            {isProblem(send.error) && send.error.errors.map(({ detail }) => <div key={detail}>{detail}</div>)}
          </Notice>
        )}
        {isTried && !(institutionId && file) && <Notice kind="error">{t.uploadNeeded}</Notice>}
        <NativeSelect
          label={t.institution}
          value={institutionId}
          onChange={(event) => setInstitution(event.currentTarget.value)}
          data={[
            { value: '', label: t.choose },
            ...(data?.data ?? []).map(({ id, name }) => ({ value: id, label: `${name} (${id})` })),
          ]}
        />
        <FileInput
          label={t.file}
          placeholder={t.choose}
          value={file}
          onChange={setFile}
          accept=".csv,.tsv,.txt,.xlsx"
        />
        <Group>
          <Button type="submit" loading={send.isPending}>
            {t.upload}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function History({ imports }: { imports: readonly Import[] }) {
  const t = useTexts(texts);
  const locale = useLocale();
  const labels = { institution: t.institution, ...t.columns };
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          {Object.values({ ...labels }).map((label) => (
            <th key={label} scope="col">
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {imports.map((each) => (
          <tr key={each.id}>
            <td data-label={labels.institution}>{each.institutionName}</td>
            <td data-label={labels.file}>
              <Anchor
                renderRoot={(props) => (
                  <Link to="/intake/files/$importId" params={{ importId: each.id }} {...props} />
                )}
              >
                {each.fileName}
              </Anchor>
            </td>
            <td data-label={labels.when}>{showInstant(new Date(each.uploadedAt), locale)}</td>
            <td data-label={labels.who}>{each.uploadedBy}</td>
            <td data-label={labels.state}>{t.states[each.state]}</td>
            <td data-label={labels.result}>
              {t.counts(each.result.created, each.result.known, each.result.refused)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
