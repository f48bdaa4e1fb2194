import { instantText } from '#src/domain/days.ts';
import { readValue } from '#src/domain/field-types.ts';
import { halfWidth } from '#src/domain/half-width.ts';
import { decimalsOf, isCurrency, type Money } from '#src/domain/money.ts';
import { type Problem, problemMessage } from '#src/domain/problems.ts';
import { readInstant } from '#src/domain/read-instant.ts';
import type { Goods } from '#src/domain/section-shape.ts';
import type { Locale } from '#src/domain/text.ts';
import type { Schemas } from '../../../api/client.ts';
import type { ProblemItem } from '../../../api/problem-error.ts';

export const fieldNames = [
  ...['institutionId', 'institutionReference', 'service', 'notificationType', 'requestedAt', 'dueAt'],
  ...['supplement', 'trackingId', 'method', 'amount', 'currency', 'paidAt', 'goods', 'productName'],
  ...['customerId', 'orderId', 'cardBrand', 'cardLast4'],
] as const;

/** What was typed, as it was typed. */
export type Values = Record<FieldName, string> & { dueBy: 'rule' | 'instant' };
export type FieldName =
  | ('institutionId' | 'institutionReference' | 'service' | 'notificationType' | 'requestedAt' | 'dueAt')
  | ('supplement' | 'trackingId' | 'method' | 'amount' | 'currency' | 'paidAt' | 'goods' | 'productName')
  | ('customerId' | 'orderId' | 'cardBrand' | 'cardLast4');
export type Errors = Partial<Record<FieldName, string>>;
/** What a group of fields is given. */
export type FieldsProps = {
  values: Values;
  errors: Errors;
  onChange: (part: Partial<Values>) => void;
};
export type CaseRequest = Schemas['CaseRequestInput'];

/** An instant as it is typed. */
export const typedInstant = (instant: Date): string =>
  instantText(instant).slice(0, 16).replaceAll('-', '/').replace('T', ' ');

export const emptyValues = (now: Date): Values => ({
  ...{ institutionId: '', institutionReference: '', service: '', notificationType: '', dueAt: '' },
  ...{ supplement: '', trackingId: '', method: 'credit_card', amount: '', currency: 'JPY', paidAt: '' },
  ...{ goods: '', productName: '', customerId: '', orderId: '', cardBrand: '', cardLast4: '' },
  requestedAt: typedInstant(now),
  dueBy: 'rule',
});

/** The MID and SID at the start of what was typed or chosen. */
export function serviceIn(typed: string): { mid: string; sid: string } | undefined {
  const [, mid, sid] = /^(\d{5})-(\d{3})(?!\d)/.exec(halfWidth(typed)) ?? [];
  return mid && sid ? { mid, sid } : undefined;
}

const needed: readonly FieldName[] = [
  ...(['institutionId', 'institutionReference', 'service', 'notificationType', 'requestedAt'] as const),
  ...(['trackingId', 'method', 'amount', 'currency', 'paidAt'] as const),
];
const chosen = new Set<FieldName>(['institutionId', 'notificationType', 'method']);

type Say = (field: FieldName, problem: Omit<Problem, 'pointer'>) => void;

/** The request that was typed, or what is wrong with each field. */
export function readValues(
  values: Values,
  labels: Record<FieldName, string>,
  locale: Locale,
): { request: CaseRequest } | { errors: Errors } {
  const errors: Errors = {};
  const say: Say = (field, problem) => {
    errors[field] ??= problemMessage({ pointer: '', ...problem }, locale);
  };
  sayWhatLacks(values, labels, say);
  const instant = (field: 'requestedAt' | 'dueAt' | 'paidAt'): string => {
    const read = readInstant(values[field], { timeOfDay: field === 'dueAt' ? 'end' : 'start' });
    if (!read) say(field, { code: 'not_an_instant' });
    return read ?? '';
  };
  const service = serviceIn(values.service);
  if (!service) say('service', { code: 'unknown_service' });
  const request = {
    institutionId: values.institutionId,
    institutionReference: halfWidth(values.institutionReference),
    notificationType: values.notificationType as CaseRequest['notificationType'],
    ...(service ?? { mid: '', sid: '' }),
    requestedAt: instant('requestedAt'),
    dueAt: values.dueBy === 'rule' ? null : instant('dueAt'),
    supplement: values.supplement.trim() === '' ? null : values.supplement,
    payment: { ...paymentOf(values), paidAt: instant('paidAt'), amount: readAmount(values, say) },
  };
  return Object.keys(errors).length > 0 ? { errors } : { request };
}

function sayWhatLacks(values: Values, labels: Record<FieldName, string>, say: Say): void {
  const due: readonly FieldName[] = values.dueBy === 'instant' ? ['dueAt'] : [];
  for (const field of [...needed, ...due].filter((name) => values[name].trim() === '')) {
    const code = chosen.has(field) ? 'choice_required' : 'required';
    say(field, { code, params: { label: labels[field] } });
  }
}

const paymentOf = (values: Values) => ({
  trackingId: halfWidth(values.trackingId),
  method: values.method as CaseRequest['payment']['method'],
  // Left open it is what the service sells.
  goods: (values.goods || null) as Goods | null,
  customerId: halfWidth(values.customerId) || null,
  orderId: halfWidth(values.orderId) || null,
  productName: values.productName.trim() || null,
  cardBrand: values.cardBrand.trim() || null,
  cardLast4: halfWidth(values.cardLast4) || null,
});

function readAmount({ amount, currency: typed }: Values, say: Say): Money {
  const currency = halfWidth(typed).toUpperCase();
  if (!isCurrency(currency)) {
    say('currency', { code: 'unknown_currency' });
    return { value: 0, currency };
  }
  const read = readValue('amount', amount, { maxLength: 40, options: {}, currency });
  if ('value' in read) return read.value as Money;
  say('amount', read.problem);
  return { value: 0, currency };
}

/** What the server found wrong, at the fields that it belongs to. */
export function errorsFrom(items: readonly ProblemItem[]): Errors {
  const errors: Errors = {};
  for (const { pointer, detail } of items) {
    const [, first = '', second = '', third = ''] = pointer.split('/');
    const name = first === 'payment' ? (third === 'currency' ? 'currency' : second) : first;
    const field = name === 'mid' || name === 'sid' ? 'service' : name;
    if (fieldNames.some((each) => each === field)) errors[field as FieldName] ??= detail;
  }
  return errors;
}

/** A known payment as it would be typed. */
export function typedPayment(payment: Schemas['Payment']): Partial<Values> {
  const { amount } = payment;
  const shown = showAmount(amount);
  return {
    ...{ method: payment.method, amount: shown, currency: amount.currency, goods: payment.goods },
    paidAt: typedInstant(new Date(payment.paidAt)),
    productName: payment.productName ?? '',
    customerId: payment.customerId ?? '',
    orderId: payment.orderId ?? '',
    cardBrand: payment.cardBrand ?? '',
    cardLast4: payment.cardLast4 ?? '',
  };
}

const showAmount = ({ value, currency }: Money): string => {
  const places = decimalsOf(currency);
  const digits = String(value).padStart(places + 1, '0');
  return places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`;
};
