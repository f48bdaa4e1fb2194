import type { AnswerForm } from '#src/domain/answer-form.ts';
import type { Locale } from '#src/domain/text.ts';

/** A field in words, by its pointer: `ご購入者情報 氏名`, `宿泊者 2 電話番号`. */
export function labelOf({ sections }: AnswerForm, pointer: string, locale: Locale): string {
  const [, name = '', ...rest] = pointer.split('/');
  const section = sections.find((each) => each.name === name);
  if (!section) return name;
  const field = rest.at(-1);
  const label = field === undefined ? undefined : section.fields[field]?.label[locale];
  const isEntry = rest.length > 0 && /^\d+$/.test(rest[0] ?? '');
  const place =
    isEntry && section.repeats
      ? `${section.repeats.item[locale]} ${Number(rest[0]) + 1}`
      : section.title[locale];
  return label && label !== place ? `${place} ${label}` : place;
}
