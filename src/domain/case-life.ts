import { Refusal } from './refusals.ts';
import { type Text, text } from './text.ts';

/** Where a case stands (ステータス). The first and the second label are the manual's, to the letter. */
export const caseStatuses = {
  received: text('依頼受領', 'Received'),
  answered: text('クローズ:回答実行済', 'Closed: answered'),
  correcting: text('回答訂正中', 'Being corrected'),
  withdrawn: text('クローズ:依頼取下げ', 'Closed: withdrawn'),
  expired: text('クローズ:回答期限超過', 'Closed: expired'),
} as const satisfies Record<string, Text>;

export type CaseStatus = keyof typeof caseStatuses;

export const caseStatusCodes = Object.keys(caseStatuses) as CaseStatus[];

/** What can be done with a case, and the words its history shows for it. */
export const caseActions = {
  receive: text('依頼を受け付けました', 'Request received'),
  register_answer: text('回答を登録しました', 'Answer registered'),
  open_correction: text('回答の訂正を受け付けました', 'Opened for a correction'),
  withdraw: text('依頼が取り下げられました', 'Request withdrawn'),
  expire: text('回答期限を過ぎたためクローズしました', 'Closed without an answer'),
} as const satisfies Record<string, Text>;

export type CaseAction = keyof typeof caseActions;

/** A step after the first: `receive` makes the case. */
export type CaseStep = Exclude<CaseAction, 'receive'>;

export type ActorKind = 'merchant' | 'institution' | 'operator' | 'system';

type Step = { by: readonly ActorKind[]; to: CaseStatus };

/**
 * The life of a case in one table: in each status, what can be done, by whom, and where it leads. The API, the buttons on
 * the screens and the expiry all read it; nothing else changes a status. A saved draft is a mark, not a status.
 */
export const caseLife: Readonly<Record<CaseStatus, Partial<Record<CaseStep, Step>>>> = {
  received: {
    register_answer: { by: ['merchant'], to: 'answered' },
    withdraw: { by: ['institution', 'operator'], to: 'withdrawn' },
    expire: { by: ['system'], to: 'expired' },
  },
  answered: {
    // 手順書「修正が必要な場合は、SBPS加盟店サポートまでお問い合わせください」
    open_correction: { by: ['operator'], to: 'correcting' },
  },
  correcting: {
    register_answer: { by: ['merchant'], to: 'answered' },
  },
  withdrawn: {},
  expired: {},
};

/** Where a step leads; refuses what the table does not allow. */
export function nextStatus(from: CaseStatus, step: CaseStep, kind: ActorKind): CaseStatus {
  const allowed = caseLife[from][step];
  if (!allowed) throw new Refusal('action_not_possible', { status: from, action: step });
  if (!allowed.by.includes(kind)) throw new Refusal('not_permitted');
  return allowed.to;
}

/** The steps a screen may offer to this kind of actor now. */
export function stepsFor(status: CaseStatus, kind: ActorKind): CaseStep[] {
  const steps = Object.keys(caseLife[status]) as CaseStep[];
  return steps.filter((step) => caseLife[status][step]?.by.includes(kind));
}
