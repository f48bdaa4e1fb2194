import type { z } from 'zod';
import { notificationTypes } from '#src/domain/notification-types.ts';
import { type ReturnColumn, type ReturnEncoding, returnColumns } from '#src/domain/return-files.ts';
import type { RegisteredAnswer } from '#src/modules/cases/index.ts';
import { canonicalJson } from '#src/platform/canonical-json.ts';
import { csvLine, csvStart } from '#src/platform/csv.ts';
import { encodeShiftJis } from '#src/platform/shift-jis.ts';
import type { ReturnedRow } from '../returned-rows.ts';

/** An answer with what it answers, opened. */
export type FileAnswer = { row: ReturnedRow; answer: z.input<typeof RegisteredAnswer> };

const cells: Record<ReturnColumn, (each: FileAnswer) => string> = {
  case_number: ({ row }) => row.caseId,
  institution_reference: ({ row }) => row.institutionReference,
  mid: ({ row }) => row.mid,
  sid: ({ row }) => row.sid,
  notification_type: ({ row }) => row.notificationType,
  notification_label: ({ row }) => notificationTypes[row.notificationType].label.ja,
  tracking_id: ({ row }) => row.trackingId,
  order_id: ({ row }) => row.orderId ?? '',
  amount: ({ row }) => String(row.amountValue),
  currency: ({ row }) => row.amountCurrency,
  version: ({ answer }) => String(answer.version),
  registered_at: ({ answer }) => answer.registeredAt,
  late: ({ answer }) => (answer.late ? '1' : '0'),
  answer: ({ answer }) => shown(answer.document),
  content: ({ answer }) => canonicalJson(answer.content),
  sha256: ({ answer }) => answer.sha256 ?? '',
};

const shown = (document: FileAnswer['answer']['document']): string =>
  document
    .flatMap(({ title, entries }) =>
      entries.flatMap((entry) => [
        `【${entry.title ?? title}】`,
        ...entry.fields.map((field) => `${field.label}:${field.shown ?? '未入力'}`),
      ]),
    )
    .join('\n');

export const lineOf = (each: FileAnswer, columns: readonly ReturnColumn[]): string =>
  csvLine(columns.map((column) => cells[column](each)));

export const headOf = (columns: readonly ReturnColumn[]): string =>
  csvLine(columns.map((column) => returnColumns[column].ja));

/** What of a text an encoding cannot say, as code points; nothing for UTF-8. */
export function notWritable(text: string, encoding: ReturnEncoding): string[] {
  if (encoding !== 'shift_jis') return [];
  const encoded = encodeShiftJis(text);
  return 'missing' in encoded ? encoded.missing.slice(0, 10).map(codePoint) : [];
}

const codePoint = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;

/** A file as its bytes, always the same for the same lines. */
export function bytesOf(lines: readonly string[], encoding: ReturnEncoding): Buffer {
  const text = lines.join('');
  if (encoding === 'utf8_bom') return Buffer.from(csvStart + text);
  const encoded = encodeShiftJis(text);
  if ('missing' in encoded) throw new Error('a line was let through that cannot be written');
  return encoded.bytes;
}
