import { Anchor, Text } from '@mantine/core';
import type { Schemas } from '../../api/client.ts';
import { useEnvironment } from '../../api/session.ts';
import { useTexts } from '../../ui/locale.tsx';
import { texts } from './texts.ts';

/** Why a case cannot be answered by whoever looks at it, in words; nothing when it can. */
export function WhyNoAnswer({ case: found }: { case: Schemas['Case'] }) {
  const t = useTexts(texts);
  const supportMail = useEnvironment()?.supportMail;
  const canAsk = found.possibleActions.includes('request_correction');
  if (!found.whyNoAnswer) return null;
  return (
    <Text c="dimmed">
      {t.why[canAsk ? 'correctable' : found.whyNoAnswer]}{' '}
      {found.whyNoAnswer === 'closed_answered' && supportMail && (
        <Anchor href={`mailto:${supportMail}?subject=${encodeURIComponent(found.id)}`}>{supportMail}</Anchor>
      )}
    </Text>
  );
}
