import { answerSupplement, type NotificationType, seeSupplement } from './notification-kinds.ts';
import { text } from './text.ts';

/** What an institution tells of when a payment is fraudulent or looks so (不正連絡), and what it wants stopped. */
export const fraudNoticeTypes = {
  'fraud_notice.stop_delivery': {
    kind: 'fraud_notice',
    label: text('不正連絡:商品配送停止依頼', 'Fraud notice: stop the delivery'),
    labelNote: text('未発送または配送中の商品の配送停止', 'Goods that are not sent yet or on their way'),
    reason: text(
      '第三者による不正利用が疑われ、商品の配送を停止する必要がある場合',
      'Fraudulent use by a third party is suspected and the delivery of the goods has to be stopped',
    ),
    guidance: text(
      '商品が未発送の場合は発送を見合わせ、配送中の場合は配送会社への配送停止のご依頼を検討ください',
      'If the goods are not sent yet, please hold them back; if they are on their way, please consider having the carrier stop them.',
    ),
  },
  'fraud_notice.stop_service': {
    kind: 'fraud_notice',
    label: text('不正連絡:サービス提供停止依頼', 'Fraud notice: stop the service'),
    labelNote: text(
      'デジタルコンテンツ、継続課金、宿泊等の提供停止',
      'Digital content, subscriptions, lodging',
    ),
    reason: text(
      '第三者による不正利用が疑われ、サービスの提供を停止する必要がある場合',
      'Fraudulent use by a third party is suspected and the service has to be stopped',
    ),
    guidance: text(
      'サービスが未提供または提供中の場合、提供停止、継続課金の停止等のご対応を検討ください',
      'If the service is not provided yet or still runs, please consider stopping it and its charges.',
    ),
  },
  'fraud_notice.reported': {
    kind: 'fraud_notice',
    label: text('不正連絡:不正利用の報告', 'Fraud notice: fraud was reported'),
    labelNote: text('カード会社へ不正利用の報告あり', 'The use was reported to the card company as fraud'),
    reason: text(
      'カード会社が不正利用と判断し、その旨を報告した場合',
      'The card company holds the use for fraud and reported it',
    ),
    guidance: text(
      '配送、提供を停止できる場合は停止のご対応と、同一の利用者による他のご注文の確認を検討ください',
      'Please stop what can still be stopped, and consider looking at other orders of the same user.',
    ),
  },
  'fraud_notice.account_takeover': {
    kind: 'fraud_notice',
    label: text('不正連絡:アカウント不正アクセス', 'Fraud notice: account taken over'),
    labelNote: text('会員アカウントの乗っ取りの疑いあり', 'The account may have been taken over'),
    reason: text(
      '会員アカウントへの第三者による不正アクセスが疑われる場合',
      'Access to the account by a third party is suspected',
    ),
    guidance: text(
      '配送、提供の停止に加え、アカウント停止、パスワード変更等のご対応を検討ください',
      'Besides stopping delivery or service, please consider suspending the account or having its password changed.',
    ),
    adds: ['accountAction'],
  },
  'fraud_notice.other': {
    kind: 'fraud_notice',
    label: text('不正連絡:その他', 'Fraud notice: other'),
    labelNote: seeSupplement,
    reason: seeSupplement,
    guidance: answerSupplement,
    adds: ['supplementReply'],
  },
} as const satisfies Record<string, NotificationType>;
