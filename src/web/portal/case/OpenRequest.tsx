import { Text } from '@mantine/core';
import { showInstant } from '#src/domain/days.ts';
import type { Schemas } from '../../api/client.ts';
import { useLocale, useTexts } from '../../ui/locale.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { stepTexts } from './step-texts.ts';
import { texts } from './texts.ts';

/** What the merchant asked for and nobody has decided yet, with its reason; what was decided stands in the history. */
export function OpenRequest({ case: found }: { case: Schemas['Case'] }) {
  const t = useTexts(stepTexts);
  const { actors } = useTexts(texts);
  const locale = useLocale();
  const open = found.requests.find(({ state }) => state === 'open');
  const asked = found.events.find(({ sequence }) => sequence === open?.askedSequence);
  if (!open || !asked) return null;
  return (
    <Notice kind="info">
      <Text fw={600}>{t.waits[open.kind]}</Text>
      <Text size="sm" c="dimmed">
        {t.askedAt(asked.actorName ?? actors[asked.actorKind], showInstant(new Date(asked.at), locale))}
      </Text>
      {asked.reason && (
        <Text size="sm" className="prewrap">
          {asked.reason}
        </Text>
      )}
    </Notice>
  );
}
