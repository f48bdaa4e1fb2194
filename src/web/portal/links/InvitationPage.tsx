import { Button, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api, type Schemas, unwrap } from '../../api/client.ts';
import { Loading } from '../../ui/Loading.tsx';
import { useTexts } from '../../ui/locale.tsx';
import { NewPassword } from '../../ui/NewPassword.tsx';
import { Problems, problemOf } from '../../ui/problems.tsx';
import { Done, LinkFrame } from './LinkFrame.tsx';
import { LinkProblem } from './LinkProblem.tsx';
import { forgetLinkToken } from './link-token.ts';
import { texts } from './texts.ts';
import { useLink } from './use-link.ts';

const look = (token: string) => unwrap(api.POST('/api/v1/invitations/look', { body: { token } }));

/** Where the mail of an invitation leads: who is new chooses a password, who is known only accepts. */
export function InvitationPage() {
  const t = useTexts(texts);
  const { token, looked, error } = useLink('invitation', look);
  return (
    <LinkFrame title={t.invitation}>
      {error && <LinkProblem error={error}>{t.askAdmin}</LinkProblem>}
      {!error && !looked && <Loading rows={4} />}
      {looked && <Acceptance token={token} invitation={looked} />}
    </LinkFrame>
  );
}

type Props = { token: string; invitation: Schemas['InvitationLooked'] };

function Acceptance({ token, invitation }: Props) {
  const t = useTexts(texts);
  const { merchantName, email, isKnown } = invitation;
  const [name, setName] = useState(invitation.name);
  const [password, setPassword] = useState('');
  const accept = useMutation({
    mutationFn: () =>
      unwrap(
        api.POST('/api/v1/invitations/acceptance', { body: isKnown ? { token } : { token, name, password } }),
      ),
    onSuccess: forgetLinkToken,
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    accept.mutate();
  };
  if (accept.data) return <Done title={t.accepted}>{t.acceptedDetail(accept.data.userId)}</Done>;
  const fields = {
    name: { label: t.name, id: 'name' },
    password: { label: t.password, id: 'password' },
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <Problems error={accept.error} fields={fields} />
        <Text>{merchantName === null ? t.invitedByProvider : t.invitedTo(merchantName)}</Text>
        {isKnown && <Text size="sm">{t.known}</Text>}
        <TextInput
          label={isKnown ? t.email : t.userId}
          name="username"
          autoComplete="username"
          value={email}
          readOnly
        />
        {!isKnown && (
          <>
            <TextInput
              id="name"
              label={t.name}
              autoComplete="name"
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
              error={problemOf(accept.error, 'name')}
            />
            <NewPassword
              id="password"
              label={t.password}
              value={password}
              onChange={setPassword}
              error={problemOf(accept.error, 'password')}
            />
          </>
        )}
        <Button type="submit" loading={accept.isPending}>
          {isKnown ? t.accept : t.register}
        </Button>
      </Stack>
    </form>
  );
}
