import { pointerTo } from './answer.ts';
import type { Problem } from './problems.ts';
import { type InquiryFacts, objectIn, type ProviderMessage, type Sent, textIn } from './provider-message.ts';
import { readInstant, readMinorUnits } from './provider-values.ts';
import { taking } from './read-stripe.ts';

const inquiries: Readonly<Record<string, string>> = {
  REQUEST_FOR_INFORMATION: 'RFI',
  NOTIFICATION_OF_FRAUD: 'NOF',
};

/** What tells that a request for information needs no answer any more; a notice of fraud has no such end. */
const ends = new Set([
  'DISPUTE_DEFENSE_PERIOD_ENDED',
  'INFORMATION_SUPPLIED',
  'CHARGEBACK',
  'NOTIFICATION_OF_CHARGEBACK',
]);

/** The items of one standard webhook of Adyen, as they stand in it. */
export const adyenItems = (message: Sent): Sent[] =>
  (Array.isArray(message.notificationItems) ? message.notificationItems : []).map((each) =>
    objectIn(objectIn(each).NotificationRequestItem),
  );

/** What an item is signed over: values that are not there are empty. */
export const adyenSigned = (item: Sent): string => {
  const amount = objectIn(item.amount);
  const values = [
    item.pspReference,
    item.originalReference,
    item.merchantAccountCode,
    item.merchantReference,
  ];
  return [...values, amount.value, amount.currency, item.eventCode, item.success]
    .map((each) => String(each ?? ''))
    .join(':');
};

/** Reads one item of a standard webhook of Adyen. */
export function readAdyen(item: Sent, index = 0): ProviderMessage {
  const pointer = (...names: string[]) =>
    pointerTo('notificationItems', index, 'NotificationRequestItem', ...names);
  const code = textIn(item.eventCode) ?? '';
  const psp = textIn(item.pspReference);
  const eventKey = psp && code ? `${code}/${psp}` : '';
  if (ends.has(code) && psp) return { eventKey, reference: `${psp}-RFI`, says: 'ended', because: code };
  const suffix = inquiries[code];
  if (!suffix || !psp || item.success === 'false') {
    const problem: Problem = {
      pointer: pointer('eventCode'),
      code: 'not_an_inquiry',
      params: { said: code },
    };
    return { eventKey, reference: null, says: 'nothing', problems: [problem] };
  }
  const problems: Problem[] = [];
  const facts = factsOf(item, pointer, problems);
  return { eventKey, reference: `${psp}-${suffix}`, says: 'inquiry', facts, problems };
}

function factsOf(item: Sent, pointer: (...names: string[]) => string, problems: Problem[]): InquiryFacts {
  const take = taking(problems);
  const more = objectIn(item.additionalData);
  const code = textIn(item.eventCode) ?? '';
  const detail =
    textIn(more.nofReasonCode) ?? textIn(more.chargebackReasonCode) ?? textIn(more.rfiReasonCode);
  const merchantReference = textIn(item.merchantReference);
  const said = [textIn(item.reason), detail].filter((each) => each !== null).join(' ');
  return {
    reasons: [...(detail ? [`${code}:${detail}`] : []), code],
    account: textIn(item.merchantAccountCode) ?? '',
    requestedAt: take(readInstant(item.eventDate, pointer('eventDate'), 'past')),
    dueAt: take(
      readInstant(more.defensePeriodEndsAt, pointer('additionalData', 'defensePeriodEndsAt'), 'due'),
    ),
    amount: take(
      readMinorUnits(
        'adyen',
        { value: objectIn(item.amount).value, currency: objectIn(item.amount).currency },
        pointer('amount'),
      ),
    ),
    method: methodOf(textIn(item.paymentMethod) ?? ''),
    trackingId:
      merchantReference && /^\d{14}$/.test(merchantReference)
        ? merchantReference
        : textIn(more['metadata.tracking_id']),
    paymentReference: textIn(item.originalReference) ?? textIn(item.pspReference),
    paidAt: take(
      readInstant(more['metadata.paid_at'], pointer('additionalData', 'metadata.paid_at'), 'past'),
    ),
    orderId: merchantReference,
    customerId: textIn(more.shopperReference),
    productName: null,
    cardBrand: textIn(item.paymentMethod),
    cardLast4: textIn(more.cardSummary),
    note: said ? `理由: ${said}` : null,
  };
}

const cards = /^(visa|mc|amex|jcb|diners|discover|cup|maestro|carte|electron|vpay|bcmc|applepay|googlepay)/;

function methodOf(name: string): string | null {
  if (cards.test(name)) return 'credit_card';
  if (/^(bankTransfer|ideal|sepa|trustly)/.test(name)) return 'bank_transfer';
  if (name.startsWith('econtext')) return 'convenience_store';
  return /^(paypal|alipay|wechat|paypay|amazonpay|klarna)/.test(name) ? 'wallet' : null;
}
