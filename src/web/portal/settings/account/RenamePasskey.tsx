import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { ownFactors, secondFactorsQuery } from '../../../api/second-factors.ts';
import { useTexts } from '../../../ui/locale.tsx';
import { Problems, problemOf } from '../../../ui/problems.tsx';
import { factorTexts } from './texts.ts';

type Passkey = { id: string; name: string };

/** The button by which a passkey is called something else, with what it opens. */
export function RenamePasskey({ id, name }: Passkey) {
  const t = useTexts(factorTexts);
  const [isOpen, setOpen] = useState(false);
  const close = (): void => setOpen(false);
  return (
    <>
      <Button variant="default" size="xs" aria-label={t.rename(name)} onClick={() => setOpen(true)}>
        {t.renameShort}
      </Button>
      <Modal opened={isOpen} onClose={close} withCloseButton={false} title={t.rename(name)}>
        {isOpen && <RenameForm id={id} name={name} onClose={close} />}
      </Modal>
    </>
  );
}

function RenameForm({ id, name, onClose }: Passkey & { onClose: () => void }) {
  const t = useTexts(factorTexts);
  const client = useQueryClient();
  const [typed, setTyped] = useState(name);
  const rename = useMutation({
    mutationFn: ownFactors.renamePasskey,
    onSuccess: (factors) => {
      client.setQueryData(secondFactorsQuery.queryKey, factors);
      onClose();
    },
  });
  const isEmpty = typed.trim() === '';
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!isEmpty) rename.mutate({ passkeyId: id, name: typed });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <Problems error={rename.error} fields={{ name: { label: t.passkeyName, id: 'passkey-name' } }} />
        <TextInput
          id="passkey-name"
          label={t.passkeyName}
          data-autofocus
          maxLength={60}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          error={isEmpty ? t.nameNeeded : problemOf(rename.error, 'name')}
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
