import { Group, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { showInstant } from '#src/domain/days.ts';
import { showStep } from '#src/domain/reminder-ladder.ts';
import type { Schemas } from '../../api/client.ts';
import { caseRemindersQuery } from '../../api/reminders.ts';
import { useLocale, useTexts } from '../../ui/locale.tsx';
import { Downloads } from '../parts/Downloads.tsx';
import styles from './case.module.css';
import { reminderTexts } from './reminder-texts.ts';

type Sent = Schemas['CaseReminders']['sent'][number];

/** 督促履歴, for operators: which reminders were sent of a case, when and to how many of whom, and the next one. */
export function CaseReminders({ caseId }: { caseId: string }) {
  const t = useTexts(reminderTexts);
  const locale = useLocale();
  const { data, error } = useQuery(caseRemindersQuery(caseId));
  if (!data) return error && <Text c="dimmed">{error.message}</Text>;
  const { sent, next } = data;
  const shown = (at: string): string => showInstant(new Date(at), locale);
  return (
    <section className={styles.retention ?? ''} aria-labelledby="reminders">
      <Group justify="space-between" gap="sm">
        <Title order={2} size="h5" id="reminders">
          {t.title}
        </Title>
        {sent.length > 0 && <Downloads path={`cases/${caseId}/reminders`} />}
      </Group>
      {sent.length === 0 && <Text size="sm">{t.none}</Text>}
      {sent.map((each) => (
        <Text size="sm" key={`${each.dueAt} ${each.step.at} ${each.step.days}`}>
          {shown(each.at)} {showStep(each.step)[locale]} — <To sent={each} />
        </Text>
      ))}
      {next && (
        <Text size="sm" c="dimmed">
          {t.next(shown(next.at), showStep(next.step)[locale])}
        </Text>
      )}
    </section>
  );
}

function To({ sent: { outcome, contacts, merchantAdmins, operators } }: { sent: Sent }) {
  const t = useTexts(reminderTexts);
  if (outcome !== 'sent') return t[outcome];
  const told = [
    contacts > 0 && t.contacts(contacts),
    merchantAdmins > 0 && t.merchantAdmins(merchantAdmins),
    operators > 0 && t.operators(operators),
  ].filter((each) => each !== false);
  return told.length > 0 ? told.join(t.and) : t.nobody;
}
