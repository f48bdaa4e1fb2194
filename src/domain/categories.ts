import { type Text, text } from './text.ts';

type Category = {
  label: Text;
  /** What the mail's subject says happened. */
  mailSubject: Text;
};

/** The kinds of work the portal carries (依頼カテゴリ). A category is data: adding one adds a row here and its notification types. */
export const categories = {
  inquiry_cancellation: {
    label: text('利用照会・代行解約', 'Inquiries and cancellations'),
    // 手順書「件名:[SBペイメントサービス]利用照会・代行解約発生のご連絡(MID-SID)」
    mailSubject: text('利用照会・代行解約発生のご連絡', 'Notice of inquiries and cancellation requests'),
  },
  fraud_notice: {
    label: text('不正連絡', 'Fraud notices'),
    mailSubject: text('不正連絡発生のご連絡', 'Notice of suspected fraud'),
  },
} as const satisfies Record<string, Category>;

export type CategoryCode = keyof typeof categories;

export const categoryCodes = Object.keys(categories) as [CategoryCode, ...CategoryCode[]];
