import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useTexts } from '../../ui/locale.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { texts } from './texts.ts';
import type { Register } from './use-register.ts';

type Props = { isOpen: boolean; onClose: () => void; register: Register };

/**
 * 手順書「『OK』ボタンをクリックしてください。回答内容の登録が完了いたします」. It stays until it is known what became of it. The
 * focus starts at キャンセル: a key held down a little too long on 登録 must not register.
 */
export function RegisterDialog({ isOpen, onClose, register: { start, isPending, isAskingAgain } }: Props) {
  const t = useTexts(texts);
  return (
    <Modal
      opened={isOpen}
      onClose={() => {
        if (!isPending) onClose();
      }}
      title={t.dialogTitle}
      withCloseButton={!isPending}
      closeButtonProps={{ 'aria-label': t.cancel }}
    >
      <Stack>
        <Text>{t.dialogText}</Text>
        {isAskingAgain && <Notice kind="info">{t.checking}</Notice>}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} disabled={isPending} data-autofocus>
            {t.cancel}
          </Button>
          <Button onClick={start} loading={isPending}>
            {t.ok}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
