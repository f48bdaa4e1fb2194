import { type Answer, type Entry, factsOf } from './answer.ts';
import type { AnswerForm, FormSection } from './answer-form.ts';
import { fieldTypes } from './field-types.ts';
import type { Locale } from './text.ts';

/** One question and its answer as people read them; `shown` is null where an optional part was left empty (未入力). */
export type ShownField = { field: string; label: string; shown: string | null };
export type ShownSection = {
  section: string;
  title: string;
  entries: { title: string | null; fields: ShownField[] }[];
};

/**
 * An answer with the questions and labels as they are shown in a language. The check page shows it and registering stores it,
 * so that an old answer reads the same after a label has changed.
 */
export function showAnswer(form: AnswerForm, answer: Answer, locale: Locale): ShownSection[] {
  return form.sections.flatMap((section) => {
    const value = answer[section.name];
    if (value === undefined) return [];
    const entries: readonly Entry[] = Array.isArray(value) ? value : [value as Entry];
    return [
      {
        section: section.name,
        title: section.title[locale],
        entries: entries.map((entry, index) => ({
          title: section.repeats ? `${section.repeats.item[locale]} ${index + 1}` : null,
          fields: showEntry(form, section, entry, locale),
        })),
      },
    ];
  });
}

function showEntry(form: AnswerForm, section: FormSection, entry: Entry, locale: Locale): ShownField[] {
  return Object.entries(section.fields)
    .filter(([, { askedWhen }]) => !askedWhen || askedWhen.is.includes(String(entry[askedWhen.field])))
    .map(([name, field]) => {
      const value = entry[name];
      const shown =
        value === undefined ? null : fieldTypes[field.type].show(value, factsOf(field, form), locale);
      return { field: name, label: field.label[locale], shown };
    });
}
