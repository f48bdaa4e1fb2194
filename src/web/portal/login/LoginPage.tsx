import { useTexts } from '../../ui/locale.tsx';
import { GuestFrame } from '../parts/GuestFrame.tsx';
import { nextPage } from './next-page.ts';
import { SignIn } from './SignIn.tsx';
import { SingleSignOnButton } from './SingleSignOnButton.tsx';
import { texts } from './texts.ts';

/** 手順書「ユーザーID、パスワードをご入力いただき、『ログインする』ボタンをクリックしてください」 */
export function LoginPage() {
  const t = useTexts(texts);
  return (
    <GuestFrame title={t.title} way={{ href: '/forgotten-password', label: t.forgotten }} maxWidth={400}>
      <SignIn onDone={goOn} />
      <SingleSignOnButton />
    </GuestFrame>
  );
}

function goOn(): void {
  const wanted = new URLSearchParams(window.location.search).get('next') ?? undefined;
  window.location.assign(nextPage(wanted));
}
