import { Group, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { showInstant } from '#src/domain/days.ts';
import { caseMailsQuery } from '../../api/case-mails.ts';
import type { Schemas } from '../../api/client.ts';
import { useLocale, useTexts } from '../../ui/locale.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Downloads } from '../parts/Downloads.tsx';
import { Facts } from '../parts/Facts.tsx';
import styles from './case.module.css';
import { mailTexts } from './mail-texts.ts';

type Mail = Schemas['CaseMails']['mails'][number];

/** For operators: what became of every mail about a case (配信記録), also on paper, as evidence. */
export function CaseMails({ caseId, isOpen }: { caseId: string; isOpen: boolean }) {
  const t = useTexts(mailTexts);
  const { data, error } = useQuery(caseMailsQuery(caseId));
  if (!data) return error && <Text c="dimmed">{error.message}</Text>;
  return (
    <section aria-labelledby="mails">
      <Group justify="space-between" gap="sm" mb="sm">
        <Title order={2} size="h5" id="mails">
          {t.title}
        </Title>
        {data.mails.length > 0 && <Downloads path={`cases/${caseId}/mails`} />}
      </Group>
      {isOpen && <Reach contacts={data.contacts} />}
      {data.mails.length === 0 && (
        <Text size="sm" c="dimmed">
          {t.none}
        </Text>
      )}
      {data.mails.map((mail) => (
        <article key={mail.id} className={styles.mail} aria-label={mail.messageId}>
          <MailFacts mail={mail} />
          <MailEvents mail={mail} />
        </article>
      ))}
    </section>
  );
}

/** Whether those who are to be told of the case can be. */
function Reach({ contacts: { all, unreachable } }: { contacts: Schemas['CaseMails']['contacts'] }) {
  const t = useTexts(mailTexts);
  if (all > 0 && unreachable === 0) return null;
  const what = unreachable === all ? t.noneReached : t.someNotReached(unreachable, all);
  return (
    <div className={styles.reach}>
      <Notice kind="warning">{all === 0 ? t.noContact : what}</Notice>
    </div>
  );
}

function MailFacts({ mail: { recipient, subject, tries, messageId, sha256, copyOf } }: { mail: Mail }) {
  const t = useTexts(mailTexts);
  return (
    <Facts
      facts={[
        [t.to, recipient ? `${recipient.name} <${recipient.address}>` : t.erased],
        [t.subject, subject ?? t.erased],
        [t.tries, `${tries}`],
        [t.messageId, messageId],
        ...(copyOf ? [[t.copyOf, copyOf] as const] : []),
        ...(sha256 ? [[t.sha256, sha256] as const] : []),
      ]}
    />
  );
}

function MailEvents({ mail: { queuedAt, state, events } }: { mail: Mail }) {
  const t = useTexts(mailTexts);
  const locale = useLocale();
  const shown = (instant: string): string => showInstant(new Date(instant), locale);
  return (
    <ol className={styles.timeline}>
      <li>
        <Text fw={600} size="sm">
          {state === 'kept' || state === 'cancelled' ? t[state] : t.queued}
        </Text>
        <Text size="sm" c="dimmed">
          {shown(queuedAt)}
        </Text>
      </li>
      {events.map(({ at, kind, reply, host, by }) => (
        <li key={`${at} ${kind}`}>
          <Text fw={600} size="sm">
            {t.events[kind]}
          </Text>
          <Text size="sm" c="dimmed">
            {[shown(at), reply && t.reply(reply), host && t.server(host), by && t.by(by)]
              .filter((part) => part !== null && part !== '')
              .map((part) => (
                <span key={part} className={styles.part}>
                  {part}
                </span>
              ))}
          </Text>
        </li>
      ))}
    </ol>
  );
}
