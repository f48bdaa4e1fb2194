import { Text } from '@mantine/core';
import { openingOf } from '#src/domain/case-life.ts';
import { showInstant } from '#src/domain/days.ts';
import type { Schemas } from '../../api/client.ts';
import { useLocale, useTexts } from '../../ui/locale.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { stepTexts } from './step-texts.ts';
import { texts } from './texts.ts';

/** Why a case with a registered answer waits for another version: what was asked further, or why it is corrected. */
export function NextVersion({ case: found }: { case: Schemas['Case'] }) {
  const t = useTexts(stepTexts);
  const { actors } = useTexts(texts);
  const locale = useLocale();
  const step = openingOf(found.events, found.answers.length + 1);
  if (found.status !== 'correcting' || !step) return null;
  return (
    <Notice kind="info">
      <Text fw={600}>{step.action === 'ask_again' ? t.asked : t.opened}</Text>
      <Text size="sm" c="dimmed">
        {t.askedAt(step.actorName ?? actors[step.actorKind], showInstant(new Date(step.at), locale))}
      </Text>
      {step.reason && (
        <Text size="sm" className="prewrap">
          {step.reason}
        </Text>
      )}
    </Notice>
  );
}
