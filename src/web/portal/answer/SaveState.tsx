import { Button, Group, Text } from '@mantine/core';
import { showTime } from '#src/domain/days.ts';
import { useTexts } from '../../ui/locale.tsx';
import type { DraftState } from './draft-keeper.ts';
import { texts } from './texts.ts';

type Props = { state: DraftState; onRetry: () => void };

/** Whether what was typed is safe, in words, and since when. */
export function SaveState({ state: { status, saved, error }, onRetry }: Props) {
  const t = useTexts(texts);
  const words = {
    saved: saved.savedAt ? t.saved(showTime(new Date(saved.savedAt))) : t.neverSaved,
    changed: t.changed,
    saving: t.saving,
    failed: `${t.failed} ${error?.message ?? ''}`,
  };
  return (
    <Group gap="sm" mih={36}>
      <Text size="sm" role="status" c={status === 'failed' ? 'var(--mantine-color-error)' : 'dimmed'}>
        {words[status]}
      </Text>
      {status === 'failed' && (
        <Button size="compact-sm" variant="default" onClick={onRetry}>
          {t.retry}
        </Button>
      )}
    </Group>
  );
}
