import type { AdapterKind } from './adapter-settings.ts';
import { type Text, text } from './text.ts';

/** Where the sending of one version of an answer to a provider (回答の送信) stands. */
export const replyStates = {
  waiting: text('送信待ち', 'Waiting'),
  sent: text('送信済み', 'Sent'),
  failed: text('失敗', 'Failed'),
  none: text('送信なし', 'Not sent'),
} as const satisfies Record<string, Text>;

export type ReplyState = keyof typeof replyStates;

/** Why a reply stands where it stands; the codes are stored. */
export const replyReasons = {
  takes_no_answer: text(
    '決済事業者が回答を受け付けない通知のため、送信しません。',
    'The provider takes no answer to this kind of notice.',
  ),
  replies_off: text(
    'この接続では、回答の送信がオフです。設定後に「再送」で送信できます。',
    'Sending answers is off for this adapter. Set it up, then send it again.',
  ),
  case_withdrawn: text('依頼が取り下げられたため、送信しません。', 'The request was withdrawn.'),
  overtaken: text(
    '訂正後の回答が登録されたため、この版は送信しません。',
    'A later version was registered, so that this one is not sent.',
  ),
  settled: text('担当者がほかの方法で対応しました。', 'An operator dealt with it in another way.'),
  not_reached: text(
    '決済事業者に接続できませんでした。時間をおいて再度送信します。',
    'The provider could not be reached. It is tried again.',
  ),
  busy: text(
    '決済事業者が一時的に応答できませんでした。時間をおいて再度送信します。',
    'The provider could not answer for the moment. It is tried again.',
  ),
  not_let_in: text(
    '決済事業者に認証されませんでした。接続のAPIキーをご確認ください。確認後に自動で送信します。',
    'The provider did not let us in. Check the API key of the adapter; then it is sent by itself.',
  ),
  not_permitted: text(
    'APIキーに、この照会へ回答する権限がありません。決済事業者側の設定をご確認のうえ、再送してください。',
    'The API key may not answer this dispute. See to it at the provider, then send it again.',
  ),
  refused: text(
    '決済事業者が受け付けませんでした。案件管理票の「通信の記録」をご確認ください。',
    'The provider refused it. See the calls on the page of the case.',
  ),
  unknown_dispute: text(
    '決済事業者に、この照会が見つかりません。APIキーのアカウントと環境(テスト・本番)をご確認ください。',
    'The provider knows no such dispute. Check the account and the environment (test or live) of the API key.',
  ),
  dispute_closed: text(
    '決済事業者側で、照会がすでに終了しています。',
    'The dispute is closed at the provider.',
  ),
  no_inquiry: text(
    '決済事業者側で、照会がチャージバックなどの次の段階に進んでいるため、送信していません。決済事業者の管理画面でご対応ください。',
    'At the provider it is no inquiry any more but a chargeback or the like, so that nothing was sent. Please deal with it there.',
  ),
  too_long: text(
    '回答が、決済事業者の受け付ける文字数を超えています。',
    'The answer is longer than the provider takes.',
  ),
  document_too_large: text(
    '回答書(PDF)が、決済事業者の受け付ける大きさを超えています。',
    'The answer sheet (PDF) is larger than the provider takes.',
  ),
  reason_not_offered: text(
    '設定した抗弁理由または書類の種類が、この照会では使用できません。案件管理票の「通信の記録」をご確認ください。',
    'The defense reason or document type that is set is not offered for this dispute. The calls on the page of the case tell what is.',
  ),
  no_account: text(
    '通知に、送信に必要な決済事業者のアカウントまたは照会番号がありません。',
    'The message lacked the account or reference that an answer needs.',
  ),
  mapping_failed: text(
    '変換規則で回答を変換できませんでした。案件管理票の「通信の記録」をご確認ください。',
    'The mapping rule failed. See the calls on the page of the case.',
  ),
  erased: text('個人情報が消去されているため、送信できません。', 'The personal data of the case was erased.'),
  unreadable: text('保存された回答を開けません。', 'The stored answer does not open.'),
  unexpected: text(
    '決済事業者の応答が、想定と異なります。案件管理票の「通信の記録」をご確認ください。',
    'The provider answered in a way that nobody expected. See the calls on the page of the case.',
  ),
  tries_used_up: text(
    '13回送信を試みましたが、送信できませんでした。',
    'It was tried thirteen times without success.',
  ),
} as const satisfies Record<string, Text>;

export type ReplyReason = keyof typeof replyReasons;

/** How the answers of one adapter's cases are sent; each kind of provider reads what concerns it. */
export type OutletSettings = {
  /** Stripe: whether evidence goes to the bank at once, or waits at Stripe for somebody to submit it there. */
  submit: boolean;
  /** Adyen: which of its two worlds. At Stripe the key says it. */
  environment: 'test' | 'live';
  /** Adyen: the defense reason and the type of document that an answer is supplied as. */
  defenseReason: string;
  documentType: string;
  /** Mapping: where answers go, and the JSONata expression that makes the body. */
  url: string;
  mapping: string;
};

/** What Adyen's own examples defend with when there is material to be looked at; a dispute says itself what it offers. */
export const usualOutlet: OutletSettings = {
  submit: true,
  environment: 'live',
  defenseReason: 'SupplyDefenseMaterial',
  documentType: 'DefenseMaterial',
  url: '',
  mapping: '',
};

/** Whether a provider takes an answer to what became of this message. A notice of fraud (Adyen's NOF) is told, not asked. */
export const takesAnswer = (kind: AdapterKind, reference: string | null): boolean =>
  !(kind === 'adyen' && (reference?.endsWith('-NOF') ?? false));
