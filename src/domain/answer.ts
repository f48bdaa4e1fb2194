import type { AnswerForm } from './answer-form.ts';
import { type FieldFacts, fieldTypes, type Value } from './field-types.ts';
import type { Field } from './section-shape.ts';

/** One entry of a section: a value for each field that was filled in. */
export type Entry = Readonly<Record<string, Value>>;

/** An answer as it is registered: normalised, only what was asked for, empty parts left out. Sections that repeat are lists. */
export type Answer = Readonly<Record<string, Entry | readonly Entry[]>>;

/** What was typed or sent so far; anything may be missing, half-typed or wrong. */
export type DraftContent = Readonly<Record<string, unknown>>;

/** A JSON pointer (RFC 6901) from names. */
export const pointerTo = (...names: readonly (string | number)[]): string =>
  names.map((name) => `/${String(name).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

/** How a field of a form is read and shown. */
export const factsOf = (field: Field, form: AnswerForm): FieldFacts => ({
  maxLength: field.maxLength ?? fieldTypes[field.type].maxLength,
  options: field.options ?? {},
  currency: form.facts.currency,
});
