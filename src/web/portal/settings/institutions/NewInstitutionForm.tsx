import { Button, Group, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import type { InstitutionKind } from '#src/domain/institution-kinds.ts';
import { partyCalls, usePartyChange } from '../../../api/parties.ts';
import { useLocale, useTexts } from '../../../ui/locale.tsx';
import { Problems, problemOf } from '../../../ui/problems.tsx';
import { kindLabels } from './kind-labels.ts';
import { texts } from './texts.ts';

/** Asks for a new institution and goes on to its page. What was typed stays when it is refused. */
export function NewInstitutionForm({ onClose }: { onClose: () => void }) {
  const t = useTexts(texts);
  const locale = useLocale();
  const navigate = useNavigate();
  const [values, setValues] = useState({ id: '', name: '', kind: 'card' as InstitutionKind });
  const [isTried, setTried] = useState(false);
  const add = usePartyChange(partyCalls.addInstitution);
  const wrong = {
    id: /^[A-Z0-9-]{2,32}$/.test(values.id) ? undefined : t.idNeeded,
    name: values.name.trim() === '' ? t.nameNeeded : undefined,
  };
  const errorOf = (field: 'id' | 'name') =>
    (isTried ? wrong[field] : undefined) ?? problemOf(add.error, field);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (wrong.id || wrong.name) return;
    add.mutate(values, {
      onSuccess: ({ id }) =>
        void navigate({ to: '/settings/institutions/$institutionId', params: { institutionId: id } }),
    });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <Problems error={add.error} />
        <TextInput
          label={t.id}
          description={t.idHint}
          data-autofocus
          maxLength={32}
          autoComplete="off"
          value={values.id}
          onChange={(event) => setValues({ ...values, id: event.currentTarget.value.trim().toUpperCase() })}
          error={errorOf('id')}
        />
        <TextInput
          label={t.name}
          maxLength={100}
          autoComplete="off"
          value={values.name}
          onChange={(event) => setValues({ ...values, name: event.currentTarget.value })}
          error={errorOf('name')}
        />
        <NativeSelect
          label={t.kind}
          value={values.kind}
          onChange={(event) => setValues({ ...values, kind: event.currentTarget.value as InstitutionKind })}
          data={Object.entries(kindLabels(locale)).map(([value, label]) => ({ value, label }))}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t.cancel}
          </Button>
          <Button type="submit" loading={add.isPending}>
            {t.add}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
