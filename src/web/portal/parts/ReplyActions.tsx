import { Button, Group } from '@mantine/core';
import { type Reply, useReplyStep } from '../../api/replies.ts';
import { useTexts } from '../../ui/locale.tsx';
import { Notice } from '../../ui/Notice.tsx';

const texts = {
  ja: { again: '再送', settle: '対応済みにする' },
  en: { again: 'Send again', settle: 'Mark as dealt with' },
};

/** What an operator can do about an answer that did not reach its provider. */
export function ReplyActions({ reply: { id, state, caseId, version, canSendAgain } }: { reply: Reply }) {
  const t = useTexts(texts);
  const step = useReplyStep();
  if (!canSendAgain && state !== 'failed') return null;
  const named = (label: string): string => `${label}: ${caseId} v${version}`;
  return (
    <>
      {step.error && <Notice kind="error">{step.error.message}</Notice>}
      <Group gap="xs">
        {canSendAgain && (
          <Button
            size="compact-sm"
            loading={step.isPending}
            aria-label={named(t.again)}
            onClick={() => step.mutate({ step: 'again', id })}
          >
            {t.again}
          </Button>
        )}
        {state === 'failed' && (
          <Button
            size="compact-sm"
            variant="default"
            loading={step.isPending}
            aria-label={named(t.settle)}
            onClick={() => step.mutate({ step: 'settle', id })}
          >
            {t.settle}
          </Button>
        )}
      </Group>
    </>
  );
}
