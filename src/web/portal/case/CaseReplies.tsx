import { Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { showInstant } from '#src/domain/days.ts';
import { replyReasons, replyStates } from '#src/domain/replies.ts';
import type { Schemas } from '../../api/client.ts';
import { caseRepliesQuery } from '../../api/replies.ts';
import { useSession } from '../../api/session.ts';
import { useLocale, useTexts } from '../../ui/locale.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { ReplyActions } from '../parts/ReplyActions.tsx';
import styles from './case.module.css';
import { caseReplyTexts } from './reply-texts.ts';

type Found = Schemas['CaseReplies'];
type Sent = Found['data'][number];

/** For operators: what became of each version of the answer at the provider that asked. Nothing where no provider did. */
export function CaseReplies({ caseId }: { caseId: string }) {
  const t = useTexts(caseReplyTexts);
  const { data, error } = useQuery(caseRepliesQuery(caseId));
  if (!data) return error && <Text c="dimmed">{error.message}</Text>;
  const { adapter } = data;
  if (!adapter) return null;
  return (
    <section className={`${styles.retention} no-print`} aria-labelledby="replies">
      <Stack gap="sm">
        <Title order={2} size="h5" id="replies">
          {t.title}
        </Title>
        <Text size="sm">
          {t.cameBy(adapter.name)}
          {data.data.length === 0 && outlook(adapter, t)}
        </Text>
        {adapter.isOn && adapter.takesAnswer && adapter.isBroken && <Notice kind="error">{t.broken}</Notice>}
        {data.data.map((reply) => (
          <SentVersion key={reply.id} reply={reply} />
        ))}
      </Stack>
    </section>
  );
}

function outlook(
  { takesAnswer, isOn }: NonNullable<Found['adapter']>,
  t: (typeof caseReplyTexts)['ja' | 'en'],
): string {
  if (!takesAnswer) return t.takesNone;
  return isOn ? t.willSend : t.off;
}

function SentVersion({ reply }: { reply: Sent }) {
  const t = useTexts(caseReplyTexts);
  const locale = useLocale();
  const { user } = useSession();
  const { version, state, reason, tries, nextAttemptAt, endedAt, providerReference, calls } = reply;
  const shown = (instant: string): string => showInstant(new Date(instant), locale);
  const facts = [
    endedAt && shown(endedAt),
    tries > 0 && t.tries(tries),
    nextAttemptAt && state === 'waiting' && tries > 0 && t.next(shown(nextAttemptAt)),
    providerReference && t.provider(providerReference),
  ];
  return (
    <Stack component="article" gap={4} aria-label={t.version(version)}>
      <Text fw={600} size="sm">
        {t.version(version)}　{replyStates[state][locale]}
      </Text>
      {reason && <Text size="sm">{replyReasons[reason][locale]}</Text>}
      <Text size="sm" c="dimmed">
        {facts.filter(Boolean).join('　')}
      </Text>
      {user.rights.includes('handle_cases') && <ReplyActions reply={reply} />}
      {calls.length > 0 && <Calls calls={calls} />}
    </Stack>
  );
}

function Calls({ calls }: { calls: Sent['calls'] }) {
  const t = useTexts(caseReplyTexts);
  const locale = useLocale();
  return (
    <details>
      <summary>{t.calls}</summary>
      <ol className={styles.timeline}>
        {calls.map(({ at, call, status, reason, said, milliseconds }) => (
          <li key={`${at} ${call}`}>
            <Text size="sm">
              {call}　{status === null ? t.unreachable(reason ?? '') : t.status(status)}　{t.ms(milliseconds)}
            </Text>
            {said && (
              <Text size="sm" style={{ whiteSpace: 'pre-wrap' }}>
                {said}
              </Text>
            )}
            <Text size="sm" c="dimmed">
              {showInstant(new Date(at), locale)}
            </Text>
          </li>
        ))}
      </ol>
    </details>
  );
}
