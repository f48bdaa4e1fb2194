import { Text, Title } from '@mantine/core';
import { caseActions } from '#src/domain/case-life.ts';
import { categories } from '#src/domain/categories.ts';
import { showInstant } from '#src/domain/days.ts';
import { notificationTypes } from '#src/domain/notification-types.ts';
import type { Schemas } from '../../api/client.ts';
import { useLocale, useTexts } from '../../ui/locale.tsx';
import { Due } from '../parts/Due.tsx';
import { Facts } from '../parts/Facts.tsx';
import { Status } from '../parts/Status.tsx';
import styles from './case.module.css';
import { texts } from './texts.ts';

type Case = Schemas['Case'];

/** 手順書「『依頼管理情報』タブでは依頼概要や依頼・回答日の確認ができます」 */
export function InfoTab({ case: found }: { case: Case }) {
  const t = useTexts(texts);
  const locale = useLocale();
  const shown = (instant: string): string => showInstant(new Date(instant), locale);
  const isWaiting = found.status === 'received' || found.status === 'correcting';
  const { draft } = found;
  return (
    <div className={styles.columns}>
      <Facts
        facts={[
          [t.caseNumber, found.id],
          [t.service, `${found.mid}-${found.sid} ${found.serviceName}`],
          [t.category, categories[found.category].label[locale]],
          [t.type, notificationTypes[found.notificationType].label[locale]],
          [t.institution, found.institutionName],
          [t.reference, found.institutionReference],
          [t.requestedAt, shown(found.requestedAt)],
          [t.dueAt, <Due key="due" dueAt={found.dueAt} isWaiting={isWaiting} />],
          [t.answeredAt, found.answeredAt ? shown(found.answeredAt) : t.notAnswered],
          [t.status, <Status key="status" status={found.status} isLate={found.answeredLate} />],
          ...(isWaiting && draft && found.draftSavedAt
            ? [[t.draft, t.draftSaved(draft.savedBy ?? t.actors.merchant, shown(draft.savedAt))] as const]
            : []),
        ]}
      />
      <section aria-labelledby="history">
        <Title order={2} size="h5" id="history" mb="sm">
          {t.history}
        </Title>
        <ol className={styles.timeline}>
          {found.events.map((event) => (
            <li key={event.sequence}>
              <Text fw={600} size="sm">
                {caseActions[event.action][locale]}
              </Text>
              <Text size="sm" c="dimmed">
                {shown(event.at)} {event.actorName ?? t.actors[event.actorKind]}
              </Text>
              {event.dueAt && event.action !== 'register_answer' && (
                <Text size="sm">
                  {t.newDue} {shown(event.dueAt)}
                </Text>
              )}
              {event.reason && (
                <Text size="sm" className="prewrap">
                  {event.reason}
                </Text>
              )}
            </li>
          ))}
        </ol>
      </section>
    </div>
  );
}
