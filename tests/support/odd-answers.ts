import { type AnswerForm, answerFormFor, type FormSection } from '#src/domain/answer-form.ts';
import { notificationCodes } from '#src/domain/notification-types.ts';
import { goodsKinds } from '#src/domain/section-shape.ts';

/** Every section of the catalogue with its rules, once, and a form that asks for it. Amounts are in KWD, of three places. */
export function everySection(): { form: AnswerForm; section: FormSection }[] {
  const forms = notificationCodes.flatMap((code) =>
    goodsKinds.map((goods) => answerFormFor(code, { goods, productNameKnown: false, currency: 'KWD' })),
  );
  const sections = forms.flatMap((form) => form.sections.map((section) => ({ form, section })));
  const once = new Map(
    sections.map((each) => [JSON.stringify([each.section.name, each.section.rules]), each]),
  );
  return [...once.values()];
}

const guests = (count: number): unknown[] => Array.from({ length: count }, () => ({ guest: 'booker' }));

/** Values that are right in one place or another, nearly right, or nowhere right. */
export const oddValues: readonly unknown[] = [
  ...['', ' ', '\u3000', 'あ', '\u0000', '\t', 'a\nb', '𠮷'.repeat(100), '𠮷'.repeat(101), 'x'.repeat(4001)],
  ...['2026-10-01', '2020-01-01', '2030-01-01', '2026-02-29', '1899-12-31', '2100-12-31', '2101-01-01'],
  ...['20261001', '2026-10-01\n', 'a@example.jp', 'a@example', 'https://example.jp', 'ftp://example.jp'],
  ...['03-1234-5678', '0-0', '--------', '4111 1111 1111 1111', '$1', '1.5', '12.34567', '1', '100000'],
  ...['other', 'yes', 'no', 'refused', 'fact', 'toString', 0, 1, 2, 999, 1000, 1.5, -1, 980, true, null],
  ...[0, 980, -1, 0.5, 1e12, 1e12 + 1, '980'].map((value) => ({ value, currency: 'KWD' })),
  ...[{ value: 1, currency: 'JPY' }, { value: 1 }, { currency: 'KWD' }, { value: 1, currency: 'KWD', x: 1 }],
  ...[{}, [], [{}], [null], [{ guest: 'other' }], [{ guest: 'other', name: '山田' }], { unknown: 1 }],
  ...[guests(1), guests(3), guests(20), guests(21)],
];
