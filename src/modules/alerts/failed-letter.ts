import { fill, text } from '#src/domain/text.ts';
import { type FailedImport, reasonText } from '#src/modules/imports/index.ts';
import {
  addresseeOf,
  instantIn,
  type Letter,
  notesOf,
  oneLine,
  type Sender,
} from '#src/modules/mail/index.ts';
import type { Admin } from '#src/modules/people/index.ts';

/** The mail to an operator: a file was not taken in to its end. It names neither the file nor anything that stands in it. */
export const failedLetter =
  ({ id, institutionName, failedAt, line, reason }: FailedImport, sender: Sender) =>
  ({ name, locale }: Admin): Letter => ({
    locale,
    subject: `[${sender.providerName}]${subject[locale]}`,
    addressee: [addresseeOf(name, locale)],
    paragraphs: [what[locale], next[locale]],
    facts: [
      { label: institutionLabel[locale], value: oneLine(institutionName) },
      { label: atLabel[locale], value: instantIn(failedAt, locale) },
      { label: lineLabel[locale], value: fill(lines[locale], { line: line.toLocaleString(locale) }) },
      ...(reason ? [{ label: reasonLabel[locale], value: reasonText(reason, locale) }] : []),
    ],
    link: { label: open[locale], url: `${sender.baseUrl}/intake/files/${id}` },
    notes: notesOf(sender, locale),
  });

const subject = text('ファイルの取込が中断しました', 'A file could not be taken in to its end');
const what = text(
  '依頼ファイルの取込が途中で終了しました。終了した行までの依頼は登録されています。',
  'Taking in a file of requests ended on its way. The requests up to that line are in.',
);
const next = text(
  '取込の画面で結果をご確認のうえ、続きから再開するか、修正したファイルをもう一度お送りください。同じ依頼が二重に登録されることはありません。',
  'Please look at the result. Go on from there, or send a mended file: no request is taken in twice.',
);
const institutionLabel = text('決済機関', 'Institution');
const atLabel = text('終了日時', 'Ended at');
const lineLabel = text('終了した行', 'Up to line');
const lines = text('{line}行目', '{line}');
const reasonLabel = text('理由', 'Reason');
const open = text('取込の画面を開く', 'Open the import');
