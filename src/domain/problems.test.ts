import { beforeAll, describe, expect, it } from 'vitest';
import { completeAnswer, completeDraftWith } from '#tests/support/complete-answer.ts';
import { everySection, oddValues } from '#tests/support/odd-answers.ts';
import { type Problem, type ProblemCode, problemMessage, problemTexts } from './problems.ts';
import { draftProblems, readAnswer } from './read-answer.ts';
import { text } from './text.ts';

const placesOf = (message: string): string[] =>
  [...message.matchAll(/\{(\w+)\}/g)].map(([place]) => place).sort();

/** Every problem and warning of a complete answer in which one section or field is told wrongly. */
function problemsAround({
  form,
  section: { name, fields },
}: ReturnType<typeof everySection>[number]): Problem[] {
  const complete = completeAnswer(form);
  const drafts = oddValues.flatMap((value) => [
    { ...complete, [name]: value },
    { ...complete, [`un${name}`]: value, booker: {}, cancellation: {} },
    ...Object.keys(fields).map((field) => completeDraftWith(form, { [name]: { [field]: value } })),
  ]);
  return drafts.flatMap((draft) => {
    const { problems, warnings } = readAnswer(form, draft);
    return [...problems, ...warnings, ...draftProblems(form, draft)];
  });
}

describe('the problems that the reader can tell', () => {
  const unfilled = new Set<string>();
  const told = new Set<ProblemCode>();

  beforeAll(() => {
    for (const problem of everySection().flatMap(problemsAround)) {
      told.add(problem.code);
      for (const locale of ['ja', 'en'] as const) {
        const message = problemMessage(problem, locale);
        if (/[{}]|undefined|null|NaN|\[object/.test(message)) unfilled.add(message);
      }
    }
  });

  it('are these', () => {
    expect([...told].sort()).toEqual([
      'before',
      'card_number',
      'charged_after_cancellation',
      'choice_required',
      'fraction_too_fine',
      'more_items_than',
      'never_charged',
      'not_a_choice',
      'not_a_count',
      'not_a_day',
      'not_a_phone',
      'not_a_url',
      'not_after',
      'not_an_amount',
      'not_an_email',
      'not_asked',
      'not_minor_units',
      'not_readable',
      'not_text',
      'one_of_required',
      'required',
      'too_long',
      'too_many',
      'unknown_field',
      'wrong_currency',
      'wrong_form',
    ]);
  });

  it('have every place of their messages filled, in both languages', () => {
    expect([...unfilled]).toEqual([]);
  });
});

describe('the message of a problem', () => {
  it('names labels in the reader\u2019s language', () => {
    const [shipped, ordered] = [text('発送日', 'Shipped on'), text('注文日', 'Ordered on')];
    const before: Problem = { pointer: '/x', code: 'before', params: { label: shipped, other: ordered } };
    expect(problemMessage(before, 'ja')).toBe('発送日は注文日以降の日付にしてください。');
    expect(problemMessage(before, 'en')).toBe('Shipped on cannot be before Ordered on.');
    const oneOf: Problem = { pointer: '/x', code: 'one_of_required', params: { labels: [shipped, ordered] } };
    expect(problemMessage(oneOf, 'ja')).toBe('発送日、注文日のうち少なくとも1つを入力してください。');
    expect(problemMessage(oneOf, 'en')).toBe('Enter at least one of Shipped on, Ordered on.');
  });

  it('names numbers', () => {
    const tooLong: Problem = { pointer: '/x', code: 'too_long', params: { max: 100, length: 101 } };
    expect(problemMessage(tooLong, 'ja')).toBe('100文字以内で入力してください(現在101文字)。');
  });

  it.each(Object.entries(problemTexts))('%s has the same places in both languages', (_, { ja, en }) => {
    expect(placesOf(en)).toEqual(placesOf(ja));
    expect(ja).toMatch(/[ぁ-んァ-ヶ一-龠]/);
    expect(en).not.toMatch(/[ぁ-んァ-ヶ一-龠]/);
  });
});
