import { Button, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams, useSearch } from '@tanstack/react-router';
import { checkQuery } from '../../api/cases.ts';
import type { Schemas } from '../../api/client.ts';
import { ErrorPage } from '../../ui/ErrorPage.tsx';
import { Loading } from '../../ui/Loading.tsx';
import { useLocale, useTexts } from '../../ui/locale.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Page } from '../../ui/Page.tsx';
import { shownWhen } from '../parts/shown-when.ts';
import { CheckedAnswer } from './CheckedAnswer.tsx';
import { NotPossible } from './NotPossible.tsx';
import { texts } from './texts.ts';

type View = Schemas['AnswerForm'];

/** 確認: the draft of one version exactly as it would be sent. Another version has to be looked at first. */
export function CheckPage() {
  const t = useTexts(texts);
  const locale = useLocale();
  const { caseId } = useParams({ from: '/frame/cases/$caseId/answer/check' });
  const { v } = useSearch({ from: '/frame/cases/$caseId/answer/check' });
  const { data, error } = useQuery(checkQuery(caseId, v, locale));
  if (error && !data) return <ErrorPage error={error} />;
  return (
    <Page title={`${t.checkTitle} ${caseId}`}>
      {data ? <Checked view={data} asked={v} /> : <Loading rows={12} />}
    </Page>
  );
}

/** An address without a version asks for the draft as it is; it is that version which is registered then. */
function Checked({ view, asked }: { view: View; asked: string | undefined }) {
  const { draft, canAnswer } = view;
  if (!canAnswer) return <NotPossible caseId={view.case.id} />;
  if (asked !== undefined && String(draft.version) !== asked) return <OtherVersion view={view} />;
  if (draft.check.problems.length > 0) return <NotComplete caseId={view.case.id} />;
  return <CheckedAnswer key={`${draft.version} ${draft.check.sha256}`} view={view} />;
}

function OtherVersion({ view }: { view: View }) {
  const t = useTexts(texts);
  const locale = useLocale();
  const { version, savedAt, savedBy } = view.draft;
  return (
    <Stack align="flex-start">
      <Notice kind="warning">
        {savedAt === null ? t.noDraft : t.draftChanged(savedBy ?? t.somebody, shownWhen(savedAt, locale))}
      </Notice>
      <Button
        renderRoot={(props) => (
          <Link
            to="/cases/$caseId/answer/check"
            params={{ caseId: view.case.id }}
            search={{ v: String(version) }}
            replace
            {...props}
          />
        )}
      >
        {t.lookAgain}
      </Button>
    </Stack>
  );
}

function NotComplete({ caseId }: { caseId: string }) {
  const t = useTexts(texts);
  return (
    <Stack align="flex-start">
      <Notice kind="error">{t.notComplete}</Notice>
      <Button renderRoot={(props) => <Link to="/cases/$caseId/answer" params={{ caseId }} {...props} />}>
        {t.toForm}
      </Button>
    </Stack>
  );
}
