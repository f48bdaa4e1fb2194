import { Button, Group, Text } from '@mantine/core';
import { useChangesSince } from '../../live/changes.ts';
import { useTexts } from '../../ui/locale.tsx';
import styles from './CasesTable.module.css';
import { texts } from './texts.ts';

type Props = { askedAt: number | undefined; onShow: () => void };

/** Tells that there is something newer than the list shows, which stays as it is until the reader wants it. */
export function NewerBar({ askedAt, onShow }: Props) {
  const t = useTexts(texts);
  const { steps, received } = useChangesSince(askedAt);
  return (
    <div role="status">
      {steps > 0 && (
        <Group className={styles.newer ?? ''} gap="sm">
          <Text size="sm">{received > 0 ? t.newer(received) : t.changed}</Text>
          <Button size="compact-sm" variant="default" onClick={onShow}>
            {t.show}
          </Button>
        </Group>
      )}
    </div>
  );
}
