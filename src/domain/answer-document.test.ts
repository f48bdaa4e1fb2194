import { describe, expect, it } from 'vitest';
import { completeAnswer, completeDraftWith } from '#tests/support/complete-answer.ts';
import { showAnswer } from './answer-document.ts';
import { answerFormFor } from './answer-form.ts';
import { notificationCodes } from './notification-types.ts';
import { readAnswer } from './read-answer.ts';
import { goodsKinds } from './section-shape.ts';

describe('an answer as people read it', () => {
  it('shows every question with its answer, and empty optional parts as empty', () => {
    const form = answerFormFor('cancellation.other', {
      goods: 'subscription',
      productNameKnown: true,
      currency: 'JPY',
    });
    const answer = {
      cancellation: {
        result: 'cancelled_now',
        cancelledOn: '2026-11-23',
        lastAmount: { value: 12_800, currency: 'JPY' },
      },
      supplementReply: { reply: '1行目\n2行目' },
    };

    expect(showAnswer(form, answer, 'ja')).toEqual([
      {
        section: 'cancellation',
        title: '解約処理の結果',
        entries: [
          {
            title: null,
            fields: [
              { field: 'result', label: '解約処理の結果', shown: '解約済み' },
              { field: 'cancelledOn', label: '解約日', shown: '2026年11月23日(月)' },
              { field: 'lastChargedOn', label: '最終課金日', shown: null },
              { field: 'lastAmount', label: '最終金額', shown: '12,800円' },
            ],
          },
        ],
      },
      {
        section: 'supplementReply',
        title: '「加盟店様への依頼補足事項」へのご回答',
        entries: [{ title: null, fields: [{ field: 'reply', label: 'ご回答内容', shown: '1行目\n2行目' }] }],
      },
    ]);
    expect(showAnswer(form, answer, 'en')[0]?.entries[0]?.fields[1]).toEqual({
      field: 'cancelledOn',
      label: 'Cancelled on',
      shown: 'Mon 2026-11-23',
    });
  });

  it('numbers the guests, and asks the booker\u2019s name once', () => {
    const form = answerFormFor('inquiry.usage_detail', {
      goods: 'lodging',
      productNameKnown: true,
      currency: 'JPY',
    });
    const guests = [{ guest: 'booker' }, { guest: 'other', name: '佐藤 次郎' }];
    const { answer } = readAnswer(form, completeDraftWith(form, { guests }));

    expect(showAnswer(form, answer, 'ja').find(({ section }) => section === 'guests')?.entries).toEqual([
      { title: '宿泊者 1', fields: [{ field: 'guest', label: '宿泊者', shown: '予約者と同じ' }] },
      {
        title: '宿泊者 2',
        fields: [
          { field: 'guest', label: '宿泊者', shown: '予約者と異なる' },
          { field: 'name', label: '氏名', shown: '佐藤 次郎' },
          { field: 'address', label: '住所', shown: null },
          { field: 'phone', label: '電話番号', shown: null },
          { field: 'email', label: 'メールアドレス', shown: null },
        ],
      },
    ]);
  });

  it('leaves nothing out: every section and value of every complete answer is shown', () => {
    for (const code of notificationCodes) {
      for (const goods of goodsKinds) {
        const form = answerFormFor(code, { goods, productNameKnown: false, currency: 'KWD' });
        const answer = completeAnswer(form);
        for (const locale of ['ja', 'en'] as const) {
          const shown = showAnswer(form, answer, locale);
          expect(shown.map(({ section }) => section)).toEqual(Object.keys(answer));
          expect(
            shown.map(({ entries }) => entries.map(({ fields }) => fields.map(({ field }) => field))),
          ).toEqual(Object.values(answer).map((value) => [value].flat().map((entry) => Object.keys(entry))));
          expect(JSON.stringify(shown)).not.toMatch(/null,"fields".*"shown":(null|"")|undefined|\[object/);
        }
      }
    }
  });
});
