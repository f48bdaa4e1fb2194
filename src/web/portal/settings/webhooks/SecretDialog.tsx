import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useTexts } from '../../../ui/locale.tsx';
import { texts } from './texts.ts';
import styles from './webhooks.module.css';

/** Shows a secret this once; it closes by its button alone, so that no slip loses it. */
export function SecretDialog({ secret, onClose }: { secret: string | undefined; onClose: () => void }) {
  const t = useTexts(texts);
  return (
    <Modal
      opened={secret !== undefined}
      onClose={onClose}
      title={t.secret}
      size="lg"
      withCloseButton={false}
      closeOnClickOutside={false}
      closeOnEscape={false}
    >
      <Stack>
        <Text>{t.secretText}</Text>
        <code className={styles.secret}>{secret}</code>
        <Group justify="flex-end">
          <Button onClick={onClose}>{t.secretKept}</Button>
        </Group>
      </Stack>
    </Modal>
  );
}
