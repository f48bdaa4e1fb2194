import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useTexts } from '../../ui/locale.tsx';
import { texts } from './texts.ts';

type Props = { isOpen: boolean; onClose: () => void; onConfirm: () => void };

/** 手順書「『OK』ボタンをクリックしてください。回答内容の登録が完了いたします」 */
export function RegisterDialog({ isOpen, onClose, onConfirm }: Props) {
  const t = useTexts(texts);
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={t.dialogTitle}
      closeButtonProps={{ 'aria-label': t.cancel }}
    >
      <Stack>
        <Text>{t.dialogText}</Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t.cancel}
          </Button>
          <Button onClick={onConfirm} data-autofocus>
            {t.ok}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
