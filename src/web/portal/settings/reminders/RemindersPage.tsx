import { Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { showInstant } from '#src/domain/days.ts';
import type { Ladder } from '#src/domain/reminder-ladder.ts';
import type { Schemas } from '../../../api/client.ts';
import { remindersQuery } from '../../../api/reminders.ts';
import { useSession } from '../../../api/session.ts';
import { ErrorPage } from '../../../ui/ErrorPage.tsx';
import { Loading } from '../../../ui/Loading.tsx';
import { useLocale, useTexts } from '../../../ui/locale.tsx';
import { Page } from '../../../ui/Page.tsx';
import { HoldNotice } from './HoldNotice.tsx';
import { LadderSection } from './LadderSection.tsx';
import { ladderFor } from './ladder-scope.ts';
import { Preview } from './Preview.tsx';
import styles from './reminders.module.css';
import { TimesSection } from './TimesSection.tsx';
import { texts } from './texts.ts';

/** 設定 › 督促: when reminders are sent to whom, and whether they are held. */
export function RemindersPage() {
  const t = useTexts(texts);
  const { data, error } = useQuery(remindersQuery);
  if (error && !data) return <ErrorPage error={error} />;
  return (
    <Page title={t.title}>
      <HoldNotice />
      {data ? <Settings settings={data} /> : <Loading rows={8} />}
    </Page>
  );
}

function Settings({ settings }: { settings: Schemas['ReminderSettings'] }) {
  const t = useTexts(texts);
  const locale = useLocale();
  const { user } = useSession();
  const mayChange = user.rights.includes('manage_reminders');
  const [times, setTimes] = useState(settings.times);
  const [ladder, setLadder] = useState<Ladder>(
    () => ladderFor(settings.ladders, { category: null, institutionId: null }).steps,
  );
  const { lastRunAt } = settings;
  return (
    <Stack gap="xl" className={styles.page ?? ''}>
      <div>
        <Text>{t.lead}</Text>
        <Text size="sm" c="dimmed">
          {lastRunAt ? t.lastRun(showInstant(new Date(lastRunAt), locale)) : t.neverRan}
        </Text>
      </div>
      <TimesSection settings={settings} times={times} onChange={setTimes} mayChange={mayChange} />
      <LadderSection settings={settings} mayChange={mayChange} ladder={ladder} onLadder={setLadder} />
      <Preview ladder={ladder} times={times} />
    </Stack>
  );
}
