import { describe, expect, it } from 'vitest';
import { completeAnswer, completeDraftWith } from '#tests/support/complete-answer.ts';
import type { DraftContent } from './answer.ts';
import { type AnswerForm, answerFormFor } from './answer-form.ts';
import type { NotificationCode } from './notification-types.ts';
import { readAnswer } from './read-answer.ts';
import type { Goods } from './section-shape.ts';

function formOf(code: NotificationCode, goods: Goods): AnswerForm {
  return answerFormFor(code, { goods, productNameKnown: true, currency: 'JPY' });
}

const told = (form: AnswerForm, draft: DraftContent): string[] =>
  readAnswer(form, draft).problems.map(({ pointer, code }) => `${pointer} ${code}`);

describe('a way to reach somebody', () => {
  const unreachable = { address: undefined, email: '', phone: '   ' };

  it.each([
    ['purchaser', 'digital'],
    ['booker', 'lodging'],
  ] as const)('is wanted of the %s, one of three', (section, goods) => {
    const form = formOf('inquiry.usage_detail', goods);

    const none = readAnswer(form, completeDraftWith(form, { [section]: unreachable }));
    expect(none.problems).toMatchObject([{ pointer: `/${section}/address`, code: 'one_of_required' }]);
    for (const one of [{ address: '東京都' }, { email: 'a@example.jp' }, { phone: '0312345678' }])
      expect(told(form, completeDraftWith(form, { [section]: { ...unreachable, ...one } }))).toEqual([]);
  });

  it('is not asked for again where one is told wrongly', () => {
    const form = formOf('inquiry.usage_detail', 'digital');
    const draft = completeDraftWith(form, { purchaser: { ...unreachable, email: 'hanako' } });
    expect(told(form, draft)).toEqual(['/purchaser/email not_an_email']);
  });

  it('is wanted of the contact desk where the complaint is that nobody can be reached', () => {
    const nobody = { contactDesk: { deskName: 'お客様窓口', phone: '', email: null, url: undefined } };
    const unknown = formOf('complaint.contact_unknown', 'digital');
    const other = formOf('complaint.no_reply', 'digital');

    expect(told(unknown, completeDraftWith(unknown, nobody))).toEqual(['/contactDesk/phone one_of_required']);
    expect(told(other, completeDraftWith(other, nobody))).toEqual([]);
    for (const one of [{ phone: '0312345678' }, { email: 'a@example.jp' }, { url: 'https://example.jp' }])
      expect(
        told(unknown, completeDraftWith(unknown, { contactDesk: { ...nobody.contactDesk, ...one } })),
      ).toEqual([]);
  });
});

describe('the delivery address', () => {
  const form = formOf('inquiry.not_provided', 'physical');

  it('is asked for when it differs from the purchaser\u2019s', () => {
    const draft = completeDraftWith(form, { shipping: { deliverTo: 'other' } });
    expect(told(form, draft)).toEqual(['/delivery/name required', '/delivery/address required']);
  });

  it('is left out when it is the purchaser\u2019s, whatever was typed before', () => {
    const typed = { delivery: { name: '山田 太郎', address: '大阪府', phone: 'あとで' } };
    const { answer, problems } = readAnswer(form, completeDraftWith(form, typed));
    expect(problems).toEqual([]);
    expect(answer).not.toHaveProperty('delivery');
  });

  it.each([[['other']], [{ toString: null, valueOf: null }], [1], ['Other']])(
    'is not decided by %j',
    (deliverTo) => {
      const problems = told(form, completeDraftWith(form, { shipping: { deliverTo } }));
      expect(problems).toHaveLength(1);
      expect(problems[0]).toMatch(/^\/shipping\/deliverTo (not_text|not_a_choice)$/);
    },
  );
});

describe('the guests', () => {
  const form = formOf('inquiry.usage_detail', 'lodging');
  const jiro = { guest: 'other', name: '佐藤 次郎', phone: '090-1234-5678' };

  it('can be the booker alone', () => {
    const draft = completeDraftWith(form, { guests: [{ guest: 'booker' }], stay: { guestCount: 1 } });
    expect(readAnswer(form, draft)).toMatchObject({
      problems: [],
      answer: { guests: [{ guest: 'booker' }] },
    });
  });

  it('leave out what was typed before the booker was chosen', () => {
    const draft = completeDraftWith(form, { guests: [{ ...jiro, guest: 'booker' }] });
    expect(readAnswer(form, draft).answer.guests).toEqual([{ guest: 'booker' }]);
  });

  it('can be several, each with a name', () => {
    const { name: _, ...nameless } = jiro;
    const guests = [{ guest: 'booker' }, jiro, nameless];
    expect(told(form, completeDraftWith(form, { guests, stay: { guestCount: 3 } }))).toEqual([
      '/guests/2/name required',
    ]);
  });

  it('cannot be more than were counted, but fewer', () => {
    const guests = [{ guest: 'booker' }, jiro, jiro];
    expect(told(form, completeDraftWith(form, { guests, stay: { guestCount: 4 } }))).toEqual([]);
    expect(told(form, completeDraftWith(form, { guests, stay: { guestCount: 3 } }))).toEqual([]);
    expect(told(form, completeDraftWith(form, { guests, stay: { guestCount: 2 } }))).toEqual([
      '/guests more_items_than',
    ]);
    expect(told(form, completeDraftWith(form, { guests, stay: { guestCount: 'たくさん' } }))).toEqual([
      '/stay/guestCount not_a_count',
    ]);
  });

  it('are one to twenty, each an object', () => {
    const many = (count: number) => Array.from({ length: count }, () => jiro);
    const stay = { guestCount: 30 };
    expect(told(form, completeDraftWith(form, { guests: many(20), stay }))).toEqual([]);
    expect(told(form, completeDraftWith(form, { guests: many(21), stay }))).toEqual(['/guests too_many']);
    expect(told(form, completeDraftWith(form, { guests: [], stay }))).toEqual(['/guests required']);
    expect(told(form, completeDraftWith(form, { guests: [jiro, null], stay }))).toEqual([
      '/guests/1 wrong_form',
    ]);
    expect(told(form, { ...completeAnswer(form), guests: jiro })).toEqual(['/guests wrong_form']);
  });
});

describe('the days of a stay', () => {
  const form = formOf('inquiry.usage_detail', 'lodging');

  it.each([
    ['2026-10-08', '2026-10-09', []],
    ['2026-10-08', '2026-10-08', ['/stay/checkOutOn not_after']],
    ['2026-10-08', '2026-10-07', ['/stay/checkOutOn not_after']],
  ])('check-in %s, check-out %s', (checkInOn, checkOutOn, expected) => {
    expect(told(form, completeDraftWith(form, { stay: { checkInOn, checkOutOn } }))).toEqual(expected);
  });

  it('begin on the day of the booking or later', () => {
    const sameDay = { bookedOn: '2026-10-08', checkInOn: '2026-10-08' };
    const before = { bookedOn: '2026-10-09', checkInOn: '2026-10-08' };
    expect(told(form, completeDraftWith(form, { stay: sameDay }))).toEqual([]);
    expect(told(form, completeDraftWith(form, { stay: before }))).toEqual(['/stay/checkInOn before']);
  });

  it('are compared as days, however they were typed', () => {
    const stay = { bookedOn: '令和8年10月1日', checkInOn: '2026/10/8', checkOutOn: '2026.10.7' };
    expect(told(form, completeDraftWith(form, { stay }))).toEqual(['/stay/checkOutOn not_after']);
  });
});

describe('the days of a delivery', () => {
  const form = formOf('inquiry.usage_detail', 'physical');

  it.each([
    ['2026-10-01', '2026-10-01', '2026-10-01', []],
    ['2026-10-02', '2026-10-01', undefined, ['/shipping/shippedOn before']],
    ['2026-10-02', undefined, '2026-10-01', ['/shipping/arrivedOn before']],
    ['2026-10-02', '2026-10-04', '2026-10-03', ['/shipping/arrivedOn before']],
    ['2026-10-02', 'きのう', '2026-10-03', ['/shipping/shippedOn not_a_day']],
    ['2026-10-02', undefined, undefined, []],
  ])('ordered %s, shipped %s, arrived %s', (orderedOn, shippedOn, arrivedOn, expected) => {
    expect(told(form, completeDraftWith(form, { shipping: { orderedOn, shippedOn, arrivedOn } }))).toEqual(
      expected,
    );
  });
});

describe('a cancellation', () => {
  const form = formOf('cancellation.method_unknown', 'subscription');
  const everything = {
    reason: '契約が見つからないため',
    cancelledOn: '2026-10-08',
    lastChargedOn: '2026-10-01',
    lastAmount: '980円',
  };
  const days = {
    cancelledOn: '2026-10-08',
    lastChargedOn: '2026-10-01',
    lastAmount: { value: 980, currency: 'JPY' },
  };
  const reason = { reason: '契約が見つからないため' };

  it.each([
    ['cancelled_now', days, 'cancelledOn'],
    ['already_cancelled', days, 'cancelledOn'],
    ['no_such_contract', reason, 'reason'],
    ['contract_differs', reason, 'reason'],
    ['bound_by_term', reason, 'reason'],
    ['refused', reason, 'reason'],
  ])('%s keeps what the result needs and wants it', (result, kept, wanted) => {
    expect(readAnswer(form, { cancellation: { result, ...everything } })).toEqual({
      answer: { cancellation: { result, ...kept } },
      problems: [],
      warnings: [],
    });
    expect(told(form, { cancellation: { result } })).toEqual([`/cancellation/${wanted} required`]);
  });

  it('wants nothing else before there is a result', () => {
    expect(told(form, { cancellation: everything })).toEqual(['/cancellation/result choice_required']);
  });

  const warningsOf = (changes: object) => {
    const { problems, warnings } = readAnswer(form, {
      cancellation: { result: 'cancelled_now', ...days, ...changes },
    });
    expect(problems).toEqual([]);
    return warnings.map(({ pointer, code }) => `${pointer} ${code}`);
  };

  it('warns of a charge after the cancellation, and does not stop', () => {
    expect(warningsOf({ lastChargedOn: '2026-10-08' })).toEqual([]);
    expect(warningsOf({ lastChargedOn: '2026-10-09' })).toEqual([
      '/cancellation/lastChargedOn charged_after_cancellation',
    ]);
  });

  it('warns where the last charge is not told, or by half', () => {
    const neither = { lastChargedOn: undefined, lastAmount: '' };
    expect(warningsOf(neither)).toEqual(['/cancellation/lastChargedOn never_charged']);
    expect(warningsOf({ lastAmount: undefined })).toEqual(['/cancellation/lastAmount never_charged']);
    expect(warningsOf({ lastChargedOn: undefined })).toEqual(['/cancellation/lastChargedOn never_charged']);
  });

  it('does not warn of charges where nothing was cancelled', () => {
    const { warnings } = readAnswer(form, { cancellation: { result: 'refused', ...reason } });
    expect(warnings).toEqual([]);
  });

  it('does not warn of a last charge that is told wrongly: that is a problem already', () => {
    const { problems, warnings } = readAnswer(form, {
      cancellation: { result: 'cancelled_now', ...days, lastChargedOn: 'きのう', lastAmount: '' },
    });
    expect(problems).toMatchObject([{ pointer: '/cancellation/lastChargedOn', code: 'not_a_day' }]);
    expect(warnings).toEqual([]);
  });
});

describe('what single types add', () => {
  it('a wish for a refund wants both the decision and its reason', () => {
    const form = formOf('complaint.refund_wish', 'digital');
    expect(told(form, { ...completeAnswer(form), refundDecision: {} })).toEqual([
      '/refundDecision/decision choice_required',
      '/refundDecision/reason required',
    ]);
  });

  it('the contact history wants details only where there was any contact', () => {
    const form = formOf('complaint.no_reply', 'digital');
    const withContact = (contacted: string) => ({ ...completeAnswer(form), contactHistory: { contacted } });
    expect(told(form, withContact('yes'))).toEqual(['/contactHistory/details required']);
    expect(told(form, withContact('no'))).toEqual([]);
  });

  it.each(['inquiry.other', 'complaint.other', 'cancellation.other'] as const)(
    '%s wants an answer to the supplement',
    (code) => {
      const form = formOf(code, 'digital');
      expect(told(form, { ...completeAnswer(form), supplementReply: { reply: ' ' } })).toEqual([
        '/supplementReply/reply required',
      ]);
    },
  );
});
