import { FileProblem, type FileSource, fileLimits, type Row } from './file-problem.ts';
import type { TextStore } from './text-store.ts';
import { openPackage, readPart } from './xlsx-package.ts';
import { findSheet, readDateStyles, readSharedTexts, unescaped } from './xlsx-parts.ts';

type Sheet = { texts: TextStore; dates: ReadonlySet<number>; is1904: boolean };
type Cell = { column: number; type: string; style: number; value: string };

/**
 * The rows of the first sheet of an XLSX file, in pieces; only the texts that cells share are kept in memory. Cells are given as
 * their values, a formula's too; what the file shows as a date is one.
 */
export async function* xlsxRows(source: FileSource): AsyncGenerator<Row[]> {
  const opened = await openPackage(source);
  const { sheet, is1904 } = await findSheet(opened);
  const texts = await readSharedTexts(opened);
  const dates = await readDateStyles(opened);
  const rows: Row[] = [];
  const handlers = rowHandlers({ texts, dates, is1904 }, rows);
  for await (const _ of readPart(opened, { name: sheet, maxBytes: fileLimits.sheetBytes }, handlers)) {
    if (rows.length > 0) yield rows.splice(0);
  }
}

function rowHandlers(sheet: Sheet, rows: Row[]) {
  let line = 0;
  let cells: string[] = [];
  let cell: Cell | undefined;
  let isValue = false;
  let isReading = false;
  return {
    open: (tag: string, attributes: Readonly<Record<string, string>>) => {
      if (tag === 'row') {
        const next = Number(attributes.r ?? line + 1);
        // A run goes on behind the last line it took in, so that lines have to follow each other.
        if (!(next > line)) throw new FileProblem('file_broken');
        line = next;
        cells = [];
      } else if (tag === 'c') cell = cellAt(attributes, cells.length);
      else if (tag === 'rPh') isReading = true;
      else isValue = (tag === 'v' || tag === 't') && !isReading;
    },
    text: (value: string) => {
      if (!cell || !isValue) return;
      cell.value += value;
      if (cell.value.length > fileLimits.cellCharacters)
        throw new FileProblem('file_cell_too_long', { line, max: fileLimits.cellCharacters });
    },
    close: (tag: string) => {
      if (tag === 'rPh') isReading = false;
      if (tag === 'v' || tag === 't') isValue = false;
      if (tag === 'c' && cell) {
        putCell(cells, cell, sheet);
        cell = undefined;
      }
      if (tag === 'row') endRow(rows, { line, cells });
    },
  };
}

function putCell(cells: string[], cell: Cell, sheet: Sheet): void {
  while (cells.length < cell.column) cells.push('');
  cells[cell.column] = textOf(cell, sheet);
}

function endRow(rows: Row[], row: Row): void {
  if (row.line > fileLimits.lines + 1)
    throw new FileProblem('file_too_many_lines', { max: fileLimits.lines });
  if (row.cells.some((value) => value !== '')) rows.push(row);
}

function cellAt({ r = '', t = 'n', s = '-1' }: Readonly<Record<string, string>>, next: number): Cell {
  const [letters = ''] = /^[A-Z]+/.exec(r) ?? [];
  const column = letters
    ? [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1
    : next;
  if (column >= fileLimits.columns)
    throw new FileProblem('file_too_many_columns', { max: fileLimits.columns });
  return { column, type: t, style: Number(s), value: '' };
}

function textOf({ type, style, value }: Cell, { texts, dates, is1904 }: Sheet): string {
  switch (type) {
    case 's':
      return texts.at(Number(value)) ?? '';
    case 'inlineStr':
    case 'str':
      return unescaped(value);
    case 'b':
      return value === '1' ? 'TRUE' : 'FALSE';
    case 'n':
      if (value === '') return '';
      return dates.has(style) ? instantOf(Number(value), is1904) : String(Number(value));
    default:
      return value;
  }
}

const msPerDay = 86_400_000;

/** A spreadsheet counts days from 1899-12-30 (or 1904-01-01) and knows no time zone: what it shows is what is meant. */
function instantOf(days: number, is1904: boolean): string {
  const start = is1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, 30);
  const moment = new Date(start + Math.round(days * 86_400) * 1000);
  if (Number.isNaN(moment.getTime())) return String(days);
  const text = moment.toISOString();
  return moment.getTime() % msPerDay === 0 ? text.slice(0, 10) : `${text.slice(0, 10)} ${text.slice(11, 19)}`;
}
