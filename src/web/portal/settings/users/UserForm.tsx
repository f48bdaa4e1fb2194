import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { type Access, type User, useChangeUser } from '../../../api/users.ts';
import { useTexts } from '../../../ui/locale.tsx';
import { Problems, problemOf } from '../../../ui/problems.tsx';
import { AccessFields } from './AccessFields.tsx';
import { wrongWithAccess } from './InviteDialog.tsx';
import { texts } from './texts.ts';

type Props = { user: User; onChange: (isSaved: boolean) => void };

/** Name, roles and services of a user. What was typed stays when it is refused. */
export function UserForm({ user, onChange }: Props) {
  const t = useTexts(texts);
  const [name, setName] = useState(user.name);
  const [access, setAccess] = useState({
    roles: user.roles as string[],
    isLimited: user.sids !== null,
    sids: user.sids ?? [],
  });
  const [isTried, setTried] = useState(false);
  const change = useChangeUser(user);
  const wrong = { name: name.trim() === '' ? t.enterName : undefined, ...wrongWithAccess(access, t) };
  const errorOf = (field: keyof typeof wrong): string | undefined =>
    (isTried ? wrong[field] : undefined) ?? problemOf(change.error, field);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (Object.values(wrong).some((each) => each !== undefined)) return;
    onChange(false);
    const sids = access.isLimited ? access.sids : null;
    change.mutate(
      { name, roles: access.roles as Access['roles'], sids },
      { onSuccess: () => onChange(true) },
    );
  };
  const labels = {
    name: { label: t.name, id: 'name' },
    roles: { label: t.roles, id: 'roles' },
    sids: { label: t.services, id: 'sids' },
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <Problems error={change.error} fields={labels} />
        <TextInput
          id="name"
          label={t.name}
          maw={360}
          autoComplete="off"
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={errorOf('name')}
        />
        <AccessFields
          mid={user.mid}
          choice={access}
          onChange={setAccess}
          errors={{ roles: errorOf('roles'), sids: errorOf('sids') }}
        />
        <Text size="sm" c="dimmed">
          {t.savedEnds}
        </Text>
        <Group>
          <Button type="submit" loading={change.isPending}>
            {t.save}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
