import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { type Session, type SignInStep, useSignIn } from '../../api/session.ts';
import { useTexts } from '../../ui/locale.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { texts } from './texts.ts';

type Props = { userId?: string; onReply: (reply: Session | SignInStep) => void };

/** User id and password. What was typed stays when they are refused. A known user only gives the password. */
export function LoginForm({ userId: known, onReply }: Props) {
  const t = useTexts(texts);
  const signIn = useSignIn();
  const [userId, setUserId] = useState(known ?? '');
  const [password, setPassword] = useState('');
  const [isTried, setTried] = useState(false);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (userId.trim() === '' || password === '') return;
    signIn.mutate({ userId, password }, { onSuccess: onReply });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        {signIn.error && <Notice kind="error">{signIn.error.message}</Notice>}
        <TextInput
          label={t.userId}
          name="username"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          readOnly={known !== undefined}
          value={userId}
          onChange={(event) => setUserId(event.currentTarget.value)}
          error={isTried && userId.trim() === '' && t.enterUserId}
        />
        <PasswordInput
          label={t.password}
          name="password"
          autoComplete="current-password"
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          error={isTried && password === '' && t.enterPassword}
          visibilityToggleButtonProps={{ 'aria-label': t.show, tabIndex: 0 }}
        />
        <Button type="submit" loading={signIn.isPending} fullWidth>
          {t.logIn}
        </Button>
      </Stack>
    </form>
  );
}
