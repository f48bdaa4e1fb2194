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
  request_extension: text('回答期限の延長が依頼されました', 'Extension asked for'),
  grant_extension: text('回答期限を延長しました', 'Extension granted'),
  refuse_extension: text('回答期限の延長を見送りました', 'Extension refused'),
  request_correction: text('回答の訂正が依頼されました', 'Correction asked for'),
  refuse_correction: text('回答の訂正を見送りました', 'Correction refused'),
  open_correction: text('回答の訂正を受け付けました', 'Opened for a correction'),
  ask_again: text('追加の照会をしました', 'Follow-up question asked'),
  end_correction: text('訂正せずに終了しました', 'Ended without a further version'),
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
    request_extension: { by: ['merchant'], to: 'received' },
    grant_extension: { by: ['operator'], to: 'received' },
    refuse_extension: { by: ['operator'], to: 'received' },
    withdraw: { by: ['institution', 'operator'], to: 'withdrawn' },
    expire: { by: ['system'], to: 'expired' },
  },
  answered: {
    // 手順書「修正が必要な場合は、SBPS加盟店サポートまでお問い合わせください」
    request_correction: { by: ['merchant'], to: 'answered' },
    refuse_correction: { by: ['operator'], to: 'answered' },
    open_correction: { by: ['operator'], to: 'correcting' },
    ask_again: { by: ['operator'], to: 'correcting' },
  },
  correcting: {
    register_answer: { by: ['merchant'], to: 'answered' },
    request_extension: { by: ['merchant'], to: 'correcting' },
    grant_extension: { by: ['operator'], to: 'correcting' },
    refuse_extension: { by: ['operator'], to: 'correcting' },
    withdraw: { by: ['institution', 'operator'], to: 'withdrawn' },
    // The version registered before stands.
    end_correction: { by: ['operator', 'system'], to: 'answered' },
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

/** Whether a case waits for its merchant: for its first answer, or for the next version. */
export const awaitsAnswer = (status: CaseStatus): boolean => status === 'received' || status === 'correcting';

/** The steps between a merchant and the PSP alone: their reasons are no affair of the institution's. */
export const betweenMerchantAndProvider: ReadonlySet<CaseAction> = new Set([
  'request_extension',
  'grant_extension',
  'refuse_extension',
  'request_correction',
  'refuse_correction',
]);

/** What a merchant asks of the PSP: a correction of its answer (訂正依頼), or more time (期限延長依頼). */
export const requestKinds = ['correction', 'extension'] as const;
export type RequestKind = (typeof requestKinds)[number];

export const requestStates = ['open', 'granted', 'refused', 'lapsed'] as const;
export type RequestState = (typeof requestStates)[number];

/** The steps by which a merchant asks, and what each asks for. */
export const askedBySteps: Readonly<Partial<Record<CaseStep, RequestKind>>> = {
  request_correction: 'correction',
  request_extension: 'extension',
};

const decisions: Readonly<Partial<Record<CaseStep, RequestState>>> = {
  grant_extension: 'granted',
  open_correction: 'granted',
  ask_again: 'granted',
  refuse_extension: 'refused',
  refuse_correction: 'refused',
};

/** What becomes of an open request of the merchant with a step that is not one itself: it is decided, or the case moves on without. */
export const settledBy = (step: CaseStep): RequestState => decisions[step] ?? 'lapsed';

/** The steps that are possible only until the case is closed by time, whether or not that was done yet. */
export const untilExpiry: ReadonlySet<CaseStep> = new Set([
  'register_answer',
  'request_extension',
  'grant_extension',
]);

type Taken = { action: CaseAction; sequence: number };

/** The step of a history that opened its case for a version after the first; the last one for a version that is awaited. */
export function openingOf<Event extends Taken>(events: readonly Event[], version: number): Event | undefined {
  const registered = events.filter(({ action }) => action === 'register_answer')[version - 1];
  return events.findLast(
    ({ action, sequence }) =>
      (action === 'ask_again' || action === 'open_correction') &&
      sequence < (registered?.sequence ?? Infinity),
  );
}
