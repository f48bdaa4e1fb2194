import { Button, Group, Modal, NumberInput, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTexts } from '../../../ui/locale.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { texts } from './texts.ts';
import { useWebhookChange, webhookCalls } from './webhooks-api.ts';

type Props = { isOpen: boolean; endpointId: string; onClose: () => void; onSecret: (secret: string) => void };

/** Asks for how long the secret before goes on signing, and shows the new one. */
export function RotateDialog({ isOpen, endpointId, onClose, onSecret }: Props) {
  const t = useTexts(texts);
  const [hours, setHours] = useState<string | number>(24);
  const rotate = useWebhookChange(() => webhookCalls.rotate(endpointId, Number(hours)));
  const submit = (): void =>
    rotate.mutate(undefined, {
      onSuccess: ({ secret }) => {
        onClose();
        onSecret(secret);
      },
    });
  return (
    <Modal opened={isOpen} onClose={onClose} title={t.rotate} closeButtonProps={{ 'aria-label': t.close }}>
      <Stack>
        {rotate.error && <Notice kind="error">{rotate.error.message}</Notice>}
        <Text>{t.overlapText}</Text>
        <NumberInput
          label={t.overlap}
          min={0}
          max={168}
          allowDecimal={false}
          hideControls
          value={hours}
          onChange={setHours}
          error={hours === '' && t.needed}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t.cancel}
          </Button>
          <Button loading={rotate.isPending} disabled={hours === ''} onClick={submit}>
            {t.rotate}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
