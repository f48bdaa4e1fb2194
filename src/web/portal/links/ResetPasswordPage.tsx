import { Anchor, Button, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api, unwrap } from '../../api/client.ts';
import { Loading } from '../../ui/Loading.tsx';
import { useTexts } from '../../ui/locale.tsx';
import { NewPassword } from '../../ui/NewPassword.tsx';
import { Problems, problemOf } from '../../ui/problems.tsx';
import { Done, LinkFrame } from './LinkFrame.tsx';
import { LinkProblem } from './LinkProblem.tsx';
import { forgetLinkToken } from './link-token.ts';
import { texts } from './texts.ts';
import { useLink } from './use-link.ts';

const look = (token: string) => unwrap(api.POST('/api/v1/password-resets/look', { body: { token } }));

/** Where the mail of a forgotten password leads. */
export function ResetPasswordPage() {
  const t = useTexts(texts);
  const { token, looked, error } = useLink('password-reset', look);
  return (
    <LinkFrame title={t.reset}>
      {error && (
        <LinkProblem error={error}>
          <Anchor href="/forgotten-password">{t.askAgain}</Anchor>
        </LinkProblem>
      )}
      {!error && !looked && <Loading rows={4} />}
      {looked && <NewPasswordForm token={token} userId={looked.userId} />}
    </LinkFrame>
  );
}

function NewPasswordForm({ token, userId }: { token: string; userId: string }) {
  const t = useTexts(texts);
  const [password, setPassword] = useState('');
  const reset = useMutation({
    mutationFn: () => unwrap(api.POST('/api/v1/password-resets/completion', { body: { token, password } })),
    onSuccess: forgetLinkToken,
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    reset.mutate();
  };
  if (reset.data) return <Done title={t.wasReset}>{t.wasResetDetail}</Done>;
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <Problems error={reset.error} fields={{ password: { label: t.newPassword, id: 'password' } }} />
        <TextInput label={t.userId} name="username" autoComplete="username" value={userId} readOnly />
        <NewPassword
          id="password"
          label={t.newPassword}
          value={password}
          onChange={setPassword}
          error={problemOf(reset.error, 'password')}
        />
        <Button type="submit" loading={reset.isPending}>
          {t.setPassword}
        </Button>
      </Stack>
    </form>
  );
}
