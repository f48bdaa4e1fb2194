import { Button, Text } from '@mantine/core';
import { useTexts } from '../../../ui/locale.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { texts } from './texts.ts';

/** Why a change was not saved. What was typed stays, unless the newest is asked for where somebody else was first. */
export function ChangedNotice({ error, onNewest }: { error: Error; onNewest: () => void }) {
  const t = useTexts(texts);
  return (
    <Notice kind="error">
      <Text size="sm">{error.message}</Text>
      {'code' in error && error.code === 'changed_meanwhile' && (
        <Button variant="default" size="xs" mt="xs" onClick={onNewest}>
          {t.newest}
        </Button>
      )}
    </Notice>
  );
}
