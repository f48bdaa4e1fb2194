import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Choices, completeAnswer } from '#tests/support/complete-answer.ts';
import type { Answer } from './answer.ts';
import { type AnswerForm, answerFormFor } from './answer-form.ts';
import { answerJsonSchema } from './answer-json-schema.ts';
import { answerSections, goodsKinds } from './answer-sections.ts';
import { notificationCodes } from './notification-types.ts';
import type { ProblemCode } from './problems.ts';
import { readAnswer } from './read-answer.ts';

const forms = notificationCodes.flatMap((code) =>
  goodsKinds.flatMap((goods) =>
    [true, false].map((productNameKnown) => ({
      code,
      goods,
      productNameKnown,
      form: answerFormFor(code, { goods, productNameKnown, currency: 'USD' }),
    })),
  ),
);

/** What JSON Schema cannot say. */
const unsayable: ReadonlySet<ProblemCode> = new Set([
  'before',
  'not_after',
  'more_items_than',
  'card_number',
]);

const ajv = new Ajv2020({ strict: true, strictRequired: false });
addFormats.default(ajv);
const compiled = new Map<string, ValidateFunction>();

/** Many cases share a form, and compiling takes longer than anything else here. */
function validatorOf(form: AnswerForm): ValidateFunction {
  const schema = answerJsonSchema(form, 'ja');
  const key = JSON.stringify(schema);
  const validate = compiled.get(key) ?? ajv.compile(schema);
  compiled.set(key, validate);
  return validate;
}

const choices: fc.Arbitrary<Choices> = fc.record(
  {
    'shipping.deliverTo': fc.constantFrom('purchaser', 'other'),
    'guests.guest': fc.constantFrom('booker', 'other'),
    'contactHistory.contacted': fc.constantFrom('yes', 'no'),
    'cancellation.result': fc.constantFrom(
      'cancelled_now',
      'already_cancelled',
      'no_such_contract',
      'refused',
    ),
  },
  { requiredKeys: [] },
);

/** Values that are right in one place or another, nearly right, or nowhere right. */
const value: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    ...['', ' ', '　', 'あ', '\u0000', '\t', 'a\nb', '𠮷'.repeat(100), '𠮷'.repeat(101), 'x'.repeat(4001)],
    ...['2026-10-01', '2026-02-29', '1899-12-31', '2100-12-31', '2101-01-01', '2026-10-01\n', '20261001'],
    ...[
      'a@example.jp',
      'a@example',
      'https://example.jp',
      'ftp://example.jp',
      '03-1234-5678',
      '0-0',
      '--------',
    ],
    ...[0, 1, 2, 999, 1000, 1.5, -1, true, null, [], {}, [{}], '2', 'other', 'yes', 'fact', 'toString'],
    ...[980, 0, -1, 0.5, 1e12, 1e12 + 1, '980'].map((minor) => ({ value: minor, currency: 'USD' })),
    ...[
      { value: 1, currency: 'JPY' },
      { value: 1 },
      { currency: 'USD' },
      { value: 1, currency: 'USD', x: 1 },
    ],
    ...[[{ guest: 'booker' }], [{ guest: 'other', name: '山田' }], [{ guest: 'other' }], [null]],
    ...[
      Array.from({ length: 20 }, () => ({ guest: 'booker' })),
      Array.from({ length: 21 }, () => ({ guest: 'booker' })),
    ],
  ),
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.jsonValue({ maxDepth: 2 }),
);

type Change = (draft: Record<string, unknown>) => void;

/** One thing told otherwise: a section or a field replaced, left out or added. */
function changeOf(form: AnswerForm): fc.Arbitrary<Change> {
  const sections = fc.oneof(
    { weight: 9, arbitrary: fc.constantFrom(...form.sections.map(({ name }) => name as string)) },
    { weight: 1, arbitrary: fc.constantFrom(...Object.keys(answerSections), 'unknown') },
  );
  const fields = [...new Set(form.sections.flatMap((section) => Object.keys(section.fields)))];
  const field = fc.constantFrom(...fields, ...fields, 'unknown');
  const told = fc.oneof({ weight: 4, arbitrary: value }, { weight: 1, arbitrary: fc.constant(undefined) });
  return fc
    .tuple(sections, fc.option(field, { freq: 10 }), fc.nat({ max: 1 }), told)
    .map(([section, name, index, to]) => (draft) => {
      const target = Array.isArray(draft[section]) ? draft[section][index] : draft[section];
      const [holder, key] = name !== null && isRecord(target) ? [target, name] : [draft, section];
      if (to === undefined) delete holder[key];
      else holder[key] = to;
    });
}

const isRecord = (it: unknown): it is Record<string, unknown> =>
  typeof it === 'object' && it !== null && !Array.isArray(it);

function answersTo(form: AnswerForm): fc.Arbitrary<Record<string, unknown>> {
  return fc.tuple(choices, fc.array(changeOf(form), { maxLength: 3 })).map(([chosen, changes]) => {
    const draft = structuredClone(completeAnswer(form, chosen)) as Record<string, unknown>;
    for (const change of changes) change(draft);
    return draft;
  });
}

/** An answer as it is stored: blanks around texts are not. */
const trimmed = (sent: unknown): unknown =>
  JSON.parse(JSON.stringify(sent), (_, each: unknown) => (typeof each === 'string' ? each.trim() : each));

const counts = { accepted: 0, refused: 0 };

describe('the JSON Schema of an answer', () => {
  it.each(forms)('agrees with the reader: $code of $goods, name known $productNameKnown', ({ form }) => {
    const validate = validatorOf(form);
    fc.assert(
      fc.property(answersTo(form), (sent) => {
        const { answer, problems } = readAnswer(form, sent);
        const sayable = problems.filter(({ code }) => !unsayable.has(code));

        if (validate(sent)) {
          expect(sayable).toEqual([]);
          if (problems.length === 0) expect(answer).toEqual(trimmed(sent));
          counts.accepted += 1;
        } else counts.refused += 1;
        if (problems.length === 0) expect(errorsOf(validate, answer)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('was shown answers of both kinds, and many', () => {
    expect(counts.accepted).toBeGreaterThan(1000);
    expect(counts.refused).toBeGreaterThan(1000);
  });

  it('says of the order of days and the number of guests what it cannot check', () => {
    const form = answerFormFor('inquiry.usage_detail', {
      goods: 'lodging',
      productNameKnown: true,
      currency: 'JPY',
    });
    expect(answerJsonSchema(form, 'ja')).toMatchObject({
      properties: {
        stay: { description: '予約日 <= チェックイン日. チェックイン日 < チェックアウト日.' },
        guests: { title: '宿泊者情報', description: '宿泊者情報 <= 宿泊人数.' },
      },
    });
    expect(answerJsonSchema(form, 'en')).toMatchObject({
      properties: { guests: { title: 'Guests', description: 'Guests <= Number of guests.' } },
    });
  });
});

function errorsOf(validate: ValidateFunction, answer: Answer): unknown[] {
  return validate(answer) ? [] : (validate.errors ?? ['refused']);
}
