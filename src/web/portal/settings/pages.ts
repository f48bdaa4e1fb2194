import type { Session } from '../../api/session.ts';

type SettingsPage = {
  path: '/settings/account';
  label: { ja: string; en: string };
  /** Who finds the page in the menu; the API decides what they may do there. */
  isFor: (user: Session['user']) => boolean;
};

/** The pages of 設定, in the order of the menu. */
export const settingsPages: readonly SettingsPage[] = [
  { path: '/settings/account', label: { ja: 'アカウント', en: 'Account' }, isFor: () => true },
];
