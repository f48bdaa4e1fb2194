import { Modal, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useEnvironment, useSession } from '../../api/session.ts';
import { signInAddress } from '../../api/single-sign-on.ts';
import { useTexts } from '../../ui/locale.tsx';
import { SignIn } from '../login/SignIn.tsx';
import { SingleSignOnWindow } from '../login/SingleSignOnWindow.tsx';
import { singleSignOnTexts } from '../login/texts.ts';

const texts = {
  ja: {
    title: 'もう一度ログインしてください',
    text: '一定時間操作がなかったため、ログインの有効期限が切れました。入力した内容は画面に残っています。',
  },
  en: {
    title: 'Please log in again',
    text: 'You were logged out because nothing was done for a while. What you typed is still here.',
  },
};

/** Asks for the password over the page, so that nothing typed on it is lost. */
export function SessionDialog({ onDone }: { onDone: () => void }) {
  const t = useTexts(texts);
  const sso = useTexts(singleSignOnTexts);
  const environment = useEnvironment();
  const { user, membershipId } = useSession();
  const again = useState({ userId: user.userId, membershipId })[0];
  return (
    <Modal opened onClose={() => undefined} withCloseButton={false} title={t.title}>
      <Stack>
        <Text size="sm">{t.text}</Text>
        <SignIn again={again} onDone={onDone} />
        {user.kind === 'operator' && environment?.singleSignOn && (
          <SingleSignOnWindow
            label={sso.logIn(environment.singleSignOn.label)}
            addressOf={signInAddress}
            onDone={onDone}
          />
        )}
      </Stack>
    </Modal>
  );
}
