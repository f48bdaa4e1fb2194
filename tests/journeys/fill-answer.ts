import type { Locator, Page } from '@playwright/test';
import type { Answer, Entry } from '#src/domain/answer.ts';
import type { AnswerForm, FormSection } from '#src/domain/answer-form.ts';
import type { Value } from '#src/domain/field-types.ts';
import type { Field } from '#src/domain/section-shape.ts';

/** Fills a form in by its visible labels, as a clerk would: section by section, choices first where others hang on them. */
export async function fillAnswer(page: Page, form: AnswerForm, answer: Answer): Promise<void> {
  for (const section of form.sections) {
    const value = answer[section.name];
    if (value === undefined) continue;
    const card = page.getByRole('region', { name: section.title.ja, exact: true });
    if (!section.repeats) await fillEntry(card, section, value as Entry);
    else await fillEntries(card, section, value as readonly Entry[]);
  }
}

async function fillEntries(card: Locator, section: FormSection, entries: readonly Entry[]): Promise<void> {
  const item = section.repeats?.item.ja ?? '';
  for (const [index, entry] of entries.entries()) {
    if (index > 0) await card.getByRole('button', { name: `${item}を追加` }).click();
    await fillEntry(card.getByRole('group', { name: `${item} ${index + 1}`, exact: true }), section, entry);
  }
}

async function fillEntry(place: Locator, { fields }: FormSection, entry: Entry): Promise<void> {
  for (const [name, field] of Object.entries(fields)) {
    const value = entry[name];
    if (value !== undefined) await fillField(place, field, value);
  }
}

async function fillField(place: Locator, field: Field, value: Value): Promise<void> {
  if (field.type === 'choice') {
    await place.getByRole('radio', { name: field.options?.[String(value)]?.ja ?? '', exact: true }).check();
    return;
  }
  const typed = typeof value === 'object' ? String(value.value) : String(value);
  const label = field.label.ja.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  await place.getByRole('textbox', { name: new RegExp(`^${label}`) }).fill(typed);
}
