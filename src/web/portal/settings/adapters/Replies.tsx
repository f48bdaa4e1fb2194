import { Button, Checkbox, Stack, Text, Title } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { showInstant } from '#src/domain/days.ts';
import { replyReasons, replyStates } from '#src/domain/replies.ts';
import { type Reply, repliesQuery } from '../../../api/replies.ts';
import { useSession } from '../../../api/session.ts';
import { ErrorPage } from '../../../ui/ErrorPage.tsx';
import { Loading } from '../../../ui/Loading.tsx';
import { useLocale, useTexts } from '../../../ui/locale.tsx';
import { ReplyActions } from '../../parts/ReplyActions.tsx';
import styles from '../settings-table.module.css';
import { replyTexts } from './reply-texts.ts';

/** The answers that are sent to providers, the newest first, with the reason where one failed. */
export function Replies() {
  const t = useTexts(replyTexts);
  const [onlyFailed, setOnlyFailed] = useState(true);
  const found = useInfiniteQuery(repliesQuery(onlyFailed ? 'failed' : undefined));
  if (found.error) return <ErrorPage error={found.error} />;
  const replies = found.data?.pages.flatMap(({ data }) => data);
  const columns = [t.registered, t.name, t.case, t.state, t.actions];
  return (
    <Stack>
      <Title order={2} size="h3">
        {t.replies}
      </Title>
      <Checkbox
        label={t.onlyFailed}
        checked={onlyFailed}
        onChange={(event) => setOnlyFailed(event.currentTarget.checked)}
      />
      {!replies && <Loading rows={4} />}
      {replies?.length === 0 && <Text c="dimmed">{t.none}</Text>}
      {replies && replies.length > 0 && (
        <table className={styles.table} aria-label={t.replies}>
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
            {replies.map((reply) => (
              <ReplyLine key={reply.id} reply={reply} />
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

function ReplyLine({ reply }: { reply: Reply }) {
  const t = useTexts(replyTexts);
  const locale = useLocale();
  const { user } = useSession();
  const { caseId, version, state, reason, createdAt, adapterName } = reply;
  return (
    <tr>
      <td data-label={t.registered}>{showInstant(new Date(createdAt), locale)}</td>
      <td data-label={t.name}>{adapterName}</td>
      <td data-label={t.case}>
        <span>
          <Link to="/cases/$caseId" params={{ caseId }}>
            {caseId}
          </Link>{' '}
          {t.version(version)}
        </span>
      </td>
      <td data-label={t.state}>
        <div>
          {replyStates[state][locale]}
          {reason && <Text size="sm">{replyReasons[reason][locale]}</Text>}
        </div>
      </td>
      <td data-label={t.actions}>{user.rights.includes('handle_cases') && <ReplyActions reply={reply} />}</td>
    </tr>
  );
}
