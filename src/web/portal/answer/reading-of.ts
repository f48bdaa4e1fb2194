import { factsOf } from '#src/domain/answer.ts';
import type { AnswerForm } from '#src/domain/answer-form.ts';
import { type FieldType, fieldTypes, readValue } from '#src/domain/field-types.ts';
import type { Field } from '#src/domain/section-shape.ts';
import type { Locale } from '#src/domain/text.ts';

/** Free text is registered as it was typed, and a choice as it was chosen. */
const isTidied: ReadonlySet<FieldType> = new Set(['day', 'amount', 'count', 'phone', 'email', 'url']);

/** The form in which a field will be registered, when it is not what was typed. */
export function readingOf(field: Field, typed: string, form: AnswerForm, locale: Locale): string | undefined {
  if (typed.trim() === '' || !isTidied.has(field.type)) return undefined;
  const facts = factsOf(field, form);
  const read = readValue(field.type, typed, facts);
  if (!('value' in read)) return undefined;
  const shown = fieldTypes[field.type].show(read.value, facts, locale);
  return shown === typed ? undefined : shown;
}
