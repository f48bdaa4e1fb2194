import { describe, expect, it } from 'vitest';
import { answerFormFor, isSectionName } from './answer-form.ts';
import { type NotificationCode, notificationCodes } from './notification-types.ts';
import type { Goods } from './section-shape.ts';

/** What an inquiry or a complaint asks for, before what its type adds. The second column: the product name is not known. */
const asked: Record<Goods, readonly [known: string, unknown: string]> = {
  physical: ['purchaser shipping delivery contactDesk', 'purchaser product shipping delivery contactDesk'],
  digital: ['purchaser contactDesk', 'purchaser product contactDesk'],
  subscription: ['purchaser subscription contactDesk', 'purchaser subscription product contactDesk'],
  lodging: ['booker guests stay contactDesk', 'booker guests stay contactDesk'],
};

const added: Record<NotificationCode, string> = {
  'inquiry.usage_detail': '',
  'inquiry.fraud_abuse': 'accountAction',
  'inquiry.cancel_wish': 'contactHistory',
  'inquiry.not_provided': 'claim',
  'inquiry.duplicate_charge': 'claim',
  'inquiry.unrecognized': 'pastUsage',
  'inquiry.other': 'supplementReply',
  'complaint.contact_unknown': '',
  'complaint.no_reply': 'contactHistory',
  'complaint.service_differs': 'claim',
  'complaint.refund_wish': 'refundDecision',
  'complaint.other': 'supplementReply',
  'cancellation.holder_unable_or_deceased': 'cancellation',
  'cancellation.unrecognized': 'cancellation',
  'cancellation.method_unknown': 'cancellation',
  'cancellation.account_lost': 'cancellation',
  'cancellation.other': 'cancellation supplementReply',
  'fraud_notice.stop_delivery': '',
  'fraud_notice.stop_service': '',
  'fraud_notice.reported': '',
  'fraud_notice.account_takeover': 'accountAction',
  'fraud_notice.other': 'supplementReply',
};

/** What a fraud notice asks for: goods that are sent have a delivery, all others are provided. */
const askedOfFraud = (goods: Goods): string =>
  `user ${goods === 'physical' ? 'deliveryStatus' : 'provisionStatus'} stopResult`;

function baseOf(code: NotificationCode, goods: Goods, productNameKnown: boolean): string {
  if (code.startsWith('cancellation.')) return '';
  return code.startsWith('fraud_notice.') ? askedOfFraud(goods) : asked[goods][productNameKnown ? 0 : 1];
}

const table = notificationCodes.flatMap((code) =>
  (['physical', 'digital', 'subscription', 'lodging'] as const).flatMap((goods) =>
    [true, false].map((productNameKnown) => {
      const base = baseOf(code, goods, productNameKnown);
      return { code, goods, productNameKnown, sections: `${base} ${added[code]}`.trim() };
    }),
  ),
);

describe('the form of a case', () => {
  it('is decided for every type, all goods and whether the product name is known', () => {
    expect(table).toHaveLength(22 * 4 * 2);
  });

  it.each(table)('$code of $goods, name known $productNameKnown: $sections', (row) => {
    const { code, goods, productNameKnown, sections } = row;

    const form = answerFormFor(code, { goods, productNameKnown, currency: 'JPY' });

    expect(form.sections.map(({ name }) => name).join(' ')).toBe(sections);
    expect(form.facts).toEqual({ goods, productNameKnown, currency: 'JPY' });
  });

  it('wants a reachable contact only where the complaint is that nobody can be reached', () => {
    const wanting = notificationCodes.filter((code) =>
      answerFormFor(code, { goods: 'digital', productNameKnown: true, currency: 'JPY' }).sections.some(
        ({ name, rules }) => name === 'contactDesk' && rules.some(({ rule }) => rule === 'one_of'),
      ),
    );
    expect(wanting).toEqual(['complaint.contact_unknown']);
  });
});

it('knows the names of sections, and no inherited ones', () => {
  expect(['purchaser', 'supplementReply', 'foo', 'toString', '__proto__'].map(isSectionName)).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
});
