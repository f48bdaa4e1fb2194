import { type Answer, type DraftContent, type Entry, factsOf, pointerTo } from './answer.ts';
import { type AnswerForm, type FormSection, isSectionName } from './answer-form.ts';
import { checkRules } from './answer-rules.ts';
import { readValue, type Value } from './field-types.ts';
import type { Problem, ProblemCode } from './problems.ts';
import type { Choice, Field } from './section-shape.ts';

export type AnswerReading = { answer: Answer; problems: readonly Problem[]; warnings: readonly Problem[] };

/**
 * Reads a draft as the answer it would be. Without problems the answer may be registered; warnings are for the merchant to
 * weigh. Fields that a choice of the answer hides are left out, because the check page does not show them either.
 */
export function readAnswer(form: AnswerForm, draft: DraftContent): AnswerReading {
  const reader = new Reader(form, draft);
  const problems: Problem[] = unaskedSections(form, draft);
  const warnings: Problem[] = [];
  const answer: Record<string, Entry | Entry[]> = {};
  for (const section of form.sections) {
    if (section.askedWhen && !reader.holds(section.askedWhen, {})) continue;
    const read = reader.section(section);
    problems.push(...read.problems);
    if (read.value === undefined) continue;
    answer[section.name] = read.value;
  }
  for (const section of form.sections) {
    const value = answer[section.name];
    if (value === undefined) continue;
    const found = checkRules(section, value, { answer, problems, form });
    problems.push(...found.problems);
    warnings.push(...found.warnings);
  }
  return { answer, problems, warnings };
}

/** Problems that keep a draft from being stored; a half-typed value is no such problem. */
const notStorable: ReadonlySet<ProblemCode> = new Set([
  'unknown_field',
  'not_asked',
  'wrong_form',
  'not_text',
  'not_readable',
  'too_long',
  'too_many',
  'card_number',
  'wrong_currency',
  'not_minor_units',
]);

/** What keeps a draft from being stored, in sections and fields that are hidden for now too. */
export function draftProblems(form: AnswerForm, draft: DraftContent): Problem[] {
  const reader = new Reader(form, draft, { hiddenToo: true });
  const read = form.sections.flatMap((section) => reader.section(section).problems);
  return [...unaskedSections(form, draft), ...read].filter(({ code }) => notStorable.has(code));
}

function unaskedSections(form: AnswerForm, draft: DraftContent): Problem[] {
  const asked = new Set<string>(form.sections.map(({ name }) => name));
  return Object.keys(draft)
    .filter((name) => !asked.has(name))
    .map((name) => ({ pointer: pointerTo(name), code: isSectionName(name) ? 'not_asked' : 'unknown_field' }));
}

const isEmpty = (sent: unknown): boolean =>
  sent === undefined || sent === null || (typeof sent === 'string' && sent.trim() === '');

const isRecord = (sent: unknown): sent is Record<string, unknown> =>
  typeof sent === 'object' && sent !== null && !Array.isArray(sent);

/** Whether a choice that decides about a field or section is made so, in the same entry or in another section. */
export function isChosen(
  { field, is }: Choice,
  draft: DraftContent,
  entry: Readonly<Record<string, unknown>>,
): boolean {
  const [sectionName = '', fieldName] = field.split('.');
  const section = draft[sectionName];
  const chosen = fieldName === undefined ? entry[field] : isRecord(section) ? section[fieldName] : undefined;
  return typeof chosen === 'string' && is.includes(chosen);
}

/** Reads the sections of one draft; holds the draft because a choice in one section can decide about another. */
class Reader {
  readonly #form: AnswerForm;
  readonly #draft: DraftContent;
  readonly #hiddenToo: boolean;

  constructor(form: AnswerForm, draft: DraftContent, { hiddenToo = false } = {}) {
    this.#form = form;
    this.#draft = draft;
    this.#hiddenToo = hiddenToo;
  }

  holds(choice: Choice, entry: Readonly<Record<string, unknown>>): boolean {
    return this.#hiddenToo || isChosen(choice, this.#draft, entry);
  }

  section(section: FormSection): { value?: Entry | Entry[]; problems: Problem[] } {
    const sent = this.#draft[section.name];
    const at = pointerTo(section.name);
    if (section.repeats) return this.#items(section, sent ?? [], at);
    if (sent !== undefined && !isRecord(sent)) return { problems: [wrongForm(at, 'object')] };
    const { entry, problems } = this.#entry(section, sent ?? {}, at);
    return { value: entry, problems };
  }

  #items(section: FormSection, sent: unknown, at: string): { value?: Entry[]; problems: Problem[] } {
    const { max = 0 } = section.repeats ?? {};
    if (!Array.isArray(sent)) return { problems: [wrongForm(at, 'array')] };
    if (sent.length > max) return { problems: [{ pointer: at, code: 'too_many', params: { max } }] };
    if (sent.length === 0)
      return { problems: [{ pointer: at, code: 'required', params: { label: section.title } }] };
    const items = sent.map((item, index) => {
      const itemAt = `${at}/${index}`;
      return isRecord(item)
        ? this.#entry(section, item, itemAt)
        : { entry: {}, problems: [wrongForm(itemAt, 'object')] };
    });
    return { value: items.map(({ entry }) => entry), problems: items.flatMap(({ problems }) => problems) };
  }

  #entry(
    { fields }: FormSection,
    sent: Record<string, unknown>,
    at: string,
  ): { entry: Entry; problems: Problem[] } {
    const entry: Record<string, Value> = {};
    const problems: Problem[] = Object.keys(sent)
      .filter((name) => !Object.hasOwn(fields, name))
      .map((name) => ({ pointer: at + pointerTo(name), code: 'unknown_field' }));
    for (const [name, field] of Object.entries(fields)) {
      if (field.askedWhen && !this.holds(field.askedWhen, sent)) continue;
      const read = this.#field(field, sent[name]);
      if (read && 'value' in read) entry[name] = read.value;
      else if (read) problems.push({ pointer: at + pointerTo(name), ...read.problem });
    }
    return { entry, problems };
  }

  #field(field: Field, sent: unknown): ReturnType<typeof readValue> | undefined {
    if (!isEmpty(sent)) return readValue(field.type, sent, factsOf(field, this.#form));
    if (!field.required) return undefined;
    return {
      problem: {
        code: field.type === 'choice' ? 'choice_required' : 'required',
        params: { label: field.label },
      },
    };
  }
}

const wrongForm = (pointer: string, expected: string): Problem => ({
  pointer,
  code: 'wrong_form',
  params: { expected },
});
