import { Button, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams, useSearch } from '@tanstack/react-router';
import { showTime } from '#src/domain/days.ts';
import { answerFormQuery } from '../../api/cases.ts';
import type { Schemas } from '../../api/client.ts';
import { ErrorPage } from '../../ui/ErrorPage.tsx';
import { Loading } from '../../ui/Loading.tsx';
import { useTexts } from '../../ui/locale.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Page } from '../../ui/Page.tsx';
import { CheckedAnswer } from './CheckedAnswer.tsx';
import { texts } from './texts.ts';

type View = Schemas['AnswerForm'];

/** 確認: the draft of one version exactly as it would be sent. Another version has to be looked at first. */
export function CheckPage() {
  const t = useTexts(texts);
  const { caseId } = useParams({ from: '/frame/cases/$caseId/answer/check' });
  const { v } = useSearch({ from: '/frame/cases/$caseId/answer/check' });
  const { data, error } = useQuery(answerFormQuery(caseId));
  if (error && !data) return <ErrorPage error={error} />;
  return (
    <Page title={`${t.checkTitle} ${caseId}`}>
      {data ? <Checked view={data} version={Number(v)} /> : <Loading rows={12} />}
    </Page>
  );
}

function Checked({ view, version }: { view: View; version: number }) {
  const t = useTexts(texts);
  const { draft, canAnswer } = view;
  const caseId = view.case.id;
  if (!canAnswer) {
    return (
      <>
        <Text>{t.cannotAnswer}</Text>
        <Button
          variant="default"
          renderRoot={(props) => <Link to="/cases/$caseId" params={{ caseId }} {...props} />}
        >
          {t.showCase}
        </Button>
      </>
    );
  }
  if (draft.check.problems.length > 0) {
    return (
      <>
        <Notice kind="error">{t.notComplete}</Notice>
        <Button renderRoot={(props) => <Link to="/cases/$caseId/answer" params={{ caseId }} {...props} />}>
          {t.toForm}
        </Button>
      </>
    );
  }
  if (draft.version !== version) return <OtherVersion view={view} />;
  return <CheckedAnswer view={view} />;
}

function OtherVersion({ view }: { view: View }) {
  const t = useTexts(texts);
  const { version, savedAt, savedBy } = view.draft;
  return (
    <>
      <Notice kind="warning">
        {t.draftChanged(savedBy ?? t.somebody, savedAt ? showTime(new Date(savedAt)) : '')}
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
    </>
  );
}
