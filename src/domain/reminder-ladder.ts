import { type Text, text } from './text.ts';

/** Whom a step of the ladder tells: the service's contacts, the merchant's admins, the PSP's operators. */
export const audiences = {
  contacts: text('ご担当者', 'Contacts'),
  merchant_admins: text('加盟店の管理者', 'Merchant’s admins'),
  operators: text('PSP担当者', 'Operators'),
} as const satisfies Record<string, Text>;

export type Audience = keyof typeof audiences;

export const audienceCodes = Object.keys(audiences) as Audience[];

/** Where a step stands: business days before the due day, its morning, past due, or before the case is closed unanswered. */
export const stepPlaces = ['before', 'morning', 'after', 'before_expiry'] as const;

export type StepPlace = (typeof stepPlaces)[number];

/** A step of the ladder (督促の段階). `days` are business days; none for the morning, and 0 after the due instant is at once. */
export type LadderStep = { at: StepPlace; days: number; to: readonly Audience[] };

export type Ladder = readonly LadderStep[];

/** The name under which a step is remembered, so that it happens once. */
export const stepCode = ({ at, days }: Pick<LadderStep, 'at' | 'days'>): string => `${at}-${days}`;

export const mostSteps = 10;
export const mostDays = 60;

/** What holds until an operator says otherwise: docs/decisions/0021 says why. */
export const defaultLadder: Ladder = [
  { at: 'before', days: 3, to: ['contacts'] },
  { at: 'before', days: 1, to: ['contacts'] },
  { at: 'morning', days: 0, to: ['contacts'] },
  { at: 'after', days: 0, to: ['contacts', 'merchant_admins'] },
  { at: 'after', days: 1, to: ['operators'] },
  { at: 'before_expiry', days: 1, to: ['contacts', 'merchant_admins'] },
];

export type LadderProblem = { code: 'too_many' | 'no_steps' | 'repeated' | 'days' | 'nobody'; index: number };

/** What is wrong with a ladder, each with the step it is about. */
export function problemsOfLadder(steps: Ladder): LadderProblem[] {
  const seen = new Set<string>();
  const problems: LadderProblem[] = [];
  if (steps.length === 0) problems.push({ code: 'no_steps', index: 0 });
  steps.forEach((step, index) => {
    if (index === mostSteps) problems.push({ code: 'too_many', index });
    if (!hasSaneDays(step)) problems.push({ code: 'days', index });
    if (step.to.length === 0) problems.push({ code: 'nobody', index });
    if (seen.has(stepCode(step))) problems.push({ code: 'repeated', index });
    seen.add(stepCode(step));
  });
  return problems;
}

function hasSaneDays({ at, days }: LadderStep): boolean {
  if (!Number.isInteger(days) || days > mostDays) return false;
  if (at === 'morning') return days === 0;
  return days >= (at === 'after' ? 0 : 1);
}

/** A step in words. */
export function showStep({ at, days }: Pick<LadderStep, 'at' | 'days'>): Text {
  const s = days === 1 ? '' : 's';
  switch (at) {
    case 'before':
      return text(`回答期限の${days}営業日前`, `${days} business day${s} before due`);
    case 'morning':
      return text('回答期限の当日朝', 'The morning of the due day');
    case 'after':
      return days === 0
        ? text('回答期限の超過時', 'When overdue')
        : text(`期限超過の${days}営業日後`, `${days} business day${s} after overdue`);
    case 'before_expiry':
      return text(
        `クローズの${days}営業日前(最終通知)`,
        `${days} business day${s} before closing (last notice)`,
      );
  }
}
