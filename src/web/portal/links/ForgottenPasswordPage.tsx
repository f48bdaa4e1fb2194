import { Button, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api, unwrap } from '../../api/client.ts';
import { useTexts } from '../../ui/locale.tsx';
import { Problems } from '../../ui/problems.tsx';
import { Done, LinkFrame } from './LinkFrame.tsx';
import { texts } from './texts.ts';

/** Asks for a link by mail. What it says is the same whether there is such a user or not. */
export function ForgottenPasswordPage() {
  const t = useTexts(texts);
  const [userId, setUserId] = useState('');
  const [isTried, setTried] = useState(false);
  const ask = useMutation({
    mutationFn: () => unwrap(api.POST('/api/v1/password-resets', { body: { userId } })),
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (userId.trim() !== '') ask.mutate();
  };
  return (
    <LinkFrame title={t.forgotten}>
      {ask.isSuccess ? (
        <Done title={t.sent}>{t.sentDetail}</Done>
      ) : (
        <form onSubmit={submit} noValidate>
          <Stack>
            <Problems error={ask.error} />
            <Text size="sm">{t.forgottenText}</Text>
            <TextInput
              label={t.userIdOrMail}
              name="username"
              autoComplete="username"
              autoCapitalize="none"
              spellCheck={false}
              value={userId}
              onChange={(event) => setUserId(event.currentTarget.value)}
              error={isTried && userId.trim() === '' && t.enter}
            />
            <Button type="submit" loading={ask.isPending}>
              {t.sendLink}
            </Button>
          </Stack>
        </form>
      )}
    </LinkFrame>
  );
}
