import { Button, Stack, Text } from '@mantine/core';
import { isProblem } from '../api/problem-error.ts';
import { useTexts } from './locale.tsx';
import { Page } from './Page.tsx';

const texts = {
  ja: {
    wrong: 'エラーが発生しました',
    wrongDetail: '時間をおいてもう一度お試しください。入力した内容のうち、保存済みのものは失われていません。',
    notFound: 'ページが見つかりません',
    notFoundDetail: 'URLが正しいかご確認ください。ほかの加盟店様の案件は表示できません。',
    again: '再読み込み',
    top: '顧客サポートトップへ',
    number: 'お問い合わせ番号',
  },
  en: {
    wrong: 'Something went wrong',
    wrongDetail: 'Please try again later. Nothing that was saved is lost.',
    notFound: 'There is no such page',
    notFoundDetail: 'Please check the address. Cases of other merchants cannot be shown.',
    again: 'Reload',
    top: 'To the support top',
    number: 'Reference',
  },
};

/** Shown when a page could not be read: why, and what one can do. */
export function ErrorPage({ error }: { error: unknown }) {
  const t = useTexts(texts);
  if (isProblem(error, 'case_not_found', 'not_found', 'invalid_request')) return <NotFoundPage />;
  return (
    <Page title={t.wrong}>
      <Stack align="flex-start">
        <Text>{isProblem(error) ? error.message : t.wrongDetail}</Text>
        {isProblem(error) && error.requestId && (
          <Text size="sm" c="dimmed">
            {t.number}: {error.requestId}
          </Text>
        )}
        <Button onClick={() => window.location.reload()}>{t.again}</Button>
      </Stack>
    </Page>
  );
}

export function NotFoundPage() {
  const t = useTexts(texts);
  return (
    <Page title={t.notFound}>
      <Stack align="flex-start">
        <Text>{t.notFoundDetail}</Text>
        <Button component="a" href="/top" variant="default">
          {t.top}
        </Button>
      </Stack>
    </Page>
  );
}
