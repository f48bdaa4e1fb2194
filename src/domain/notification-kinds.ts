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
} as const satisfies Record<string, Kind>;

export type NotificationKind = keyof typeof notificationKinds;

export const notificationKindCodes = Object.keys(notificationKinds) as NotificationKind[];

/** The row of a kind. Asking through here gives every kind the same shape, whatever its row leaves out. */
export const notificationKind = (kind: NotificationKind): Kind => notificationKinds[kind];
