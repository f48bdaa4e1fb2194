import { useSession } from '../../api/session.ts';
import { useTexts } from '../../ui/locale.tsx';
import { Page } from '../../ui/Page.tsx';
import { Facts } from '../parts/Facts.tsx';
import { EmailSection } from './account/EmailSection.tsx';
import { NotificationsSection } from './account/NotificationsSection.tsx';
import { PasswordSection } from './account/PasswordSection.tsx';
import { SecondFactors } from './account/SecondFactors.tsx';
import { SessionsSection } from './account/SessionsSection.tsx';
import { texts } from './texts.ts';

/** 設定 › アカウント: who is logged in, and everything about it that is in their own hands. */
export function AccountPage() {
  const t = useTexts(texts);
  const { user } = useSession();
  return (
    <Page title={t.account}>
      <Facts
        facts={[
          [t.userId, user.userId],
          [t.name, user.name],
        ]}
      />
      <EmailSection />
      <PasswordSection />
      <SecondFactors />
      <NotificationsSection />
      <SessionsSection />
    </Page>
  );
}
