import type { Right } from './rights.ts';
import { type Text, text } from './text.ts';

/** Whose system a key (APIキー) stands for. A key is bound to exactly one owner. */
export const keyOwners = {
  institution: {
    label: text('決済機関', 'Institution'),
    scopes: ['read_cases', 'read_personal_data', 'take_in_cases', 'withdraw_cases', 'manage_webhooks'],
  },
  merchant: {
    label: text('加盟店', 'Merchant'),
    scopes: ['read_cases', 'read_personal_data', 'answer_cases', 'manage_webhooks'],
  },
  provider: {
    label: text('決済代行', 'PSP'),
    scopes: [
      'read_cases',
      'read_personal_data',
      'take_in_cases',
      'withdraw_cases',
      'open_corrections',
      'read_audit_trail',
    ],
  },
} as const satisfies Record<string, { label: Text; scopes: readonly Right[] }>;

export type KeyOwnerKind = keyof typeof keyOwners;

export const keyOwnerKinds = Object.keys(keyOwners) as KeyOwnerKind[];

/**
 * Every right that some key can hold. None lets a key make users, keys or contacts: nothing that runs by itself may do that. A
 * system may look after the webhooks it receives.
 */
export const keyScopes = [
  'read_cases',
  'read_personal_data',
  'answer_cases',
  'take_in_cases',
  'withdraw_cases',
  'open_corrections',
  'read_audit_trail',
  'manage_webhooks',
] as const satisfies readonly Right[];

export type KeyScope = (typeof keyScopes)[number];

/** What somebody may give a key of such an owner: what it can hold and they hold themselves. */
export const givableScopes = (kind: KeyOwnerKind, held: ReadonlySet<Right>): KeyScope[] =>
  keyScopes.filter(
    (scope) => (keyOwners[kind].scopes as readonly Right[]).includes(scope) && held.has(scope),
  );

/** Days of a key's life, and for how many its forerunner works beside it. */
export const keyDays = { standard: 365, longest: 730, overlap: 7, longestOverlap: 30 } as const;

export const keyStates = ['active', 'replaced', 'expired', 'revoked'] as const;

/** Replaced keys still work, until they expire. */
export type KeyState = (typeof keyStates)[number];
