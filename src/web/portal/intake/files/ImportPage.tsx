import { Anchor, Button, Group, Progress, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { ErrorPage } from '../../../ui/ErrorPage.tsx';
import { Loading } from '../../../ui/Loading.tsx';
import { useTexts } from '../../../ui/locale.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { Page } from '../../../ui/Page.tsx';
import { type Import, importQuery, previewQuery, type Step, useImportStep } from './import-api.ts';
import { MappingForm } from './MappingForm.tsx';
import { PreviewTable, ProblemsTable } from './PreviewTable.tsx';
import { texts } from './texts.ts';

/** One import from its mapping to its result. */
export function ImportPage() {
  const t = useTexts(texts);
  const { importId } = useParams({ from: '/frame/intake/files/$importId' });
  const { data, error } = useQuery(importQuery(importId));
  if (error && !data) return <ErrorPage error={error} />;
  return (
    <Page
      title={data ? `${t.importTitle} ${data.fileName}` : t.importTitle}
      actions={<Anchor renderRoot={(props) => <Link to="/intake/files" {...props} />}>{t.back}</Anchor>}
    >
      {data ? <Whole found={data} /> : <Loading rows={8} />}
    </Page>
  );
}

function Whole({ found }: { found: Import }) {
  const t = useTexts(texts);
  const [isMapping, setMapping] = useState(found.state === 'mapping');
  const wantsFile = !found.isErased && ['mapping', 'checking', 'checked'].includes(found.state);
  const preview = useQuery({ ...previewQuery(found.id, found.mapping), enabled: wantsFile });
  if (preview.error) return <Notice kind="error">{preview.error.message}</Notice>;
  const showsMapping = wantsFile && isMapping;
  return (
    <Stack gap="lg">
      <Text>
        {found.institutionName}: {t.states[found.state]}
      </Text>
      {found.reason && <Notice kind="error">{found.reason}</Notice>}
      {found.isErased && <Text c="dimmed">{t.erased}</Text>}
      {showsMapping && preview.data && (
        <MappingForm found={found} preview={preview.data} onDone={() => setMapping(false)} />
      )}
      {!showsMapping && <Standing found={found} onMap={() => setMapping(true)} />}
      {!showsMapping && found.problems.length > 0 && <ProblemsTable found={found} />}
      {wantsFile && preview.data && <PreviewTable preview={preview.data} mapping={found.mapping} />}
    </Stack>
  );
}

function Standing({ found, onMap }: { found: Import; onMap: () => void }) {
  const t = useTexts(texts);
  const step = useImportStep(found.id);
  const { check, result, state } = found;
  const isAtWork = state === 'running' || state === 'cancelling';
  const isOver = state === 'done' || state === 'cancelled' || state === 'failed';
  const button = (name: Step, label: string, variant: 'filled' | 'default') => (
    <Button variant={variant} loading={step.isPending} onClick={() => step.mutate(name)}>
      {label}
    </Button>
  );
  return (
    <Stack>
      {step.error && <Notice kind="error">{step.error.message}</Notice>}
      {state === 'checking' && <Text role="status">{t.checkedSoFar(check.line)}</Text>}
      {state === 'checked' && (
        <Notice
          kind={check.wrong > 0 ? 'warning' : 'info'}
          title={t.checkResult(check.new, check.known, check.wrong)}
        >
          {t.confirmNotice}
        </Notice>
      )}
      {(isAtWork || isOver) && check.line > 1 && (
        <>
          <Progress
            value={(100 * (result.line - 1)) / Math.max(1, check.line - 1)}
            aria-label={t.progressLabel}
          />
          <Text role="status">
            {t.progress(result.line - 1, check.line - 1)}:{' '}
            {t.counts(result.created, result.known, result.refused)}
          </Text>
        </>
      )}
      {state === 'cancelled' && <Text>{t.staysIn}</Text>}
      <Group>
        {state === 'checked' && button('confirmation', t.confirm, 'filled')}
        {state === 'checked' && (
          <Button variant="default" onClick={onMap}>
            {t.changeMap}
          </Button>
        )}
        {['checking', 'checked', 'running'].includes(state) && button('cancellation', t.cancel, 'default')}
        {isOver &&
          state !== 'done' &&
          result.line > 1 &&
          !found.isErased &&
          button('resumption', t.resume, 'default')}
        {(isAtWork || isOver) && (
          <Anchor href={`/api/v1/imports/${found.id}/result.csv`} download>
            {t.download}
          </Anchor>
        )}
      </Group>
    </Stack>
  );
}
