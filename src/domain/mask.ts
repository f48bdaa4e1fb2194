import type { DraftContent } from './answer.ts';
import type { ShownSection } from './answer-document.ts';
import { isSectionName } from './answer-form.ts';
import { sectionOf } from './answer-sections.ts';
import { maskedClasses } from './data-classes.ts';

/** What stands in place of a value. Always as long, so that not even its length is told. */
export const mask = '●●●●';

/** A text that is there or not, masked. */
export const maskedText = (value: string | null): string | null => (value === null ? null : mask);

/** An answer or draft with the values masked that may tell of a person; the names of sections and fields stay. */
export const maskedContent = (content: DraftContent): DraftContent =>
  Object.fromEntries(
    Object.entries(content)
      .filter(([section]) => isSectionName(section))
      .map(([section, value]) => [
        section,
        Array.isArray(value)
          ? value.map((entry) => maskedEntry(section, entry))
          : maskedEntry(section, value),
      ]),
  );

function maskedEntry(section: string, entry: unknown): unknown {
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) return mask;
  return Object.fromEntries(
    Object.entries(entry)
      .filter(([field]) => fieldOf(section, field) !== undefined)
      .map(([field, value]) => [field, isMasked(section, field) ? mask : value]),
  );
}

/** An answer as it is shown, masked in the same places; what was left empty stays so. */
export const maskedDocument = (document: readonly ShownSection[]): ShownSection[] =>
  document.map(({ section, title, entries }) => ({
    section,
    title,
    entries: entries.map((entry) => ({
      title: entry.title,
      fields: entry.fields.map((field) =>
        isMasked(section, field.field) ? { ...field, shown: maskedText(field.shown) } : field,
      ),
    })),
  }));

const fieldOf = (section: string, field: string) => {
  if (!isSectionName(section)) return undefined;
  const { fields } = sectionOf(section);
  return Object.hasOwn(fields, field) ? fields[field] : undefined;
};

/** What the catalogue does not know, such as a field that an earlier release asked for, is masked too. */
const isMasked = (section: string, field: string): boolean => {
  const known = fieldOf(section, field);
  return known === undefined || maskedClasses.has(known.holds);
};
