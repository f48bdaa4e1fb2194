import { pointerTo } from './answer.ts';
import type { Problem } from './problems.ts';
import { type InquiryFacts, objectIn, type ProviderMessage, type Sent, textIn } from './provider-message.ts';
import { type Read, readInstant, readMinorUnits } from './provider-values.ts';

const at = (...names: string[]) => pointerTo('data', 'object', ...names);

const methods: Readonly<Record<string, string>> = {
  card: 'credit_card',
  konbini: 'convenience_store',
  customer_balance: 'bank_transfer',
  paypal: 'wallet',
  paypay: 'wallet',
  amazon_pay: 'wallet',
  link: 'wallet',
  klarna: 'wallet',
};

/**
 * Reads one event of Stripe. An inquiry is a dispute that waits for an answer as a warning; in every other state the inquiry is
 * over, whether it was answered there, closed, or has become a chargeback.
 */
export function readStripe(event: Sent): ProviderMessage {
  const dispute = objectIn(objectIn(event.data).object);
  const eventKey = textIn(event.id) ?? '';
  const type = textIn(event.type) ?? '';
  if (!type.startsWith('charge.dispute.') || dispute.object !== 'dispute')
    return nothing(
      { eventKey, reference: null },
      { pointer: '/type', code: 'not_an_inquiry', params: { said: type } },
    );
  const reference = textIn(dispute.id);
  const status = textIn(dispute.status) ?? '';
  if (!reference) return nothing({ eventKey, reference }, { pointer: at('id'), code: 'missing' });
  if (status !== 'warning_needs_response') return { eventKey, reference, says: 'ended', because: status };
  const problems: Problem[] = [];
  const facts = factsOf(event, dispute, problems);
  return { eventKey, reference, says: 'inquiry', facts, problems };
}

const nothing = (
  head: { eventKey: string; reference: string | null },
  problem: Problem,
): ProviderMessage => ({
  ...head,
  says: 'nothing',
  problems: [problem],
});

function factsOf(event: Sent, dispute: Sent, problems: Problem[]): InquiryFacts {
  const take = taking(problems);
  const charge = objectIn(dispute.charge);
  const metadata = { ...objectIn(charge.metadata), ...objectIn(dispute.metadata) };
  const method = objectIn(dispute.payment_method_details);
  const card = objectIn(method.card);
  const chargeId = textIn(charge.id) ?? textIn(dispute.charge);
  const paid = metadata.paid_at ?? charge.created;
  return {
    reasons: [textIn(dispute.reason) ?? ''],
    account: textIn(event.account) ?? '',
    requestedAt: take(readInstant(dispute.created, at('created'), 'past')),
    dueAt: take(readInstant(dueOf(dispute), at('evidence_details', 'due_by'), 'due')),
    amount: take(
      readMinorUnits('stripe', { value: dispute.amount, currency: dispute.currency }, at('amount')),
    ),
    method: methods[textIn(method.type) ?? 'card'] ?? null,
    trackingId: textIn(metadata.tracking_id),
    paymentReference: chargeId,
    paidAt: take(readInstant(paid, at('charge', 'created'), 'past')),
    orderId: textIn(metadata.order_id),
    customerId: textIn(metadata.customer_id) ?? textIn(charge.customer),
    productName: textIn(charge.description),
    cardBrand: textIn(card.brand),
    cardLast4: textIn(objectIn(objectIn(charge.payment_method_details).card).last4),
    note:
      textIn(card.network_reason_code) &&
      `理由コード: ${textIn(card.network)} ${textIn(card.network_reason_code)}`,
  };
}

/** Stripe writes nought where nothing is due. */
const dueOf = (dispute: Sent): unknown => objectIn(dispute.evidence_details).due_by || null;

/** Keeps what is wrong with a value apart from the value. */
export const taking =
  (problems: Problem[]) =>
  <Value>(read: Read<Value>): Value | null => {
    if ('value' in read) return read.value;
    problems.push(read.problem);
    return null;
  };
