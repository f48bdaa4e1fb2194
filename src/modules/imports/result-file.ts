import { Readable } from 'node:stream';
import { problemMessage } from '#src/domain/problems.ts';
import type { Locale } from '#src/domain/text.ts';
import { csvLine, csvStart } from '#src/platform/csv.ts';
import type { Acting } from '#src/platform/transaction.ts';
import { getImport } from './import-row.ts';
import type { ImportMapping } from './mapping.ts';
import type { LineResult } from './run-import.ts';

const headings = {
  ja: ['行', '結果', '依頼管理番号', '照会番号(決済機関側)', '列', '内容'],
  en: ['Line', 'Outcome', 'Case number', 'Institution’s reference', 'Column', 'What is wrong'],
};
const outcomes = {
  ja: { created: '登録', known: '登録済み', refused: 'エラー' },
  en: { created: 'taken in', known: 'there before', refused: 'refused' },
};

/** What became of every line so far, as a CSV file that is made batch by batch. */
export async function resultFile(acting: Acting, importId: string, locale: Locale): Promise<Readable> {
  const found = await acting.inTransaction(async (tx) => {
    tx.record('import.result', [importId]);
    return getImport(tx, importId, locale);
  });
  return Readable.from(lines(acting, { importId, mapping: found.mapping as ImportMapping | null, locale }));
}

type Wanted = { importId: string; mapping: ImportMapping | null; locale: Locale };

async function* lines({ reading }: Acting, { importId, mapping, locale }: Wanted): AsyncGenerator<string> {
  yield csvStart + csvLine(headings[locale]);
  for (let line = 0; ; ) {
    const batch = await reading((db) =>
      db
        .selectFrom('import_batches')
        .select(['to_line', 'results'])
        .where('import_id', '=', importId)
        .where('to_line', '>', line)
        .orderBy('to_line')
        .limit(1)
        .executeTakeFirst(),
    );
    if (!batch) return;
    line = batch.to_line;
    yield (batch.results as unknown as LineResult[])
      .map((result) => toLine(result, mapping, locale))
      .join('');
  }
}

function toLine(
  { line, outcome, caseId = '', reference, problems = [] }: LineResult,
  mapping: ImportMapping | null,
  locale: Locale,
): string {
  const columns = problems.map(({ field }) => (field && mapping?.columns[field]) || field || '');
  const details = problems.map(({ code, params }) =>
    problemMessage({ pointer: '', code, ...(params && { params }) }, locale),
  );
  return csvLine([
    ...[String(line), outcomes[locale][outcome], caseId, reference ?? ''],
    ...[columns.join(' / '), details.join(' / ')],
  ]);
}
