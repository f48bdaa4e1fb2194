import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { partsOfWorkbook, rowText, sheetEnd, sheetStart } from './xlsx-parts.ts';

type Cells = readonly (string | number)[];

/** What a sheet can hold, less one for its headings. */
const rowsOfASheet = 1_048_575;
const chunk = 64 * 1024;
/** The same list gives the same bytes. */
const mtime = new Date('2000-01-01T00:00:00Z');

/**
 * Rows as a workbook (XLSX), made page by page in bounded memory while it is sent. Text stands as text and never as a formula, so
 * that no spreadsheet runs what somebody typed. What one sheet cannot hold goes on in the next.
 */
export function xlsxFile(
  headings: readonly string[],
  pages: AsyncIterable<readonly Cells[]>,
  rowsPerSheet = rowsOfASheet,
): Readable {
  const zip = new ZipFile();
  const output = zip.outputStream as unknown as Readable;
  const breakOff = (error: unknown): void =>
    void output.destroy(error instanceof Error ? error : new Error(String(error)));
  zip.on('error', breakOff);
  void writeWorkbook(zip, headings, rowsOf(pages), rowsPerSheet).catch(breakOff);
  return output;
}

async function writeWorkbook(
  zip: ZipFile,
  headings: readonly string[],
  rows: Rows,
  rowsPerSheet: number,
): Promise<void> {
  let sheets = 0;
  do {
    sheets += 1;
    const { promise: written, resolve, reject } = Promise.withResolvers<void>();
    const parts = sheetParts(headings, rows, rowsPerSheet);
    const sheet = Readable.from(parts).once('end', resolve).once('error', reject);
    zip.addReadStream(sheet, `xl/worksheets/sheet${sheets}.xml`, { mtime });
    await written;
  } while (await rows.peek());
  for (const [name, text] of partsOfWorkbook(sheets)) zip.addBuffer(Buffer.from(text), name, { mtime });
  zip.end();
}

async function* sheetParts(headings: readonly string[], rows: Rows, limit: number): AsyncGenerator<string> {
  let text = sheetStart + rowText(headings);
  for (let count = 0; count < limit; count += 1) {
    const cells = rows.ready() ?? (await rows.next());
    if (!cells) break;
    text += rowText(cells);
    if (text.length < chunk) continue;
    yield text;
    text = '';
  }
  yield text + sheetEnd;
}

type Rows = ReturnType<typeof rowsOf>;

/** Rows one by one out of pages; without waiting as long as the page at hand has some. */
function rowsOf(pages: AsyncIterable<readonly Cells[]>) {
  const source = pages[Symbol.asyncIterator]();
  let page: readonly Cells[] = [];
  let place = 0;
  const peek = async (): Promise<Cells | undefined> => {
    while (place >= page.length) {
      const { done, value } = await source.next();
      if (done) return undefined;
      page = value;
      place = 0;
    }
    return page[place];
  };
  const next = async (): Promise<Cells | undefined> => {
    const cells = await peek();
    if (cells) place += 1;
    return cells;
  };
  const ready = (): Cells | undefined => {
    const cells = page[place];
    if (cells) place += 1;
    return cells;
  };
  return { peek, next, ready };
}
