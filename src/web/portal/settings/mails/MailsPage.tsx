import { Button, Stack, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useSession } from '../../../api/session.ts';
import { ErrorPage } from '../../../ui/ErrorPage.tsx';
import { Loading } from '../../../ui/Loading.tsx';
import { useTexts } from '../../../ui/locale.tsx';
import { Page } from '../../../ui/Page.tsx';
import { Downloads } from '../../parts/Downloads.tsx';
import { ChosenMails } from './ChosenMails.tsx';
import { MailsTable } from './MailsTable.tsx';
import { mostMailsAtOnce, undeliveredQuery } from './mails-api.ts';
import { texts } from './texts.ts';

/** 設定 › 未達メール: mails that did not arrive, to be sent again or settled. */
export function MailsPage() {
  const t = useTexts(texts);
  const { user } = useSession();
  const { data, error, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(undeliveredQuery);
  const [wanted, setWanted] = useState<ReadonlySet<string>>(new Set());
  if (error && !data) return <ErrorPage error={error} />;
  const mails = data?.pages.flatMap((page) => page.data) ?? [];
  // What somebody else dealt with meanwhile is no longer chosen.
  const chosen = new Set(mails.map(({ id }) => id).filter((id) => wanted.has(id)));
  const toggle = (id: string): void => {
    const next = new Set(chosen);
    if (!next.delete(id) && next.size < mostMailsAtOnce) next.add(id);
    setWanted(next);
  };
  const mayDeal = (user.rights as readonly string[]).includes('handle_cases');
  return (
    <Page title={t.title} actions={mails.length > 0 && <Downloads path="mails/undelivered" />}>
      <Text size="sm" c="dimmed">
        {t.lead}
      </Text>
      {mayDeal && data && <ChosenMails mails={mails} chosen={chosen} onChoose={setWanted} />}
      {!data && <Loading rows={8} />}
      {data && mails.length === 0 && <Text fw={600}>{t.none}</Text>}
      <Stack gap="md" align="flex-start">
        {mails.length > 0 && <MailsTable mails={mails} choosing={mayDeal ? { chosen, toggle } : undefined} />}
        {hasNextPage && (
          <Button variant="default" loading={isFetchingNextPage} onClick={() => fetchNextPage()}>
            {t.more}
          </Button>
        )}
      </Stack>
    </Page>
  );
}
