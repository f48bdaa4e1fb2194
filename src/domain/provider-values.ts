import { endOfDay, instantText, isDay, startOfDay } from './days.ts';
import { decimalsOf, isAmount, isCurrency, type Money } from './money.ts';
import type { Problem } from './problems.ts';

/** A value that was read from a provider's message, or what is wrong with it. */
export type Read<Value> = { value: Value } | { problem: Problem };

/** In how many decimals providers count where it is not how ISO 4217 does. Their documents say so. */
const ownDecimals: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  stripe: { MGA: 0, ISK: 2, UGX: 2 },
  adyen: { CLP: 2, CVE: 0, IDR: 0, ISK: 2 },
};

/** An amount that a provider counts in its smallest units, in those of ISO 4217. Nothing is ever rounded. */
export function readMinorUnits(
  kind: string,
  sent: { value: unknown; currency: unknown },
  pointer: string,
): Read<Money> {
  const currency = currencyOf(sent.currency);
  if (!currency) return { problem: { pointer, code: 'unknown_currency' } };
  if (typeof sent.value !== 'number' || !Number.isInteger(sent.value))
    return { problem: { pointer, code: 'not_minor_units' } };
  const decimals = decimalsOf(currency);
  const theirs = ownDecimals[kind]?.[currency] ?? decimals;
  const value =
    theirs <= decimals ? sent.value * 10 ** (decimals - theirs) : sent.value / 10 ** (theirs - decimals);
  if (!Number.isInteger(value))
    return { problem: { pointer, code: 'fraction_too_fine', params: { currency, decimals } } };
  return isAmount(value) ? { value: { value, currency } } : { problem: { pointer, code: 'not_minor_units' } };
}

/** An amount written as a decimal number, such as `"12.80"`. Noughts behind the point mean nothing, other digits do. */
export function readDecimal(sent: { decimal: unknown; currency: unknown }, pointer: string): Read<Money> {
  const currency = currencyOf(sent.currency);
  if (!currency) return { problem: { pointer, code: 'unknown_currency' } };
  const found = typeof sent.decimal === 'string' && /^(\d{1,13})(?:\.(\d{1,20}))?$/.exec(sent.decimal.trim());
  if (!found) return { problem: { pointer, code: 'not_an_amount' } };
  const decimals = decimalsOf(currency);
  const fraction = withoutZerosAtEnd(found[2] ?? '');
  if (fraction.length > decimals)
    return { problem: { pointer, code: 'fraction_too_fine', params: { currency, decimals } } };
  const value = Number(`${found[1]}${fraction.padEnd(decimals, '0')}`);
  return isAmount(value) ? { value: { value, currency } } : { problem: { pointer, code: 'not_minor_units' } };
}

function currencyOf(sent: unknown): string | undefined {
  const code = typeof sent === 'string' ? sent.trim().toUpperCase() : '';
  return isCurrency(code) ? code : undefined;
}

function withoutZerosAtEnd(digits: string): string {
  let end = digits.length;
  while (digits[end - 1] === '0') end -= 1;
  return digits.slice(0, end);
}

/** Days that programs write when they have none: the beginning of time in spreadsheets and in Adyen's reports. */
const noDays = /^(1899-1[12]-3[01]|1900-01-0[01]|0000-00-00|0001-01-01)/;
const dayForm = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})$/;
const localForm = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(:\d{2})?(?:\.\d{1,9})?$/;
const zonedForm = /^(\d{4}-\d{2}-\d{2})[T ]\d{2}:\d{2}(:\d{2})?(\.\d{1,9})?(Z|[+-]\d{2}:?\d{2})$/i;

/**
 * An instant as providers write it, as ours: seconds since 1970, or text. A time without a zone is one of Asia/Tokyo; a day
 * alone is its end where something is due, and its beginning elsewhere. Null where none is meant.
 */
export function readInstant(sent: unknown, pointer: string, is: 'due' | 'past'): Read<string | null> {
  if (sent === null || sent === undefined) return { value: null };
  const at =
    typeof sent === 'number'
      ? new Date(sent * 1000)
      : typeof sent === 'string'
        ? inText(sent, is)
        : undefined;
  if (at === null) return { value: null };
  const isOurs = at && at.getTime() > Date.UTC(1970, 0, 1) && at.getTime() < Date.UTC(2100, 0, 1);
  return isOurs ? { value: instantText(at) } : { problem: { pointer, code: 'not_an_instant' } };
}

function inText(sent: string, is: 'due' | 'past'): Date | null | undefined {
  const text = sent.trim();
  if (text === '' || noDays.test(text)) return null;
  const day = dayForm.exec(text);
  if (day) {
    const name = `${day[1]}-${day[2]?.padStart(2, '0')}-${day[3]?.padStart(2, '0')}`;
    if (!isDay(name)) return undefined;
    return is === 'due' ? endOfDay(name) : startOfDay(name);
  }
  const zoned = zonedForm.exec(text);
  if (zoned) return isDay(zoned[1] ?? '') ? dateOf(text.replace(' ', 'T')) : undefined;
  const local = localForm.exec(text);
  if (!local || !isDay(local[1] ?? '')) return undefined;
  return dateOf(`${local[1]}T${local[2]}${local[3] ?? ':00'}+09:00`);
}

function dateOf(text: string): Date | undefined {
  const at = new Date(text.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
  return Number.isNaN(at.getTime()) ? undefined : at;
}
