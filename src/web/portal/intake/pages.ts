import type { Session } from '../../api/session.ts';

/** The pages of 受付, for operators who take requests in, in the order of the menu. */
export const intakePages = [
  { path: '/intake/new', label: { ja: '依頼の登録', en: 'Register a request' } },
  { path: '/intake/files', label: { ja: 'ファイルでの取込', en: 'Take in a file' } },
  { path: '/intake/templates', label: { ja: '依頼補足事項の定型文', en: 'Templates of the supplement' } },
] as const;

export const takesIn = ({ kind, rights }: Session['user']): boolean =>
  kind === 'operator' && rights.includes('take_in_cases');
