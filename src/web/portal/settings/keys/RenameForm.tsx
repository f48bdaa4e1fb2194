import { Button, Group, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { api, unwrap } from '../../../api/client.ts';
import { useTexts } from '../../../ui/locale.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { type ApiKey, useKeyChange } from './key-queries.ts';
import { texts } from './texts.ts';

/** Asks what a key is to be called. */
export function RenameForm({ apiKey, onClose }: { apiKey: ApiKey; onClose: () => void }) {
  const t = useTexts(texts);
  const [name, setName] = useState(apiKey.name);
  const rename = useKeyChange(() =>
    unwrap(
      api.PUT('/api/v1/api-keys/{keyId}', {
        params: { path: { keyId: apiKey.id } },
        body: { name: name.trim() },
      }),
    ),
  );
  const isEmpty = name.trim() === '';
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!isEmpty) rename.mutate(undefined, { onSuccess: onClose });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        {rename.error && <Notice kind="error">{rename.error.message}</Notice>}
        <TextInput
          label={t.name}
          data-autofocus
          maxLength={100}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={isEmpty && t.nameNeeded}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t.cancel}
          </Button>
          <Button type="submit" loading={rename.isPending}>
            {t.save}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
