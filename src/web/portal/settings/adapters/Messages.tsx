import { Button, Checkbox, Group, Stack, Text, Title } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { showInstant } from '#src/domain/days.ts';
import { ErrorPage } from '../../../ui/ErrorPage.tsx';
import { Loading } from '../../../ui/Loading.tsx';
import { useLocale, useTexts } from '../../../ui/locale.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { Downloads } from '../../parts/Downloads.tsx';
import styles from '../settings-table.module.css';
import { type AdapterMessage, adapterCalls, messagesQuery, useAdapterChange } from './adapters-api.ts';
import { texts } from './texts.ts';

/** What providers sent, the newest first, with the reason where it was refused and a way to read it again. */
export function Messages() {
  const t = useTexts(texts);
  const [onlyRefused, setOnlyRefused] = useState(true);
  const found = useInfiniteQuery(messagesQuery(onlyRefused ? 'refused' : undefined));
  const runAgain = useAdapterChange(adapterCalls.runAgain);
  if (found.error) return <ErrorPage error={found.error} />;
  const messages = found.data?.pages.flatMap(({ data }) => data);
  const columns = [t.at, t.name, t.event, t.outcome, t.actions];
  return (
    <Stack>
      <Title order={2} size="h3">
        {t.messages}
      </Title>
      <Group justify="space-between">
        <Checkbox
          label={t.showRefused}
          checked={onlyRefused}
          onChange={(event) => setOnlyRefused(event.currentTarget.checked)}
        />
        <Downloads path="adapter-messages" search={{ outcome: onlyRefused ? 'refused' : undefined }} />
      </Group>
      {runAgain.error && <Notice kind="error">{runAgain.error.message}</Notice>}
      {!messages && <Loading rows={4} />}
      {messages?.length === 0 && <Text c="dimmed">{t.noMessages}</Text>}
      {messages && messages.length > 0 && (
        <table className={styles.table}>
          <thead>
            <tr>
              {columns.map((label) => (
                <th key={label} scope="col">
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {messages.map((message) => (
              <MessageLine
                key={message.id}
                message={message}
                isBusy={runAgain.isPending}
                onRun={() => runAgain.mutate(message.id)}
              />
            ))}
          </tbody>
        </table>
      )}
      {found.hasNextPage && (
        <Button
          variant="default"
          loading={found.isFetchingNextPage}
          onClick={() => void found.fetchNextPage()}
        >
          {t.more}
        </Button>
      )}
    </Stack>
  );
}

type LineProps = { message: AdapterMessage; isBusy: boolean; onRun: () => void };

function MessageLine({ message, isBusy, onRun }: LineProps) {
  const t = useTexts(texts);
  const locale = useLocale();
  const { caseId, errors, eventKey, times } = message;
  return (
    <tr>
      <td data-label={t.at}>{showInstant(new Date(message.receivedAt), locale)}</td>
      <td data-label={t.name}>{message.adapterName}</td>
      <td data-label={t.event}>
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          {eventKey} {times > 1 && `(${t.times(times)})`}
        </Text>
      </td>
      <td data-label={t.outcome}>
        <div>
          {t.outcomes[message.outcome]}{' '}
          {caseId && (
            <Link to="/cases/$caseId" params={{ caseId }}>
              {caseId}
            </Link>
          )}
          {errors.map(({ pointer, code, detail }) => (
            <Text key={`${pointer} ${code}`} size="sm">
              {pointer} {detail}
            </Text>
          ))}
        </div>
      </td>
      <td data-label={t.actions}>
        {message.canRunAgain && (
          <Button
            size="compact-sm"
            variant="default"
            disabled={isBusy}
            aria-label={`${t.runAgain}: ${eventKey}`}
            onClick={onRun}
          >
            {t.runAgain}
          </Button>
        )}
      </td>
    </tr>
  );
}
