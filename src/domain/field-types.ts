import { type Day, dayPattern, isDay, showDay } from './days.ts';
import { halfWidth } from './half-width.ts';
import { decimalsOf, isAmount, type Money, maxAmount, showMoney } from './money.ts';
import type { Problem } from './problems.ts';
import { readDay } from './read-day.ts';
import type { Locale, Text } from './text.ts';
import { lengthOf, readablePattern, textProblem } from './text-rules.ts';

export type FieldType =
  | 'text'
  | 'long_text'
  | 'email'
  | 'phone'
  | 'url'
  | 'day'
  | 'amount'
  | 'count'
  | 'choice';

/** A value of a registered answer. */
export type Value = string | number | Money;

/** What a field type needs to know about its field and its case. */
export type FieldFacts = {
  maxLength: number;
  options: Readonly<Record<string, Text>>;
  currency: string;
};

type Reading = { value: Value } | { problem: Omit<Problem, 'pointer'> };

type FieldTypeRow = {
  maxLength: number;
  /** Takes what was typed or sent, forgivingly, to the one form that is stored. */
  read: (typed: string, facts: FieldFacts) => Reading;
  show: (value: Value, facts: FieldFacts, locale: Locale) => string;
  schema: (facts: FieldFacts) => Record<string, unknown>;
};

const problem = (code: Problem['code'], params?: Problem['params']): Reading => ({
  problem: params ? { code, params } : { code },
});
const asIs = (value: Value): string => String(value);

const freeText: FieldTypeRow = {
  maxLength: 200,
  read: (typed) => ({ value: typed.trim() }),
  show: asIs,
  schema: ({ maxLength }) => ({
    type: 'string',
    minLength: 1,
    maxLength,
    allOf: [{ pattern: '\\S' }, { pattern: readablePattern }],
  }),
};

const emailPattern = "^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(\\.[A-Za-z0-9-]{1,63}){1,8}$";
const phonePattern = '^\\+?[0-9](-?[0-9]){7,14}$';
const urlPattern = '^https?://[!-~]+$';
const maxCount = 999;

/** How each type of field is read, stored, shown and described. The form, the check page and the API all go through this table. */
export const fieldTypes: Readonly<Record<FieldType, FieldTypeRow>> = {
  text: freeText,
  long_text: { ...freeText, maxLength: 2000 },
  email: pattern(254, emailPattern, 'not_an_email', halfWidth),
  phone: pattern(20, phonePattern, 'not_a_phone', (typed) =>
    halfWidth(typed)
      .replace(/[\s()-]+/g, '-')
      .replace(/^-|-$/g, ''),
  ),
  url: pattern(500, urlPattern, 'not_a_url', halfWidth),
  day: {
    maxLength: 20,
    read: (typed) => {
      const day = readDay(typed);
      return day ? { value: day } : problem('not_a_day');
    },
    show: (value, _, locale) => (isDay(String(value)) ? showDay(value as Day, locale) : asIs(value)),
    schema: () => ({ type: 'string', format: 'date', pattern: dayPattern }),
  },
  amount: {
    maxLength: 30,
    read: (typed, { currency }) => readAmount(typed, currency),
    show: (value, _, locale) => showMoney(value as Money, locale),
    schema: ({ currency }) => ({
      type: 'object',
      properties: {
        value: { type: 'integer', minimum: 0, maximum: maxAmount },
        currency: { const: currency },
      },
      required: ['value', 'currency'],
      additionalProperties: false,
    }),
  },
  count: {
    maxLength: 10,
    read: (typed) => {
      const digits = halfWidth(typed).replace(/\s*[名人]様?$/, '');
      const count = /^\d{1,6}$/.test(digits) ? Number(digits) : 0;
      return count >= 1 && count <= maxCount ? { value: count } : problem('not_a_count', { max: maxCount });
    },
    show: asIs,
    schema: () => ({ type: 'integer', minimum: 1, maximum: maxCount }),
  },
  choice: {
    maxLength: 50,
    read: (typed, { options }) =>
      Object.hasOwn(options, typed) ? { value: typed } : problem('not_a_choice'),
    show: (value, { options }, locale) => options[String(value)]?.[locale] ?? asIs(value),
    schema: ({ options }) => ({ type: 'string', enum: Object.keys(options) }),
  },
};

function pattern(
  maxLength: number,
  source: string,
  code: Problem['code'],
  tidy: (typed: string) => string,
): FieldTypeRow {
  const expression = new RegExp(source);
  return {
    maxLength,
    read: (typed, facts) => {
      const value = tidy(typed);
      // One character can become several half-width ones.
      return expression.test(value) && value.length <= facts.maxLength ? { value } : problem(code);
    },
    show: asIs,
    schema: (facts) => ({ type: 'string', maxLength: facts.maxLength, pattern: source }),
  };
}

/** The sign of a currency may stand at its own amounts only: `$12` in a payment in yen is a mistake, not 12 yen. */
const signs: Readonly<Record<string, RegExp>> = { JPY: /^[¥\\]|円$/g, USD: /^(US)?\$/g, EUR: /^€|€$/g };

function readAmount(typed: string, currency: string): Reading {
  const places = decimalsOf(currency);
  const plain = halfWidth(typed)
    .replace(/\s/g, '')
    .replace(new RegExp(`^${currency}|${currency}$`, 'i'), '')
    .replace(signs[currency] ?? '', '');
  // Commas stand before groups of three, so that `12,80` is not taken for 1280.
  const found = /^(\d{1,15}|\d{1,3}(?:,\d{3}){1,5})(?:\.(\d{1,10}))?$/.exec(plain);
  if (!found) return problem('not_an_amount');
  const [, grouped = '', fraction = ''] = found;
  const whole = grouped.replaceAll(',', '');
  if (fraction.replace(/0+$/, '').length > places)
    return problem('fraction_too_fine', { currency, decimals: places });
  const value = Number(whole + fraction.slice(0, places).padEnd(places, '0'));
  return isAmount(value) ? { value: { value, currency } } : problem('not_an_amount');
}

/**
 * Reads one typed or sent value. Beside text, numbers are taken where a count is asked for, and money where an amount is.
 * The problem has no pointer: the caller knows where the value stands.
 */
export function readValue(type: FieldType, sent: unknown, facts: FieldFacts): Reading {
  if (type === 'amount' && typeof sent === 'object' && sent !== null) return readMoney(sent, facts.currency);
  // A bare number could mean yen or minor units of another currency.
  if (type === 'amount' && typeof sent === 'number')
    return problem('wrong_form', { expected: 'string | object' });
  const typed = typeof sent === 'number' && type === 'count' ? String(sent) : sent;
  if (typeof typed !== 'string') return problem('not_text');
  const wrong = textProblem(typed, facts.maxLength);
  if (wrong) return problem(wrong, { max: facts.maxLength, length: lengthOf(typed) });
  return fieldTypes[type].read(typed, facts);
}

function readMoney(sent: object, currency: string): Reading {
  const { value, currency: given, ...rest } = sent as Partial<Money>;
  if (given !== currency) return problem('wrong_currency', { currency });
  if (!isAmount(value) || Object.keys(rest).length > 0) return problem('not_minor_units');
  return { value: { value, currency } };
}
