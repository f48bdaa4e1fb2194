import { describe, expect, it } from 'vitest';
import { type CategoryCode, categories, categoryCodes } from './categories.ts';
import {
  askOf,
  categoryOf,
  type NotificationCode,
  noteOf,
  notificationCodes,
  notificationType,
  notificationTypes,
} from './notification-types.ts';

/** 手順書の通知種別の表: 通知種別, ご依頼事項, and what follows its first ※. */
const manual = {
  'inquiry.usage_detail': ['利用照会:利用内容調査 (購入者、購入商品等の詳細調査)', '取引情報のご回答'],
  'inquiry.fraud_abuse': [
    '利用照会:不正・悪用調査 (第三者による不正利用の疑いあり)',
    '取引情報のご回答',
    '登録情報に不審な点が見受けられる場合、アカウント停止等のご対応を検討ください',
  ],
  'inquiry.cancel_wish': [
    '利用照会:キャンセル・解約希望',
    '取引情報のご回答',
    'エンドユーザーからの問い合わせ履歴確認と、キャンセル、解約のご対応を検討ください',
  ],
  'inquiry.not_provided': [
    '利用照会:商品・サービス未提供',
    '取引情報のご回答',
    '商品、サービス未提供が事実の場合、商品サービスの提供、またはキャンセル、解約のご対応を検討ください',
  ],
  'inquiry.duplicate_charge': [
    '利用照会:重複請求',
    '取引情報のご回答',
    'カード保有者申し出事実の確認、重複請求が事実の場合、キャンセル、解約のご対応を検討ください',
  ],
  'inquiry.unrecognized': [
    '利用照会:利用覚えなし',
    '取引情報のご回答',
    '過去の利用実績など、本人特定に有効な情報をご回答ください',
  ],
  'inquiry.other': [
    '利用照会:その他 (「加盟店様への依頼補足事項」欄をご確認ください)',
    '取引情報のご回答',
    '「加盟店様への依頼補足事項」欄を確認のうえ、ご回答ください',
  ],
  'complaint.contact_unknown': [
    '苦情調査:問合せ先不明',
    '取引情報のご回答',
    'エンドユーザーからの問い合わせ可能なご連絡先を、必ずご回答ください',
  ],
  'complaint.no_reply': [
    '苦情調査:問合せ返答なし',
    '取引情報のご回答',
    'エンドユーザーからの問い合わせ履歴確認と、エンドユーザーへのご連絡等ご対応を検討ください',
  ],
  'complaint.service_differs': [
    '苦情調査:サービス内容相違',
    '取引情報のご回答',
    'サービス(商品)内容が相違していたことが事実の場合、キャンセル、解約のご対応を検討ください',
  ],
  'complaint.refund_wish': [
    '苦情調査:返金要望',
    '取引情報のご回答',
    'キャンセル、解約のご対応可否と、その理由を必ずご回答ください',
  ],
  'complaint.other': [
    '苦情調査:その他',
    '取引情報のご回答',
    '「加盟店様への依頼補足事項」欄を確認のうえ、ご回答ください',
  ],
  'cancellation.holder_unable_or_deceased': [
    '解約処理依頼:本人対応困難・本人逝去',
    '加盟店様にて解約処理の実行と、その結果のご回答',
  ],
  'cancellation.unrecognized': [
    '解約処理依頼:利用覚えなし',
    '加盟店様にて解約処理の実行と、その結果のご回答',
  ],
  'cancellation.method_unknown': [
    '解約処理依頼:解約方法不明',
    '加盟店様にて解約処理の実行と、その結果のご回答',
  ],
  'cancellation.account_lost': [
    '解約処理依頼:アカウント情報紛失',
    '加盟店様にて解約処理の実行と、その結果のご回答',
  ],
  'cancellation.other': [
    '解約処理依頼:その他 (「加盟店様への依頼補足事項」欄をご確認ください)',
    '加盟店様にて解約処理の実行と、その結果、「加盟店様への依頼補足事項」欄に記載した内容に対するご回答',
  ],
} as const satisfies Partial<
  Record<NotificationCode, readonly [type: string, ask: string, guidance?: string]>
>;

const codesOfManual = Object.keys(manual) as (keyof typeof manual)[];
const codesOf = (category: CategoryCode) => notificationCodes.filter((code) => categoryOf(code) === category);

describe('the notification types', () => {
  it('are the 17 of the manual, in its order, and 5 fraud notices', () => {
    expect(codesOf('inquiry_cancellation')).toEqual(codesOfManual);
    expect(codesOfManual).toHaveLength(17);
    expect(codesOf('fraud_notice')).toHaveLength(5);
    expect(notificationCodes).toHaveLength(22);
  });

  it.each(codesOfManual)('%s reads as in the manual', (code) => {
    const { label, labelNote, guidance } = notificationType(code);

    const note = labelNote ? ` (${labelNote.ja})` : '';
    expect([label.ja + note, askOf(code).ja, guidance?.ja]).toEqual([...manual[code], undefined].slice(0, 3));
  });

  it('have codes of the form kind.detail, of their own kind', () => {
    for (const code of notificationCodes) {
      expect(code).toMatch(/^(inquiry|complaint|cancellation|fraud_notice)\.[a-z]+(_[a-z]+)*$/);
      expect(code.split('.')[0]).toBe(notificationType(code).kind);
    }
  });

  it('belong to the category of the manual, and to that of fraud notices', () => {
    expect(new Set(notificationCodes.map(categoryOf))).toEqual(new Set(categoryCodes));
    expect(categories.fraud_notice.label.ja).toBe('不正連絡');
    expect(categories.fraud_notice.mailSubject.ja).toBe('不正連絡発生のご連絡');
    expect(categories.inquiry_cancellation.label.ja).toBe('利用照会・代行解約');
    expect(categories.inquiry_cancellation.mailSubject.ja).toBe('利用照会・代行解約発生のご連絡');
  });

  it('differ in their labels, in Japanese and in English', () => {
    for (const locale of ['ja', 'en'] as const) {
      const labels = Object.values(notificationTypes).map(({ label }) => label[locale]);
      expect(new Set(labels).size).toBe(22);
    }
  });

  it('tell where the details are', () => {
    const note = 'ご連絡いただく情報の詳細は「依頼・回答内容」タブよりご確認ください';
    expect(noteOf('inquiry.other')?.ja).toBe(note);
    expect(noteOf('complaint.no_reply')?.ja).toBe(note);
    expect(noteOf('cancellation.other')).toBeUndefined();
  });

  it.each([
    ['inquiry.usage_detail', '購入者、購入商品等の詳細調査'],
    ['inquiry.fraud_abuse', '第三者による不正利用の疑いが発生した場合'],
    ['inquiry.cancel_wish', 'カード保有者がキャンセル、解約希望の旨、カード会社へ申告した場合'],
    ['inquiry.not_provided', 'カード保有者が商品またはサービス未受領の旨、カード会社へ申告した場合'],
    ['inquiry.duplicate_charge', 'カード保有者が重複した請求である旨、カード会社へ申告した場合'],
    ['inquiry.unrecognized', 'カード保有者が利用した覚えのない旨、カード会社へ申告した場合'],
    ['inquiry.other', '「加盟店様への依頼補足事項」欄をご確認ください'],
    [
      'cancellation.holder_unable_or_deceased',
      'エンドユーザー自身での解約が困難で、解約希望の旨、カード会社へ申告した場合',
    ],
    ['cancellation.unrecognized', 'カード保有者が利用した覚えがなく解約希望の旨、カード会社へ申告した場合'],
    [
      'cancellation.method_unknown',
      'エンドユーザー自身での解約方法が不明で、解約希望の旨、カード会社へ申告した場合',
    ],
    [
      'cancellation.account_lost',
      'エンドユーザー自身での登録したアカウント情報が不明で、解約希望の旨、カード会社へ申告した場合',
    ],
  ] as const)('%s tells why it arises as the manual does', (code, reason) => {
    expect(notificationType(code).reason.ja).toBe(reason);
  });
});
