import type { SectionName } from './answer-sections.ts';
import type { CategoryCode } from './categories.ts';
import { type Text, text } from './text.ts';

type Kind = {
  /** Above the types of this kind, where one is picked. */
  label: Text;
  category: CategoryCode;
  /** What the merchant is asked to do (ご依頼事項). */
  ask: Text;
  /** What every type of this kind asks for, in the order of the form; the goods decide which of them a payment gets. */
  sections: readonly SectionName[];
  /** Shown below a request: where the details asked for are listed. */
  note?: Text;
};

const answerTransaction = text('取引情報のご回答', 'Answer with the details of the transaction');
const seeDetails = text(
  'ご連絡いただく情報の詳細は「依頼・回答内容」タブよりご確認ください',
  'See the tab "Request and answer" for the details we ask for',
);
const transaction: readonly SectionName[] = [
  'purchaser',
  'subscription',
  'product',
  'shipping',
  'delivery',
  'booker',
  'guests',
  'stay',
  'contactDesk',
];

/** The kinds of notification types, as the catalogue groups them: what all types of a kind have in common, and their category. */
export const notificationKinds = {
  inquiry: {
    label: text('利用照会', 'Inquiry'),
    category: 'inquiry_cancellation',
    ask: answerTransaction,
    sections: transaction,
    note: seeDetails,
  },
  complaint: {
    label: text('苦情調査', 'Complaint investigation'),
    category: 'inquiry_cancellation',
    ask: answerTransaction,
    sections: transaction,
    note: seeDetails,
  },
  cancellation: {
    label: text('解約処理依頼・代行解約', 'Cancellation request'),
    category: 'inquiry_cancellation',
    ask: text(
      '加盟店様にて解約処理の実行と、その結果のご回答',
      'Carry out the cancellation and answer with its result',
    ),
    sections: ['cancellation'],
  },
  fraud_notice: {
    label: text('不正連絡', 'Fraud notice'),
    category: 'fraud_notice',
    ask: text(
      '配送・提供の停止のご対応と、利用者情報、配送・提供状況、停止の可否のご回答',
      'Stop delivery or service where you still can, and answer with the user, what was delivered, and whether it was stopped',
    ),
    sections: ['user', 'deliveryStatus', 'provisionStatus', 'stopResult'],
    note: seeDetails,
  },
} as const satisfies Record<string, Kind>;

export type NotificationKind = keyof typeof notificationKinds;

export const notificationKindCodes = Object.keys(notificationKinds) as NotificationKind[];

/** The row of a kind. Asking through here gives every kind the same shape, whatever its row leaves out. */
export const notificationKind = (kind: NotificationKind): Kind => notificationKinds[kind];

export type NotificationType = {
  kind: NotificationKind;
  label: Text;
  labelNote?: Text;
  /** Why an institution sends it (主な発生理由). */
  reason: Text;
  guidance?: Text;
  /** What the merchant is asked to do, where it is more than its kind asks for. */
  ask?: Text;
  /** What this type asks for beyond the sections of its kind. */
  adds?: readonly SectionName[];
  /** A section of which this type wants at least one of these fields, though each alone is optional. */
  needsOneOf?: { section: SectionName; fields: readonly string[] };
};

/** Says in place of words of its own that a request is told of in the supplement. */
export const seeSupplement = text(
  '「加盟店様への依頼補足事項」欄をご確認ください',
  'See the supplement to the merchant (加盟店様への依頼補足事項)',
);
export const answerSupplement = text(
  '「加盟店様への依頼補足事項」欄を確認のうえ、ご回答ください',
  'Please read the supplement to the merchant and answer it.',
);
