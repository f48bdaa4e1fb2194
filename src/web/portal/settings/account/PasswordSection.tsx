import { Button, Group, PasswordInput, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { type FormEvent, useState } from 'react';
import { useChangePassword } from '../../../api/account.ts';
import { useTexts } from '../../../ui/locale.tsx';
import { NewPassword } from '../../../ui/NewPassword.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { Problems, problemOf } from '../../../ui/problems.tsx';
import { AccountSection } from './AccountSection.tsx';
import { texts } from './section-texts.ts';

/** パスワード: changed by whoever knows the current one. */
export function PasswordSection() {
  const t = useTexts(texts);
  const [isOpen, form] = useDisclosure();
  const [isDone, setDone] = useState(false);
  return (
    <AccountSection title={t.password}>
      {isDone && <Notice kind="success">{t.changed}</Notice>}
      {isOpen ? (
        <PasswordForm
          onClose={form.close}
          onDone={() => {
            setDone(true);
            form.close();
          }}
        />
      ) : (
        <Button
          variant="default"
          onClick={() => {
            setDone(false);
            form.open();
          }}
        >
          {t.changePassword}
        </Button>
      )}
    </AccountSection>
  );
}

function PasswordForm({ onClose, onDone }: { onClose: () => void; onDone: () => void }) {
  const t = useTexts(texts);
  const [currentPassword, setCurrent] = useState('');
  const [password, setPassword] = useState('');
  const [isTried, setTried] = useState(false);
  const change = useChangePassword();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (currentPassword !== '' && password !== '')
      change.mutate({ currentPassword, password }, { onSuccess: onDone });
  };
  const errorOf = (field: string, value: string, missing: string): string | undefined =>
    isTried && value === '' ? missing : problemOf(change.error, field);
  const labels = {
    currentPassword: { label: t.currentPassword, id: 'current-password' },
    password: { label: t.newPassword, id: 'new-password' },
  };
  return (
    <form onSubmit={submit} noValidate style={{ width: '100%', maxWidth: 440 }}>
      <Stack>
        <Problems error={change.error} fields={labels} />
        <Text size="sm">{t.passwordText}</Text>
        <PasswordInput
          id="current-password"
          label={t.currentPassword}
          autoComplete="current-password"
          value={currentPassword}
          onChange={(event) => setCurrent(event.currentTarget.value)}
          error={errorOf('currentPassword', currentPassword, t.enterCurrent)}
          visibilityToggleButtonProps={{ 'aria-label': t.show, tabIndex: 0 }}
        />
        <NewPassword
          id="new-password"
          label={t.newPassword}
          value={password}
          onChange={setPassword}
          error={errorOf('password', password, t.enterNew)}
        />
        <Group>
          <Button type="submit" loading={change.isPending}>
            {t.change}
          </Button>
          <Button variant="default" onClick={onClose}>
            {t.cancel}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
