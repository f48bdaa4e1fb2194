import type { Answer, Entry } from './answer.ts';
import type { ShownSection } from './answer-document.ts';

/** A registered answer as evidence is made from it. */
export type ToldAnswer = {
  /** The case number, version, instant and hash, in one line. */
  head: string;
  content: Answer;
  document: readonly ShownSection[];
  /** Of the payment. */
  productName: string | null;
};

export type Evidence = Readonly<Record<string, string>>;

/** Stripe's own limits, in characters: of a short field, of a long one, and of all together. */
const limits = { short: 5_000, long: 20_000, all: 150_000 };
const longFields = new Set([
  'cancellation_rebuttal',
  'product_description',
  'refund_refusal_explanation',
  'uncategorized_text',
]);

/**
 * An answer as Stripe's evidence: the whole of it as text, as it was shown and registered, and beside it each value for which
 * Stripe has a field that means just that. Nothing is cut: what is too long for Stripe is told and not sent.
 */
export function evidenceOf(answer: ToldAnswer): { evidence: Evidence } | { problem: 'too_long' } {
  const fields = { ...fieldsOf(answer), uncategorized_text: wholeText(answer) };
  const evidence = Object.fromEntries(
    Object.entries(fields).filter((each): each is [string, string] => Boolean(each[1])),
  );
  const lengths = Object.entries(evidence).map(([name, { length }]) => ({ name, length }));
  const isTooLong =
    lengths.some(({ name, length }) => length > (longFields.has(name) ? limits.long : limits.short)) ||
    lengths.reduce((sum, { length }) => sum + length, 0) > limits.all;
  return isTooLong ? { problem: 'too_long' } : { evidence };
}

/** What a version before told and this one does not: an empty value takes it back. */
export const takenBack = (before: Evidence, now: Evidence): Evidence =>
  Object.fromEntries(
    Object.keys(before)
      .filter((name) => !(name in now))
      .map((name) => [name, '']),
  );

type Fields = Readonly<Record<string, string | null | undefined>>;

function fieldsOf({ content, productName }: ToldAnswer): Fields {
  const value = (section: string, field: string): string | undefined => {
    const found = content[section];
    const entry = Array.isArray(found) ? undefined : (found as Entry | undefined);
    return typeof entry?.[field] === 'string' ? (entry[field] as string) : undefined;
  };
  const person = ['purchaser', 'booker', 'user'].find((section) => content[section] !== undefined) ?? '';
  return {
    customer_name: value(person, 'name'),
    customer_email_address: value(person, 'email'),
    billing_address: value(person, 'address'),
    customer_purchase_ip: value('user', 'accessAddress'),
    product_description: value('product', 'productName') ?? productName,
    service_date: value('stay', 'checkInOn') ?? value('provisionStatus', 'providedOn'),
    shipping_address: shippingAddress(value, person),
    shipping_date: value('shipping', 'shippedOn') ?? value('deliveryStatus', 'shippedOn'),
    shipping_carrier: value('deliveryStatus', 'carrier'),
    shipping_tracking_number: value('deliveryStatus', 'slipNumber'),
    refund_refusal_explanation:
      value('refundDecision', 'decision') === 'not_possible' ? value('refundDecision', 'reason') : undefined,
    // The reason is asked for only where nothing was cancelled.
    cancellation_rebuttal: value('cancellation', 'reason'),
  };
}

type Value = (section: string, field: string) => string | undefined;

function shippingAddress(value: Value, person: string): string | undefined {
  const told = value('delivery', 'address') ?? value('deliveryStatus', 'address');
  const same = value('shipping', 'deliverTo') ?? value('deliveryStatus', 'deliverTo');
  return told ?? (same === 'purchaser' || same === 'user' ? value(person, 'address') : undefined);
}

const wholeText = ({ head, document }: ToldAnswer): string =>
  [head, ...document.map(sectionText)].join('\n\n');

const sectionText = ({ title, entries }: ShownSection): string =>
  entries
    .flatMap((entry) => [
      entry.title ? `[${title} ${entry.title}]` : `[${title}]`,
      ...entry.fields.map(({ label, shown }) => `${label}: ${shown ?? '—'}`),
    ])
    .join('\n');
