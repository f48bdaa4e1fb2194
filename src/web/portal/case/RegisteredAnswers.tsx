import { Anchor, Group, Stack, Text } from '@mantine/core';
import { openingOf } from '#src/domain/case-life.ts';
import { showInstant } from '#src/domain/days.ts';
import type { Schemas } from '../../api/client.ts';
import { useLocale, useTexts } from '../../ui/locale.tsx';
import { AnswerDocument } from '../parts/AnswerDocument.tsx';
import styles from './case.module.css';
import { texts } from './texts.ts';

/** Every registered version of the answer, the newest first. None of them ever changes. */
export function RegisteredAnswers({ case: found }: { case: Schemas['Case'] }) {
  const t = useTexts(texts);
  const locale = useLocale();
  const { id: caseId, answers, events } = found;
  const isErased = found.personalData === 'erased';
  if (answers.length === 0) return <Text c="dimmed">{t.noAnswer}</Text>;
  return (
    <Stack gap="xl">
      {[...answers].reverse().map(({ version, registeredAt, registeredBy, late, document }) => (
        <article key={version} aria-label={t.version(version)}>
          <Group justify="space-between" gap="xs" mb="sm">
            <Text size="sm" c="dimmed">
              {answers.length > 1 && `${t.version(version)} `}
              {t.registered(registeredBy ?? t.actors.merchant, showInstant(new Date(registeredAt), locale))}
              {late && ` (${t.late})`}
            </Text>
            {!isErased && (
              <Anchor
                size="sm"
                className="no-print"
                href={`/api/v1/cases/${caseId}/answer.pdf?version=${version}`}
                download
                aria-label={answers.length > 1 ? `${t.answerSheet} ${t.version(version)}` : undefined}
              >
                {t.answerSheet}
              </Anchor>
            )}
          </Group>
          <Question opened={version > 1 ? openingOf(events, version) : undefined} />
          {isErased ? <Text c="dimmed">{t.erased}</Text> : <AnswerDocument document={document} />}
        </article>
      ))}
    </Stack>
  );
}

/** The further question that a version answers. */
function Question({ opened }: { opened: Schemas['CaseEvent'] | undefined }) {
  const t = useTexts(texts);
  if (opened?.action !== 'ask_again' || !opened.reason) return null;
  return (
    <Text component="div" className={styles.supplement ?? ''} mb="sm">
      <Text size="sm" c="dimmed">
        {t.followUp}
      </Text>
      {opened.reason}
    </Text>
  );
}
