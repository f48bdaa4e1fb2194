import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { answerFormQuery } from '../../api/cases.ts';
import { ErrorPage } from '../../ui/ErrorPage.tsx';
import { Loading } from '../../ui/Loading.tsx';
import { useTexts } from '../../ui/locale.tsx';
import { Page } from '../../ui/Page.tsx';
import { AnswerEditor } from './AnswerEditor.tsx';
import { texts } from './texts.ts';

const NotPossible = lazy(async () => ({ default: (await import('./NotPossible.tsx')).NotPossible }));

/** 手順書「必要内容をご入力ください」: the form of a case, or why there is none. */
export function AnswerPage() {
  const t = useTexts(texts);
  const { caseId } = useParams({ from: '/frame/cases/$caseId/answer' });
  const { data, error } = useQuery(answerFormQuery(caseId));
  if (error && !data) return <ErrorPage error={error} />;
  return (
    <Page title={`${t.title} ${caseId}`}>
      {!data && <Loading rows={12} />}
      {data?.canAnswer && <AnswerEditor view={data} />}
      <Suspense>{data && !data.canAnswer && <NotPossible caseId={caseId} />}</Suspense>
    </Page>
  );
}
