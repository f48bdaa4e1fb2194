import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { accountQuery, useChangeEmail } from '../../../api/account.ts';
import { useTexts } from '../../../ui/locale.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { Problems, problemOf } from '../../../ui/problems.tsx';
import { AccountSection } from './AccountSection.tsx';
import { texts } from './section-texts.ts';

/** メールアドレス: where one's own mails go. A new one counts once its link is opened. */
export function EmailSection() {
  const t = useTexts(texts);
  const { data: account } = useQuery(accountQuery);
  const [isOpen, form] = useDisclosure();
  return (
    <AccountSection title={t.email}>
      <Text mih="1.7em">{account && (account.email ?? t.none)}</Text>
      {account?.emailWanted && <Notice kind="info">{t.waiting(account.emailWanted)}</Notice>}
      {isOpen ? (
        <EmailForm onClose={form.close} />
      ) : (
        <Button variant="default" onClick={form.open}>
          {t.changeEmail}
        </Button>
      )}
    </AccountSection>
  );
}

function EmailForm({ onClose }: { onClose: () => void }) {
  const t = useTexts(texts);
  const [email, setEmail] = useState('');
  const [isTried, setTried] = useState(false);
  const change = useChangeEmail();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (email.trim() !== '') change.mutate(email, { onSuccess: onClose });
  };
  const isMissing = isTried && email.trim() === '';
  return (
    <form onSubmit={submit} noValidate style={{ width: '100%', maxWidth: 440 }}>
      <Stack>
        <Problems error={change.error} fields={{ email: { label: t.newEmail, id: 'new-email' } }} />
        <Text size="sm">{t.emailText}</Text>
        <TextInput
          id="new-email"
          label={t.newEmail}
          type="email"
          autoComplete="email"
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
          error={isMissing ? t.enterEmail : problemOf(change.error, 'email')}
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
