import type { Problem } from './problems.ts';
import { type InquiryFacts, objectIn, type ProviderMessage, type Sent, textIn } from './provider-message.ts';
import { readDecimal, readInstant, readMinorUnits } from './provider-values.ts';
import { taking } from './read-stripe.ts';

const names = new Set([
  ...[
    'eventId',
    'reference',
    'says',
    'because',
    'reason',
    'account',
    'requestedAt',
    'dueAt',
    'amount',
    'method',
  ],
  ...[
    'trackingId',
    'paymentReference',
    'paidAt',
    'orderId',
    'customerId',
    'productName',
    'cardBrand',
    'cardLast4',
    'note',
  ],
]);

/** Reads what the expression of an operator made of a message. What it names and nobody knows is told, not passed over. */
export function readMapped(mapped: unknown): ProviderMessage {
  const sent = objectIn(mapped);
  const reference = textIn(sent.reference);
  const eventKey = textIn(sent.eventId) ?? '';
  const problems: Problem[] = Object.keys(sent)
    .filter((name) => !names.has(name))
    .map((name) => ({ pointer: `/${name}`, code: 'unknown_field' }));
  if (!reference) problems.push({ pointer: '/reference', code: 'missing' });
  if (sent.says === 'nothing')
    return {
      eventKey,
      reference,
      says: 'nothing',
      problems: [{ pointer: '/says', code: 'not_an_inquiry', params: { said: textIn(sent.because) ?? '' } }],
    };
  if (sent.says === 'ended' && reference)
    return { eventKey, reference, says: 'ended', because: textIn(sent.because) ?? 'ended' };
  return { eventKey, reference, says: 'inquiry', facts: factsOf(sent, problems), problems };
}

function factsOf(sent: Sent, problems: Problem[]): InquiryFacts {
  const take = taking(problems);
  const amount = objectIn(sent.amount);
  const money =
    'decimal' in amount
      ? readDecimal({ decimal: amount.decimal, currency: amount.currency }, '/amount')
      : readMinorUnits('mapping', { value: amount.value, currency: amount.currency }, '/amount');
  return {
    reasons: [textIn(sent.reason) ?? ''],
    account: textIn(sent.account) ?? '',
    requestedAt: take(readInstant(sent.requestedAt, '/requestedAt', 'past')),
    dueAt: take(readInstant(sent.dueAt, '/dueAt', 'due')),
    amount: take(money),
    method: textIn(sent.method),
    trackingId: textIn(sent.trackingId),
    paymentReference: textIn(sent.paymentReference),
    paidAt: take(readInstant(sent.paidAt, '/paidAt', 'past')),
    orderId: textIn(sent.orderId),
    customerId: textIn(sent.customerId),
    productName: textIn(sent.productName),
    cardBrand: textIn(sent.cardBrand),
    cardLast4: textIn(sent.cardLast4),
    note: textIn(sent.note),
  };
}
