import { factsOf } from '#src/domain/answer.ts';
import type { AnswerForm } from '#src/domain/answer-form.ts';
import { fieldTypes, readValue } from '#src/domain/field-types.ts';
import type { Field } from '#src/domain/section-shape.ts';
import type { Locale } from '#src/domain/text.ts';

/** What stands in a field: what was typed, or a value that came over the API, as one would type it. */
export function typedText(value: unknown, field: Field, form: AnswerForm, locale: Locale): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') return value;
  const facts = factsOf(field, form);
  const read = readValue(field.type, value, facts);
  return 'value' in read ? fieldTypes[field.type].show(read.value, facts, locale) : String(value);
}

/** A field of a draft, or a whole list of it, as people read it; empty when nothing was entered. */
export function leafText(form: AnswerForm, pointer: string, value: unknown, locale: Locale): string {
  const [, name = '', ...rest] = pointer.split('/');
  const fields = form.sections.find((section) => section.name === name)?.fields ?? {};
  const show = (fieldName: string, inner: unknown): string => {
    const field = fields[fieldName];
    if (!field) return '';
    const typed = typedText(inner, field, form, locale);
    return field.type === 'choice' ? (field.options?.[typed]?.[locale] ?? typed) : typed;
  };
  if (!Array.isArray(value)) return show(rest.at(-1) ?? '', value);
  return value
    .map((entry, place) => {
      const shown = Object.entries(entry as object).map(([fieldName, inner]) => show(fieldName, inner));
      return `${place + 1}. ${shown.filter((text) => text !== '').join(' ')}`;
    })
    .join('\n');
}
