import { Button, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { answerFormQuery } from '../../api/cases.ts';
import { ErrorPage } from '../../ui/ErrorPage.tsx';
import { Loading } from '../../ui/Loading.tsx';
import { useTexts } from '../../ui/locale.tsx';
import { Page } from '../../ui/Page.tsx';
import { AnswerEditor } from './AnswerEditor.tsx';
import { texts } from './texts.ts';

/** 手順書「必要内容をご入力ください」: the form of a case, or why there is none. */
export function AnswerPage() {
  const t = useTexts(texts);
  const { caseId } = useParams({ from: '/frame/cases/$caseId/answer' });
  const { data, error } = useQuery(answerFormQuery(caseId));
  if (error && !data) return <ErrorPage error={error} />;
  return (
    <Page title={`${t.title} ${caseId}`}>
      {!data && <Loading rows={12} />}
      {data && !data.canAnswer && (
        <>
          <Text>{t.cannotAnswer}</Text>
          <Button
            variant="default"
            renderRoot={(props) => <Link to="/cases/$caseId/request" params={{ caseId }} {...props} />}
          >
            {t.toCase}
          </Button>
        </>
      )}
      {data?.canAnswer && <AnswerEditor view={data} />}
    </Page>
  );
}
