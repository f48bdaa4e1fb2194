import type { Session } from '../../api/session.ts';

type SettingsPage = {
  path:
    | '/settings/account'
    | '/settings/institutions'
    | '/settings/merchants'
    | '/settings/users'
    | '/settings/contacts'
    | '/settings/keys'
    | '/settings/mails'
    | '/settings/webhooks'
    | '/settings/adapters'
    | '/settings/audit'
    | '/settings/calendar'
    | '/settings/returns'
    | '/settings/retention'
    | '/settings/reminders'
    | '/settings/operations';
  label: { ja: string; en: string };
  /** Who finds the page in the menu; the API decides what they may do there. */
  isFor: (user: Session['user']) => boolean;
};

/** The pages of 設定, in the order of the menu. */
export const settingsPages: readonly SettingsPage[] = [
  { path: '/settings/account', label: { ja: 'アカウント', en: 'Account' }, isFor: () => true },
  {
    path: '/settings/institutions',
    label: { ja: '決済機関', en: 'Institutions' },
    isFor: ({ kind }) => kind === 'operator',
  },
  {
    path: '/settings/merchants',
    label: { ja: '加盟店', en: 'Merchants' },
    isFor: ({ kind }) => kind === 'operator',
  },
  {
    path: '/settings/users',
    label: { ja: 'ユーザー', en: 'Users' },
    isFor: ({ rights }) => rights.includes('manage_users'),
  },
  {
    path: '/settings/contacts',
    label: { ja: '連絡先', en: 'Contacts' },
    isFor: ({ rights }) => rights.includes('manage_contacts'),
  },
  {
    path: '/settings/mails',
    label: { ja: '未達メール', en: 'Undelivered mails' },
    isFor: ({ kind }) => kind === 'operator',
  },
  {
    path: '/settings/keys',
    label: { ja: 'APIキー', en: 'API keys' },
    isFor: ({ rights }) => rights.includes('manage_keys'),
  },
  {
    path: '/settings/webhooks',
    label: { ja: 'Webhook', en: 'Webhooks' },
    isFor: ({ rights }) => rights.includes('manage_webhooks'),
  },
  {
    path: '/settings/adapters',
    label: { ja: '接続', en: 'Adapters' },
    isFor: ({ kind, rights }) => kind === 'operator' && rights.includes('take_in_cases'),
  },
  {
    path: '/settings/audit',
    label: { ja: '監査証跡', en: 'Audit trail' },
    isFor: ({ kind, rights }) => kind === 'operator' && rights.includes('read_audit_trail'),
  },
  {
    path: '/settings/audit',
    label: { ja: '操作履歴', en: 'Activity' },
    isFor: ({ kind, rights }) => kind === 'merchant' && rights.includes('read_audit_trail'),
  },
  {
    path: '/settings/calendar',
    label: { ja: '営業日・回答期限', en: 'Business days' },
    isFor: ({ kind }) => kind === 'operator',
  },
  {
    path: '/settings/returns',
    label: { ja: '返送', en: 'Return of answers' },
    isFor: ({ rights }) => rights.includes('manage_returns'),
  },
  {
    path: '/settings/reminders',
    label: { ja: '督促', en: 'Reminders' },
    isFor: ({ kind }) => kind === 'operator',
  },
  {
    path: '/settings/retention',
    label: { ja: '保存期間', en: 'Retention' },
    isFor: ({ kind }) => kind === 'operator',
  },
  {
    path: '/settings/operations',
    label: { ja: '稼働状況', en: 'Operations' },
    isFor: ({ kind }) => kind === 'operator',
  },
];
