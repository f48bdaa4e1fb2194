import { describe, expect, it } from 'vitest';
import { completeAnswer } from '#tests/support/complete-answer.ts';
import { showAnswer } from './answer-document.ts';
import { answerFormFor } from './answer-form.ts';
import { notificationCodes } from './notification-types.ts';
import { goodsKinds } from './section-shape.ts';
import { evidenceOf, takenBack } from './stripe-evidence.ts';

const told = { head: '261124-000-000-001 v1', productName: null };

const evidenceFor = (code: (typeof notificationCodes)[number], goods: (typeof goodsKinds)[number]) => {
  const form = answerFormFor(code, { goods, productNameKnown: true, currency: 'JPY' });
  const content = completeAnswer(form);
  const document = showAnswer(form, content, 'ja');
  return { document, made: evidenceOf({ ...told, content, document }) };
};

/** The fields of text that Stripe's dispute evidence has, by its OpenAPI document. */
const known = new Set([
  ...['access_activity_log', 'billing_address', 'cancellation_policy_disclosure', 'cancellation_rebuttal'],
  ...['customer_email_address', 'customer_name', 'customer_purchase_ip', 'duplicate_charge_explanation'],
  ...['duplicate_charge_id', 'product_description', 'refund_policy_disclosure', 'refund_refusal_explanation'],
  ...['service_date', 'shipping_address', 'shipping_carrier', 'shipping_date', 'shipping_tracking_number'],
  'uncategorized_text',
]);

describe('evidence for Stripe', () => {
  it('says every answer of every type whole, in fields that Stripe has', () => {
    for (const code of notificationCodes)
      for (const goods of goodsKinds) {
        const { document, made } = evidenceFor(code, goods);
        const evidence = 'evidence' in made ? made.evidence : {};
        expect(Object.keys(evidence).filter((name) => !known.has(name))).toEqual([]);
        const shown = document.flatMap(({ title, entries }) => [
          title,
          ...entries.flatMap(({ fields }) => fields.map((field) => `${field.label}: ${field.shown ?? '—'}`)),
        ]);
        for (const part of shown) expect(evidence.uncategorized_text).toContain(part);
      }
  });

  it('puts a value into a field only where it means just that', () => {
    const address = {
      content: { deliveryStatus: { deliverTo: 'other', address: '大阪府' }, user: { address: '東京都' } },
    };
    expect(evidenceOf({ ...told, ...address, document: [] })).toMatchObject({
      evidence: { shipping_address: '大阪府', billing_address: '東京都' },
    });
    const refund = (decision: string) =>
      evidenceOf({ ...told, content: { refundDecision: { decision, reason: '規約による' } }, document: [] });
    expect(refund('not_possible')).toMatchObject({ evidence: { refund_refusal_explanation: '規約による' } });
    expect(refund('possible')).not.toHaveProperty('evidence.refund_refusal_explanation');
  });

  it('is told to be too long and never cut', () => {
    const ofLength = (length: number) => {
      const field = { field: 'reply', label: '回答', shown: 'あ'.repeat(length) };
      return evidenceOf({
        ...{ ...told, content: {} },
        document: [{ section: 's', title: 't', entries: [{ title: null, fields: [field] }] }],
      });
    };
    expect(ofLength(19_900)).toHaveProperty('evidence');
    expect(ofLength(20_000)).toEqual({ problem: 'too_long' });
    const content = { purchaser: { name: 'あ'.repeat(5_001) } };
    expect(evidenceOf({ ...told, content, document: [] })).toEqual({ problem: 'too_long' });
  });

  it('takes back what a version before told and this one does not', () => {
    expect(takenBack({ customer_name: 'a', service_date: 'b' }, { customer_name: 'c' })).toEqual({
      service_date: '',
    });
  });
});
