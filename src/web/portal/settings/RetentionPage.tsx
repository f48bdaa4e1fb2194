import { Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { categories } from '#src/domain/categories.ts';
import { showInstant } from '#src/domain/days.ts';
import type { Schemas } from '../../api/client.ts';
import { retentionQuery } from '../../api/retention.ts';
import { ErrorPage } from '../../ui/ErrorPage.tsx';
import { Loading } from '../../ui/Loading.tsx';
import { useLocale, useTexts } from '../../ui/locale.tsx';
import { Page } from '../../ui/Page.tsx';
import { Facts } from '../parts/Facts.tsx';
import styles from './retention.module.css';
import { retentionTexts } from './retention-texts.ts';

type Retention = Schemas['Retention'];

/** 設定 › 保存期間: how long personal data is kept, what is erased next, and what a legal hold keeps. */
export function RetentionPage() {
  const t = useTexts(retentionTexts);
  const { data, error } = useQuery(retentionQuery);
  if (error && !data) return <ErrorPage error={error} />;
  return (
    <Page title={t.title}>
      {!data && <Loading rows={8} />}
      {data && (
        <Stack gap="xl" className={styles.page ?? ''}>
          <Text>{t.lead}</Text>
          <Periods retention={data} />
          <Due retention={data} />
          <Held retention={data} />
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

function Periods({ retention: { periods, mailDays } }: { retention: Retention }) {
  const t = useTexts(retentionTexts);
  const locale = useLocale();
  return (
    <Section title={t.periods} id="periods">
      <Facts
        facts={[
          ...periods.flatMap(({ category, days, erased }) => [
            [categories[category].label[locale], t.afterClosing(days)] as const,
            [t.erasedSoFar, t.cases(erased)] as const,
          ]),
          [t.mails, mailDays === null ? null : t.afterWriting(mailDays)],
        ]}
      />
    </Section>
  );
}

function Due({ retention: { periods, due, mailsDue } }: { retention: Retention }) {
  const t = useTexts(retentionTexts);
  const locale = useLocale();
  return (
    <Section title={t.due} id="due">
      {due.length === 0 && <Text c="dimmed">{t.nothingDue}</Text>}
      <Facts
        facts={[
          ...due.map(
            ({ category, closedIn, count }) =>
              [t.closedIn(categories[category].label[locale], closedIn), t.cases(count)] as const,
          ),
          ...periods.map(
            ({ category, dueSoon }) =>
              [t.soon(categories[category].label[locale]), t.cases(dueSoon)] as const,
          ),
          [t.mailTexts, t.mailCount(mailsDue)],
        ]}
      />
    </Section>
  );
}

function Held({ retention: { held, heldCount } }: { retention: Retention }) {
  const t = useTexts(retentionTexts);
  const locale = useLocale();
  return (
    <Section title={t.held(heldCount)} id="held">
      {held.length === 0 && <Text c="dimmed">{t.nothingHeld}</Text>}
      {held.length < heldCount && <Text c="dimmed">{t.newest(held.length)}</Text>}
      <ul className={styles.held}>
        {held.map(({ caseId, category, reason, putBy, putAt, isDue }) => (
          <li key={caseId}>
            <Link to="/cases/$caseId" params={{ caseId }}>
              {caseId}
            </Link>{' '}
            <Text span size="sm" c="dimmed">
              {categories[category].label[locale]}
            </Text>
            {isDue && <span className={styles.over}>{t.over}</span>}
            <Text size="sm" className="prewrap">
              {reason}
            </Text>
            <Text size="sm" c="dimmed">
              {t.putBy(putBy ?? t.somebody, showInstant(new Date(putAt), locale))}
            </Text>
          </li>
        ))}
      </ul>
    </Section>
  );
}
