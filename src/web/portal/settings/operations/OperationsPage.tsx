import { Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { showInstant } from '#src/domain/days.ts';
import { type OperationsState, operationsQuery } from '../../../api/operations.ts';
import { ErrorPage } from '../../../ui/ErrorPage.tsx';
import { Loading } from '../../../ui/Loading.tsx';
import { useLocale, useTexts } from '../../../ui/locale.tsx';
import { Page } from '../../../ui/Page.tsx';
import { Facts } from '../../parts/Facts.tsx';
import { ProcessTable } from './ProcessTable.tsx';
import { QueueTable } from './QueueTable.tsx';
import { texts } from './texts.ts';

/** 設定 › 稼働状況: which processes live, and what waits for them. */
export function OperationsPage() {
  const t = useTexts(texts);
  const locale = useLocale();
  const { data, error } = useQuery(operationsQuery);
  if (error && !data) return <ErrorPage error={error} />;
  return (
    <Page title={t.title}>
      {!data && <Loading rows={10} />}
      {data && (
        <Stack gap="xl">
          <Text size="sm" c="dimmed">
            {t.lead(showInstant(new Date(data.at), locale))}
          </Text>
          <Section title={t.summary} id="summary">
            <Waiting state={data} />
          </Section>
          <Section title={t.processes} id="processes">
            <ProcessTable processes={data.processes} />
          </Section>
          <Section title={t.queues} id="queues">
            <QueueTable queues={data.queues} />
          </Section>
        </Stack>
      )}
    </Page>
  );
}

function Section({ title, id, children }: { title: string; id: string; children: ReactNode }) {
  return (
    <section aria-labelledby={id}>
      <Title order={2} size="h5" id={id} mb="sm">
        {title}
      </Title>
      {children}
    </section>
  );
}

function Waiting({ state: { mails, webhooks, replies, deadlines } }: { state: OperationsState }) {
  const t = useTexts(texts);
  const locale = useLocale();
  const queued = t.count(mails.queued);
  const oldest = mails.oldestAt && showInstant(new Date(mails.oldestAt), locale);
  return (
    <Facts
      facts={[
        [t.overdue, t.count(deadlines.overdue)],
        [t.withinDay, t.count(deadlines.withinDay)],
        [t.mails, oldest ? t.oldest(queued, oldest) : queued],
        [t.mailsUndelivered, t.count(mails.undelivered)],
        [t.webhooks, t.count(webhooks.pending)],
        [t.webhooksDead, t.count(webhooks.dead)],
        [t.replies, t.count(replies.waiting)],
        [t.repliesFailed, t.count(replies.failed)],
      ]}
    />
  );
}
