import { Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Schemas } from '../../api/client.ts';
import { inboxQuery } from '../../api/console.ts';
import { useSession } from '../../api/session.ts';
import { ErrorPage } from '../../ui/ErrorPage.tsx';
import { Loading } from '../../ui/Loading.tsx';
import { useLocale, useTexts } from '../../ui/locale.tsx';
import { Page } from '../../ui/Page.tsx';
import styles from './inbox.module.css';
import { texts } from './texts.ts';

type Inbox = Schemas['Inbox'];
type Part = Exclude<keyof Inbox, 'mostCounted'>;
type Place = { to: string; search?: Record<string, string>; right?: string };

/** Where each part is dealt with; without a place its number alone is told. */
const parts: readonly { group: 'cases' | 'deliveries' | 'intake'; part: Part; place?: Place }[] = [
  { group: 'cases', part: 'mine', place: { to: '/cases', search: { assignee: 'me' } } },
  { group: 'cases', part: 'unassigned', place: { to: '/cases', search: { assignee: 'none' } } },
  { group: 'cases', part: 'overdue', place: { to: '/cases', search: { due: 'overdue' } } },
  {
    group: 'cases',
    part: 'corrections',
    place: { to: '/cases', search: { asked: 'correction', status: 'answered' } },
  },
  { group: 'cases', part: 'extensions', place: { to: '/cases', search: { asked: 'extension' } } },
  { group: 'cases', part: 'nobodyTold', place: { to: '/settings/contacts', right: 'manage_contacts' } },
  { group: 'deliveries', part: 'mailsUndelivered', place: { to: '/settings/mails' } },
  {
    group: 'deliveries',
    part: 'webhooksDead',
    place: { to: '/settings/webhooks', right: 'manage_webhooks' },
  },
  { group: 'deliveries', part: 'webhooksOff', place: { to: '/settings/webhooks', right: 'manage_webhooks' } },
  {
    group: 'deliveries',
    part: 'repliesFailed',
    place: { to: '/settings/adapters', right: 'take_in_cases' },
  },
  {
    group: 'deliveries',
    part: 'outletsBroken',
    place: { to: '/settings/adapters', right: 'take_in_cases' },
  },
  { group: 'intake', part: 'importsWithErrors', place: { to: '/intake/files', right: 'take_in_cases' } },
  { group: 'intake', part: 'messagesRefused', place: { to: '/settings/adapters', right: 'take_in_cases' } },
];

/** 対応待ち: what waits for an operator, each with the way to where it is dealt with. */
export function InboxPage() {
  const t = useTexts(texts);
  const { data, error } = useQuery(inboxQuery);
  if (error && !data) return <ErrorPage error={error} />;
  const isEmpty = data && parts.every(({ part }) => data[part] === 0);
  return (
    <Page title={t.title}>
      <Text size="sm" c="dimmed">
        {t.lead}
      </Text>
      {!data && <Loading rows={11} />}
      {isEmpty && <Text fw={600}>{t.nothing}</Text>}
      {data && (
        <Stack gap="xl">
          {(['cases', 'deliveries', 'intake'] as const).map((group) => (
            <Group key={group} group={group} inbox={data} />
          ))}
        </Stack>
      )}
    </Page>
  );
}

function Group({ group, inbox }: { group: 'cases' | 'deliveries' | 'intake'; inbox: Inbox }) {
  const t = useTexts(texts);
  return (
    <section aria-labelledby={group}>
      <Title order={2} size="h5" id={group} mb="xs">
        {t[group]}
      </Title>
      <ul className={styles.list}>
        {parts
          .filter((each) => each.group === group)
          .map(({ part, place }) => (
            <li key={part}>
              <Line part={part} place={place} inbox={inbox} />
            </li>
          ))}
      </ul>
    </section>
  );
}

function Line({ part, place, inbox }: { part: Part; place: Place | undefined; inbox: Inbox }) {
  const t = useTexts(texts);
  const locale = useLocale();
  const { user } = useSession();
  const count = inbox[part];
  const number = count.toLocaleString(locale);
  const shown = count >= inbox.mostCounted ? t.orMore(number) : t.count(number);
  const line = (
    <>
      <span>{t[part]}</span>
      <span className={styles.count}>{shown}</span>
    </>
  );
  const mayGo = place && (!place.right || (user.rights as readonly string[]).includes(place.right));
  if (!mayGo)
    return (
      <div className={styles.line} data-none={count === 0}>
        {line}
      </div>
    );
  return (
    <Link to={place.to} search={place.search ?? {}} className={styles.line} data-none={count === 0}>
      {line}
    </Link>
  );
}
