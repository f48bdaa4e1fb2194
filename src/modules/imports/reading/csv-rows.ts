import { FileProblem, fileLimits, type Row } from './file-problem.ts';

type State = {
  cell: string;
  cells: string[];
  isQuoted: boolean;
  /** A quote inside quotes was read: the next character says whether it ends the cell or stands for itself. */
  wasQuote: boolean;
  wasReturn: boolean;
  line: number;
  separator: string;
  rows: Row[];
};

/**
 * The rows of a CSV text (RFC 4180) as it streams: quoted cells may hold separators, quotes and newlines; lines end in CRLF, LF or
 * CR, the last one or not. Cells stand as they were written, but for the apostrophe by which our own files keep formulas quiet.
 */
export async function* csvRows(text: AsyncIterable<string>): AsyncGenerator<Row[]> {
  const state = newState();
  for await (const piece of text) {
    state.separator ||= separatorOf(piece);
    readPiece(state, piece);
    if (state.rows.length > 0) yield state.rows.splice(0);
  }
  if (state.isQuoted && !state.wasQuote) throw new FileProblem('file_quote_open', { line: state.line + 1 });
  if (state.cell !== '' || state.cells.length > 0 || state.wasQuote) endRow(state);
  if (state.rows.length > 0) yield state.rows;
}

const newState = (): State => ({
  ...{ cell: '', cells: [], isQuoted: false, wasQuote: false, wasReturn: false },
  ...{ line: 0, separator: '', rows: [] },
});

/** Some systems call it CSV and write tabs. */
const separatorOf = (start: string): string => {
  const [first = ''] = start.split(/[\r\n]/, 1);
  return !first.includes(',') && first.includes('\t') ? '\t' : ',';
};

function readPiece(state: State, piece: string): void {
  for (let at = 0; at < piece.length; at += 1) {
    at = state.isQuoted && !state.wasQuote ? readQuoted(state, piece, at) : readOpen(state, piece, at);
  }
}

/** Up to the next quote; returns the place of the last character read. */
function readQuoted(state: State, piece: string, at: number): number {
  const end = piece.indexOf('"', at);
  grow(state, piece.slice(at, end < 0 ? piece.length : end));
  if (end < 0) return piece.length;
  state.wasQuote = true;
  return end;
}

function readOpen(state: State, piece: string, at: number): number {
  const character = piece[at] ?? '';
  if (character === '"') readQuote(state);
  else if (character === '\n' && state.wasReturn) state.wasReturn = false;
  else if (character === state.separator) endCell(state);
  else if (character === '\n' || character === '\r') {
    endRow(state);
    state.wasReturn = character === '\r';
  } else return readPlain(state, piece, at);
  return at;
}

function readQuote(state: State): void {
  state.wasReturn = false;
  if (state.wasQuote) {
    state.cell += '"';
    state.wasQuote = false;
  } else if (state.cell === '') state.isQuoted = true;
  else state.cell += '"';
}

/** Up to the next character that means something; returns the place of the last one read. */
function readPlain(state: State, piece: string, from: number): number {
  state.isQuoted = false;
  state.wasQuote = false;
  state.wasReturn = false;
  let end = from + 1;
  while (end < piece.length && !isSpecial(piece[end] ?? '', state.separator)) end += 1;
  grow(state, piece.slice(from, end));
  return end - 1;
}

const isSpecial = (character: string, separator: string): boolean =>
  character === separator || character === '\n' || character === '\r' || character === '"';

function grow(state: State, part: string): void {
  state.cell += part;
  if (state.cell.length > fileLimits.cellCharacters)
    throw new FileProblem('file_cell_too_long', { line: state.line + 1, max: fileLimits.cellCharacters });
}

function endCell(state: State): void {
  state.cells.push(withoutApostrophe(state.cell));
  if (state.cells.length > fileLimits.columns)
    throw new FileProblem('file_too_many_columns', { max: fileLimits.columns });
  state.cell = '';
  state.isQuoted = false;
  state.wasQuote = false;
  state.wasReturn = false;
}

function endRow(state: State): void {
  endCell(state);
  state.line += 1;
  if (state.line > fileLimits.lines + 1)
    throw new FileProblem('file_too_many_lines', { max: fileLimits.lines });
  if (state.cells.some((cell) => cell !== '')) state.rows.push({ line: state.line, cells: state.cells });
  state.cells = [];
}

/** See `platform/csv.ts`, which puts it there. */
const withoutApostrophe = (cell: string): string =>
  /^'['=+\-@\t\r＝＋－＠]/.test(cell) ? cell.slice(1) : cell;
