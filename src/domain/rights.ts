import { type Text, text } from './text.ts';

/** What a person or a key may do. Routes name the right they want; roles and scopes are lists of rights. */
export const rights = [
  'read_cases',
  'answer_cases',
  'take_in_cases',
  'withdraw_cases',
  'open_corrections',
  'handle_cases',
  'read_personal_data',
  'manage_users',
  'manage_keys',
  'manage_contacts',
  'manage_webhooks',
  'manage_adapters',
  'manage_retention',
  'manage_calendar',
  'manage_returns',
  'manage_reminders',
  'manage_parties',
  'read_audit_trail',
] as const;

export type Right = (typeof rights)[number];

type Role = { label: Text; rights: readonly Right[] };

/**
 * The roles of a merchant's users (加盟店担当者). Reading and answering are separate; a user may hold several. Who only
 * views sees personal data masked.
 */
export const merchantRoles = {
  admin: {
    label: text('管理者', 'Admin'),
    rights: [
      'read_cases',
      'read_personal_data',
      'manage_users',
      'manage_keys',
      'manage_contacts',
      'manage_webhooks',
      'read_audit_trail',
    ],
  },
  responder: {
    label: text('回答者', 'Responder'),
    rights: ['read_cases', 'read_personal_data', 'answer_cases'],
  },
  viewer: { label: text('閲覧者', 'Viewer'), rights: ['read_cases'] },
} as const satisfies Record<string, Role>;

/** The roles of the PSP's operators (PSP担当者). An auditor reads everything and changes nothing. */
export const operatorRoles = {
  admin: {
    label: text('管理者', 'Admin'),
    rights: [
      'read_cases',
      'read_personal_data',
      'take_in_cases',
      'withdraw_cases',
      'open_corrections',
      'handle_cases',
      'manage_users',
      'manage_keys',
      'manage_contacts',
      'manage_webhooks',
      'manage_adapters',
      'manage_retention',
      'manage_calendar',
      'manage_returns',
      'manage_reminders',
      'manage_parties',
      'read_audit_trail',
    ],
  },
  agent: {
    label: text('担当者', 'Agent'),
    rights: [
      'read_cases',
      'read_personal_data',
      'take_in_cases',
      'withdraw_cases',
      'open_corrections',
      'handle_cases',
    ],
  },
  auditor: {
    label: text('監査人', 'Auditor'),
    rights: ['read_cases', 'read_personal_data', 'read_audit_trail'],
  },
} as const satisfies Record<string, Role>;

export type MerchantRole = keyof typeof merchantRoles;
export type OperatorRole = keyof typeof operatorRoles;

/** Every right that at least one of the roles gives. */
export const rightsOfMerchant = (roles: readonly MerchantRole[]): Set<Right> =>
  new Set(roles.flatMap((role): readonly Right[] => merchantRoles[role].rights));

export const rightsOfOperator = (roles: readonly OperatorRole[]): Set<Right> =>
  new Set(roles.flatMap((role): readonly Right[] => operatorRoles[role].rights));
