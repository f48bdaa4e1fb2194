import { Box } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { showInstant } from '#src/domain/days.ts';
import { workerQuery } from '../../api/operations.ts';
import { useLocale, useTexts } from '../../ui/locale.tsx';
import { Notice } from '../../ui/Notice.tsx';

const texts = {
  ja: {
    stopped: '自動処理が停止しています',
    behind: '自動処理が遅れています',
    stoppedSince: (at: string) => `${at} から、メール・Webhookの送信や期限の処理が行われていません。`,
    stoppedEver: 'メール・Webhookの送信や期限の処理を行うプロセスが動いていません。',
    behindSince: (at: string) => `${at} から待っている処理があります。`,
    safe: '依頼と回答の登録は失われません。',
    more: '稼働状況を見る',
  },
  en: {
    stopped: 'Automatic processing has stopped',
    behind: 'Automatic processing is behind',
    stoppedSince: (at: string) => `No mail or webhook has been sent and no deadline processed since ${at}.`,
    stoppedEver: 'No process is running that sends mails and webhooks and processes deadlines.',
    behindSince: (at: string) => `Something has been waiting since ${at}.`,
    safe: 'Requests and answers are not lost.',
    more: 'See how the product runs',
  },
};

/** Tells operators, on every page, that nobody does the queued work, and since when. */
export function WorkerNotice() {
  const t = useTexts(texts);
  const locale = useLocale();
  const { data } = useQuery(workerQuery);
  if (!data || data.state === 'running') return null;
  const since = data.since === null ? undefined : showInstant(new Date(data.since), locale);
  const stopped = since ? t.stoppedSince(since) : t.stoppedEver;
  return (
    <Box mb="md">
      <Notice kind="error" title={t[data.state]}>
        {data.state === 'stopped' ? stopped : t.behindSince(since ?? '')} {t.safe}{' '}
        <Link to="/settings/operations">{t.more}</Link>
      </Notice>
    </Box>
  );
}
