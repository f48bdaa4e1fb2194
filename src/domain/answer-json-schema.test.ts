import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Choices, completeAnswer } from '#tests/support/complete-answer.ts';
import { everySection, oddValues } from '#tests/support/odd-answers.ts';
import type { Answer } from './answer.ts';
import { type AnswerForm, answerFormFor } from './answer-form.ts';
import { answerJsonSchema } from './answer-json-schema.ts';
import { answerSections } from './answer-sections.ts';
import { notificationCodes } from './notification-types.ts';
import type { ProblemCode } from './problems.ts';
import { readAnswer } from './read-answer.ts';
import { goodsKinds } from './section-shape.ts';

const forms = notificationCodes.flatMap((code) =>
  goodsKinds.flatMap((goods) =>
    [true, false].map((productNameKnown) => ({
      code,
      goods,
      productNameKnown,
      form: answerFormFor(code, { goods, productNameKnown, currency: 'KWD' }),
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
const validators = new WeakMap<AnswerForm, ValidateFunction>();

/** Many cases share a form, and compiling takes longer than anything else here. */
function validatorOf(form: AnswerForm): ValidateFunction {
  const known = validators.get(form);
  if (known) return known;
  const schema = answerJsonSchema(form, 'ja');
  const key = JSON.stringify(schema);
  const validate = compiled.get(key) ?? ajv.compile(schema);
  compiled.set(key, validate);
  validators.set(form, validate);
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

const value: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(...oddValues),
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

const otherChoices: Choices = {
  'shipping.deliverTo': 'other',
  'guests.guest': 'other',
  'contactHistory.contacted': 'no',
  'cancellation.result': 'refused',
};

/** A section with some of it told otherwise, in all its entries. */
const told = (section: unknown, change: object): unknown =>
  Array.isArray(section)
    ? section.map((entry: object) => ({ ...entry, ...change }))
    : { ...(section as object), ...change };

const counts = { accepted: 0, refused: 0 };

describe('the JSON Schema of an answer', () => {
  it.each(forms)('agrees with the reader: $code of $goods, name known $productNameKnown', ({ form }) => {
    fc.assert(
      fc.property(answersTo(form), (sent) => agreesWithReader(form, sent)),
      { numRuns: 60 },
    );
  });

  it.each(everySection())(
    'agrees with the reader on every odd value in $section.name',
    ({ form, section }) => {
      for (const chosen of [{}, otherChoices]) {
        const complete = completeAnswer(form, chosen);
        for (const odd of oddValues) {
          agreesWithReader(form, { ...complete, [section.name]: odd });
          for (const field of Object.keys(section.fields))
            agreesWithReader(form, {
              ...complete,
              [section.name]: told(complete[section.name], { [field]: odd }),
            });
        }
      }
    },
  );

  it.each(everySection())('agrees with the reader on whatever is left out of $section.name', (each) => {
    const { form, section } = each;
    const fields = Object.keys(section.fields);
    for (const chosen of [{}, otherChoices]) {
      const complete = completeAnswer(form, chosen);
      for (let subset = 0; subset < 2 ** fields.length; subset += 1) {
        const leftOut = fields.filter((_, index) => subset & (1 << index)).map((field) => [field, undefined]);
        const part = told(complete[section.name], Object.fromEntries(leftOut));
        agreesWithReader(form, JSON.parse(JSON.stringify({ ...complete, [section.name]: part })));
      }
    }
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

/** Whatever the schema accepts can be registered as it is, and whatever can be registered the schema accepts. */
function agreesWithReader(form: AnswerForm, sent: Record<string, unknown>): void {
  const validate = validatorOf(form);
  const { answer, problems } = readAnswer(form, sent);
  const isAccepted = validate(sent);
  if (isAccepted) {
    expect(problems.filter(({ code }) => !unsayable.has(code))).toEqual([]);
    if (problems.length === 0) expect(answer).toEqual(trimmed(sent));
  }
  if (problems.length === 0) expect(errorsOf(validate, answer)).toEqual([]);
  counts[isAccepted ? 'accepted' : 'refused'] += 1;
}

function errorsOf(validate: ValidateFunction, answer: Answer): unknown[] {
  return validate(answer) ? [] : (validate.errors ?? ['refused']);
}
