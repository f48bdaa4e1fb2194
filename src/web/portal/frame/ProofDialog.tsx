import { Button, Group, Modal, PasswordInput, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useCallback, useState } from 'react';
import { isProblem } from '../../api/problem-error.ts';
import { type FactorMethod, proving, secondFactorsQuery } from '../../api/second-factors.ts';
import { keepSession, type Session, useEnvironment } from '../../api/session.ts';
import { proofAddress } from '../../api/single-sign-on.ts';
import { Loading } from '../../ui/Loading.tsx';
import { useTexts } from '../../ui/locale.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { SingleSignOnWindow } from '../login/SingleSignOnWindow.tsx';
import { FactorForm } from '../login/steps/FactorForm.tsx';
import { singleSignOnTexts } from '../login/texts.ts';

const texts = {
  ja: {
    title: 'ご本人の確認',
    text: '大切な情報を守るため、この操作の前にあらためてご本人であることを確認します。確認が済むと、操作はそのまま続きます。',
    password: 'パスワード',
    show: 'パスワードを表示',
    enter: 'パスワードを入力してください。',
    verify: '確認する',
    cancel: 'キャンセル',
    failed: '確認できませんでした。もう一度お試しください。',
  },
  en: {
    title: 'Prove who you are',
    text: 'To protect what matters, please prove once more who you are. What you asked for goes on by itself after it.',
    password: 'Password',
    show: 'Show the password',
    enter: 'Enter your password.',
    verify: 'Verify',
    cancel: 'Cancel',
    failed: 'That did not work. Please try again.',
  },
};

/** Asks over the page for a fresh proof of who one is. Nothing typed on the page is lost, whichever way it ends. */
export function ProofDialog({ onEnd }: { onEnd: (isProved: boolean) => void }) {
  const t = useTexts(texts);
  const client = useQueryClient();
  const { data, error } = useQuery(secondFactorsQuery);
  const sso = useTexts(singleSignOnTexts);
  const environment = useEnvironment();
  const provedElsewhere = useCallback(() => onEnd(true), [onEnd]);
  const proved = (session: Session): void => {
    keepSession(client, session);
    onEnd(true);
  };
  return (
    <Modal opened onClose={() => onEnd(false)} withCloseButton={false} title={t.title}>
      <Stack>
        <Text size="sm">{t.text}</Text>
        {error && <Notice kind="error">{isProblem(error) ? error.message : t.failed}</Notice>}
        {!data && !error && <Loading rows={2} />}
        {data && methodsOf(data).length > 0 && (
          <FactorForm methods={methodsOf(data)} {...proving} onProved={proved} />
        )}
        {data && methodsOf(data).length === 0 && <PasswordForm onProved={proved} />}
        {data?.allowsSingleSignOn && environment?.singleSignOn && (
          <SingleSignOnWindow
            label={sso.prove(environment.singleSignOn.label)}
            addressOf={proofAddress}
            onDone={provedElsewhere}
          />
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={() => onEnd(false)}>
            {t.cancel}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

type Factors = {
  totp: object | null;
  passkeys: readonly object[];
  recoveryCodesLeft: number;
  allowsPasskeys: boolean;
};

function methodsOf({ totp, passkeys, recoveryCodesLeft, allowsPasskeys }: Factors): FactorMethod[] {
  return [
    ...(totp ? ['totp' as const] : []),
    ...(allowsPasskeys && passkeys.length > 0 ? ['passkey' as const] : []),
    ...((totp || passkeys.length > 0) && recoveryCodesLeft > 0 ? ['recovery_code' as const] : []),
  ];
}

function PasswordForm({ onProved }: { onProved: (session: Session) => void }) {
  const t = useTexts(texts);
  const [password, setPassword] = useState('');
  const [isTried, setTried] = useState(false);
  const prove = useMutation({
    mutationFn: () => proving.prove({ method: 'password', password }),
    onSuccess: onProved,
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (password !== '') prove.mutate();
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        {prove.error && (
          <Notice kind="error">{isProblem(prove.error) ? prove.error.message : t.failed}</Notice>
        )}
        <PasswordInput
          label={t.password}
          autoComplete="current-password"
          data-autofocus
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          error={isTried && password === '' && t.enter}
          visibilityToggleButtonProps={{ 'aria-label': t.show, tabIndex: 0 }}
        />
        <Button type="submit" loading={prove.isPending}>
          {t.verify}
        </Button>
      </Stack>
    </form>
  );
}
