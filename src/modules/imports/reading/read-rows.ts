import { csvRows } from './csv-rows.ts';
import { FileProblem, type FileSource, type Row } from './file-problem.ts';
import { decoded, type Encoding } from './text-encoding.ts';
import { xlsxRows } from './xlsx-rows.ts';

export type Format = 'csv' | 'xlsx';

/** How a file is to be read. */
export type Reading = { format: Format; encoding: Encoding | null };

/** What a file is by how it begins, whatever its name says; refuses what would be read as nonsense. */
export function formatOf(start: Uint8Array): Format {
  const bytes = Buffer.from(start.subarray(0, 8));
  if (bytes.length === 0) throw new FileProblem('file_empty');
  if (bytes.subarray(0, 4).toString('latin1') === 'PK\u0003\u0004') return 'xlsx';
  // The old format of Excel, which is also what an encrypted workbook is wrapped in.
  if (bytes.subarray(0, 4).toString('hex') === 'd0cf11e0') throw new FileProblem('file_old_or_encrypted');
  if (['%PDF', 'GIF8', '\u0089PNG', 'PK\u0005\u0006'].includes(bytes.subarray(0, 4).toString('latin1')))
    throw new FileProblem('file_unknown_format');
  if (['fffe', 'feff'].includes(bytes.subarray(0, 2).toString('hex')))
    throw new FileProblem('file_wrong_encoding');
  return 'csv';
}

/** The rows of a file, header first, in pieces. */
export const readRows = (source: FileSource, { format, encoding }: Reading): AsyncGenerator<Row[]> =>
  format === 'xlsx' ? xlsxRows(source) : csvRows(decoded(source.read(), encoding ?? 'utf-8'));

/** The header of a file, and the rows below it in pieces of so many at most. Names must differ, because columns go by them. */
export async function* readTable(
  source: FileSource,
  reading: Reading,
  rowsAtOnce: number,
): AsyncGenerator<{ header: readonly string[]; rows: readonly Row[] }> {
  let header: readonly string[] | undefined;
  let kept: Row[] = [];
  for await (const rows of readRows(source, reading)) {
    header ??= headerIn(rows.shift());
    for (const row of rows) {
      kept.push(row);
      if (kept.length < rowsAtOnce) continue;
      yield { header, rows: kept };
      kept = [];
    }
  }
  if (!header) throw new FileProblem('file_empty');
  yield { header, rows: kept };
}

function headerIn(row: Row | undefined): readonly string[] {
  const names = (row?.cells ?? []).map((name) => name.trim());
  const filled = names.filter((name) => name !== '');
  if (filled.length === 0) throw new FileProblem('file_empty');
  const twice = names.findIndex((name, index) => name !== '' && names.indexOf(name) !== index);
  if (twice >= 0) throw new FileProblem('file_duplicate_header', { column: twice + 1 });
  return names;
}
