import type { ReactNode } from 'react';
import { ConfirmEmailPage } from './ConfirmEmailPage.tsx';
import { ForgottenPasswordPage } from './ForgottenPasswordPage.tsx';
import { InvitationPage } from './InvitationPage.tsx';
import type { LinkPath } from './link-paths.ts';
import { ResetPasswordPage } from './ResetPasswordPage.tsx';

const pages = {
  '/invitation': InvitationPage,
  '/forgotten-password': ForgottenPasswordPage,
  '/reset-password': ResetPasswordPage,
  '/confirm-email': ConfirmEmailPage,
} satisfies Record<LinkPath, () => ReactNode>;

/** The page of an address that mails lead to. */
export function LinkPages({ path }: { path: LinkPath }) {
  const Page = pages[path];
  return <Page />;
}
