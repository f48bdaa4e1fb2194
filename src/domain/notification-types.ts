import type { CategoryCode } from './categories.ts';
import { fraudNoticeTypes } from './fraud-notice-types.ts';
import {
  answerSupplement,
  type NotificationType,
  notificationKind,
  seeSupplement,
} from './notification-kinds.ts';
import { type Text, text } from './text.ts';

const inquiryTypes = {
  'inquiry.usage_detail': {
    kind: 'inquiry',
    label: text('利用照会:利用内容調査', 'Inquiry: details of the use'),
    labelNote: text('購入者、購入商品等の詳細調査', 'Detailed research of the purchaser and the goods'),
    reason: text('購入者、購入商品等の詳細調査', 'Detailed research of the purchaser and the goods'),
  },
  'inquiry.fraud_abuse': {
    kind: 'inquiry',
    label: text('利用照会:不正・悪用調査', 'Inquiry: fraud or abuse'),
    labelNote: text('第三者による不正利用の疑いあり', 'Fraudulent use by a third party is suspected'),
    reason: text('第三者による不正利用の疑いが発生した場合', 'Fraudulent use by a third party is suspected'),
    guidance: text(
      '登録情報に不審な点が見受けられる場合、アカウント停止等のご対応を検討ください',
      'If the registered details look suspicious, please consider suspending the account.',
    ),
    adds: ['accountAction'],
  },
  'inquiry.cancel_wish': {
    kind: 'inquiry',
    label: text('利用照会:キャンセル・解約希望', 'Inquiry: wish to cancel'),
    reason: text(
      'カード保有者がキャンセル、解約希望の旨、カード会社へ申告した場合',
      'The cardholder told the card company of a wish to cancel',
    ),
    guidance: text(
      'エンドユーザーからの問い合わせ履歴確認と、キャンセル、解約のご対応を検討ください',
      'Please check the contact history with the end user and consider cancelling.',
    ),
    adds: ['contactHistory'],
  },
  'inquiry.not_provided': {
    kind: 'inquiry',
    label: text('利用照会:商品・サービス未提供', 'Inquiry: goods or service not provided'),
    reason: text(
      'カード保有者が商品またはサービス未受領の旨、カード会社へ申告した場合',
      'The cardholder told the card company that goods or service were not received',
    ),
    guidance: text(
      '商品、サービス未提供が事実の場合、商品サービスの提供、またはキャンセル、解約のご対応を検討ください',
      'If goods or service were not provided, please consider providing them or cancelling.',
    ),
    adds: ['claim'],
  },
  'inquiry.duplicate_charge': {
    kind: 'inquiry',
    label: text('利用照会:重複請求', 'Inquiry: charged twice'),
    reason: text(
      'カード保有者が重複した請求である旨、カード会社へ申告した場合',
      'The cardholder told the card company of being charged twice',
    ),
    guidance: text(
      'カード保有者申し出事実の確認、重複請求が事実の場合、キャンセル、解約のご対応を検討ください',
      "Please check the cardholder's claim and, if it was charged twice, consider cancelling.",
    ),
    adds: ['claim'],
  },
  'inquiry.unrecognized': {
    kind: 'inquiry',
    label: text('利用照会:利用覚えなし', 'Inquiry: use not recognised'),
    reason: text(
      'カード保有者が利用した覚えのない旨、カード会社へ申告した場合',
      'The cardholder told the card company of having no memory of the use',
    ),
    guidance: text(
      '過去の利用実績など、本人特定に有効な情報をご回答ください',
      'Please answer with what helps to identify the holder, such as past usage.',
    ),
    adds: ['pastUsage'],
  },
  'inquiry.other': {
    kind: 'inquiry',
    label: text('利用照会:その他', 'Inquiry: other'),
    labelNote: seeSupplement,
    reason: seeSupplement,
    guidance: answerSupplement,
    adds: ['supplementReply'],
  },
} as const satisfies Record<string, NotificationType>;

const complaintTypes = {
  'complaint.contact_unknown': {
    kind: 'complaint',
    label: text('苦情調査:問合せ先不明', 'Complaint: contact unknown'),
    reason: text('お客様が問合せ先をご存じない場合', 'The customer does not know whom to contact'),
    guidance: text(
      'エンドユーザーからの問い合わせ可能なご連絡先を、必ずご回答ください',
      'Please be sure to answer with a contact that the end user can reach.',
    ),
    needsOneOf: { section: 'contactDesk', fields: ['phone', 'email', 'url'] },
  },
  'complaint.no_reply': {
    kind: 'complaint',
    label: text('苦情調査:問合せ返答なし', 'Complaint: no reply to contact'),
    reason: text('お客様の問い合わせに返答がない場合', "The customer's contact went unanswered"),
    guidance: text(
      'エンドユーザーからの問い合わせ履歴確認と、エンドユーザーへのご連絡等ご対応を検討ください',
      'Please check the contact history with the end user and consider contacting the end user.',
    ),
    adds: ['contactHistory'],
  },
  'complaint.service_differs': {
    kind: 'complaint',
    label: text('苦情調査:サービス内容相違', 'Complaint: service differs'),
    reason: text(
      'サービス(商品)内容が相違している旨の申告',
      'The service or goods differ from what was promised',
    ),
    guidance: text(
      'サービス(商品)内容が相違していたことが事実の場合、キャンセル、解約のご対応を検討ください',
      'If the service or goods did differ, please consider cancelling.',
    ),
    adds: ['claim'],
  },
  'complaint.refund_wish': {
    kind: 'complaint',
    label: text('苦情調査:返金要望', 'Complaint: wish for a refund'),
    reason: text('お客様が返金を要望している場合', 'The customer wishes for a refund'),
    guidance: text(
      'キャンセル、解約のご対応可否と、その理由を必ずご回答ください',
      'Please be sure to answer whether you can cancel or refund, and why.',
    ),
    adds: ['refundDecision'],
  },
  'complaint.other': {
    kind: 'complaint',
    label: text('苦情調査:その他', 'Complaint: other'),
    reason: seeSupplement,
    guidance: answerSupplement,
    adds: ['supplementReply'],
  },
} as const satisfies Record<string, NotificationType>;

const cancellationTypes = {
  'cancellation.holder_unable_or_deceased': {
    kind: 'cancellation',
    label: text('解約処理依頼:本人対応困難・本人逝去', 'Cancellation: holder unable or deceased'),
    reason: text(
      'エンドユーザー自身での解約が困難で、解約希望の旨、カード会社へ申告した場合',
      'The end user finds it hard to cancel alone and wishes to cancel',
    ),
  },
  'cancellation.unrecognized': {
    kind: 'cancellation',
    label: text('解約処理依頼:利用覚えなし', 'Cancellation: use not recognised'),
    reason: text(
      'カード保有者が利用した覚えがなく解約希望の旨、カード会社へ申告した場合',
      'The cardholder has no memory of the use and wishes to cancel',
    ),
  },
  'cancellation.method_unknown': {
    kind: 'cancellation',
    label: text('解約処理依頼:解約方法不明', 'Cancellation: does not know how to cancel'),
    reason: text(
      'エンドユーザー自身での解約方法が不明で、解約希望の旨、カード会社へ申告した場合',
      'The end user does not know how to cancel and wishes to cancel',
    ),
  },
  'cancellation.account_lost': {
    kind: 'cancellation',
    label: text('解約処理依頼:アカウント情報紛失', 'Cancellation: account information lost'),
    reason: text(
      'エンドユーザー自身での登録したアカウント情報が不明で、解約希望の旨、カード会社へ申告した場合',
      'The end user lost the account information and wishes to cancel',
    ),
  },
  'cancellation.other': {
    kind: 'cancellation',
    label: text('解約処理依頼:その他', 'Cancellation: other'),
    labelNote: seeSupplement,
    reason: seeSupplement,
    ask: text(
      '加盟店様にて解約処理の実行と、その結果、「加盟店様への依頼補足事項」欄に記載した内容に対するご回答',
      'Carry out the cancellation and answer with its result and with what the supplement to the merchant asks',
    ),
    adds: ['supplementReply'],
  },
} as const satisfies Record<string, NotificationType>;

/**
 * What a payment institution can ask (通知種別): the manual's table, and the fraud notices. A code is stored, sent and logged, so it never
 * changes: to change what a type means, add a new one and stop offering the old.
 */
export const notificationTypes = {
  ...inquiryTypes,
  ...complaintTypes,
  ...cancellationTypes,
  ...fraudNoticeTypes,
};

export type NotificationCode = keyof typeof notificationTypes;

export const notificationCodes = Object.keys(notificationTypes) as NotificationCode[];

/** The row of a type. Asking through here gives every type the same shape, whatever its row leaves out. */
export const notificationType = (code: NotificationCode): NotificationType => notificationTypes[code];

/** The request category (依頼カテゴリ) that carries a type. */
export const categoryOf = (code: NotificationCode): CategoryCode =>
  notificationKind(notificationType(code).kind).category;

/** What the merchant is asked to do (ご依頼事項). */
export function askOf(code: NotificationCode): Text {
  const { kind, ask } = notificationType(code);
  return ask ?? notificationKind(kind).ask;
}

/** What stands below a request of this type, if anything: where the details asked for are listed. */
export const noteOf = (code: NotificationCode): Text | undefined =>
  notificationKind(notificationType(code).kind).note;
