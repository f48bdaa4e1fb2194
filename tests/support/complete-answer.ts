import type { Answer, DraftContent, Entry } from '#src/domain/answer.ts';
import type { AnswerForm, FormSection } from '#src/domain/answer-form.ts';
import { addDays, type Day } from '#src/domain/days.ts';
import type { Value } from '#src/domain/field-types.ts';
import type { Choice, Field, SectionRule } from '#src/domain/section-shape.ts';

/** Which option to take where not the first, by `section.field`. */
export type Choices = Readonly<Record<string, string>>;

const firstDay = '2026-10-01';
const guestCount = 2;

/**
 * A complete answer to a form, made from the catalogue: every field that is asked for is filled in, days follow their rules,
 * and of several guests each takes the next option. It is in the form in which answers are registered.
 */
export function completeAnswer(form: AnswerForm, choices: Choices = {}): Answer {
  const answer: Record<string, Entry | Entry[]> = {};
  for (const section of form.sections) {
    if (section.askedWhen && !holds(section.askedWhen, answer)) continue;
    const count = section.repeats ? guestCount : 1;
    const entries = Array.from({ length: count }, (_, index) => entryOf(section, { form, choices, index }));
    const [only = {}] = entries;
    answer[section.name] = section.repeats ? entries : only;
  }
  return answer;
}

/** The same as a draft, with some of it told otherwise: fields are laid over a section's, null and lists replace it. */
export function completeDraftWith(
  form: AnswerForm,
  changes: Readonly<Record<string, unknown>>,
): DraftContent {
  const complete = completeAnswer(form);
  const draft: Record<string, unknown> = { ...complete };
  for (const [name, change] of Object.entries(changes)) {
    const isLaidOver = typeof change === 'object' && change !== null && !Array.isArray(change);
    draft[name] = isLaidOver ? { ...complete[name], ...change } : change;
  }
  return draft;
}

function holds({ field, is }: Choice, answer: Answer): boolean {
  const [section = '', name = ''] = field.split('.');
  const entry = answer[section] as Entry | undefined;
  return is.includes(String(entry?.[name]));
}

type Context = { form: AnswerForm; choices: Choices; index: number };

function entryOf(section: FormSection, context: Context): Entry {
  const entry: Record<string, Value> = {};
  for (const [name, field] of Object.entries(section.fields)) {
    const { askedWhen } = field;
    if (askedWhen && !askedWhen.is.includes(String(entry[askedWhen.field]))) continue;
    entry[name] = sampleOf(section, name, field, context);
  }
  return entry;
}

function sampleOf(section: FormSection, name: string, field: Field, context: Context): Value {
  const options = Object.keys(field.options ?? {});
  switch (field.type) {
    case 'text':
    case 'long_text':
      return `${field.label.ja}のご回答`;
    case 'email':
      return 'hanako@example.jp';
    case 'phone':
      return '03-1234-5678';
    case 'url':
      return 'https://shop.example.jp/contact';
    case 'day':
      return dayOf(name, section.rules);
    case 'amount':
      return { value: 12_800, currency: context.form.facts.currency };
    case 'count':
      return guestCount;
    case 'choice':
      return context.choices[`${section.name}.${name}`] ?? options[context.index % options.length] ?? '';
  }
}

/** A week later than every day that has to come before. */
function dayOf(name: string, rules: readonly SectionRule[]): Day {
  const earlier = rules.flatMap((rule) => ('later' in rule && rule.later === name ? [rule.earlier] : []));
  const days = earlier.map((each) => addDays(dayOf(each, rules), 7));
  return days.sort().at(-1) ?? firstDay;
}
