import type { Letter, LetterTable } from './letter.ts';

const rule = '-'.repeat(40);

/** A letter as plain text. */
export function letterText({ locale, addressee, paragraphs, facts, table, link, notes }: Letter): string {
  const [is, remark] = locale === 'ja' ? ['：', '※'] : [': ', '* '];
  const lines = facts.flatMap(({ label, value, note }) => [
    `${label}${is}${value}`,
    ...(note ? [`  ${remark}${note}`] : []),
  ]);
  const parts = [
    addressee.join('\n'),
    ...paragraphs,
    ...(lines.length > 0 ? [lines.join('\n')] : []),
    ...(table ? [tableText(table)] : []),
    `${link.label}\n${link.url}`,
    rule,
    ...notes,
  ];
  return `${parts.join('\n\n')}\n`;
}

/** A row is a line, so that it can be read without columns. */
const tableText = ({ headings, rows, note }: LetterTable): string =>
  [headings, ...rows]
    .map((cells) => cells.join(' | '))
    .concat(note ?? [])
    .join('\n');
