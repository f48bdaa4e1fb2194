import { Button, Group, Stack, Text } from '@mantine/core';
import { api, unwrap } from '../../../api/client.ts';
import { useTexts } from '../../../ui/locale.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { type ApiKey, useKeyChange } from './key-queries.ts';
import { texts } from './texts.ts';

/** Says what stops before a key is ended. The focus starts at キャンセル. */
export function RevokeForm({ apiKey, onClose }: { apiKey: ApiKey; onClose: () => void }) {
  const t = useTexts(texts);
  const revoke = useKeyChange(() =>
    unwrap(api.POST('/api/v1/api-keys/{keyId}/revocation', { params: { path: { keyId: apiKey.id } } })),
  );
  return (
    <Stack>
      {revoke.error && <Notice kind="error">{revoke.error.message}</Notice>}
      <Text>{t.revokeText(apiKey.name)}</Text>
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose} data-autofocus>
          {t.cancel}
        </Button>
        <Button
          color="red"
          loading={revoke.isPending}
          onClick={() => revoke.mutate(undefined, { onSuccess: onClose })}
        >
          {t.revokeDo}
        </Button>
      </Group>
    </Stack>
  );
}
