import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useTexts } from '../../../ui/locale.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { texts } from './texts.ts';
import { useWebhookChange, type WebhookEndpoint, webhookCalls } from './webhooks-api.ts';

type Props = { isOpen: boolean; endpoint: WebhookEndpoint; onClose: () => void };

/** Asks once more before an endpoint is gone for good. */
export function RemoveDialog({ isOpen, endpoint, onClose }: Props) {
  const t = useTexts(texts);
  const remove = useWebhookChange(() => webhookCalls.remove(endpoint.id));
  return (
    <Modal opened={isOpen} onClose={onClose} title={t.remove} closeButtonProps={{ 'aria-label': t.close }}>
      <Stack>
        {remove.error && <Notice kind="error">{remove.error.message}</Notice>}
        <Text fw={600}>{endpoint.name}</Text>
        <Text>{t.removeText}</Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t.cancel}
          </Button>
          <Button
            color="red"
            loading={remove.isPending}
            onClick={() => remove.mutate(undefined, { onSuccess: onClose })}
          >
            {t.remove}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
