import type { Problem } from '#src/domain/problems.ts';

/** What a file may be at most; docs/operators.md tells it. */
export const fileLimits = {
  bytes: 67_108_864,
  lines: 200_000,
  columns: 100,
  cellCharacters: 32_768,
  /** What a workbook may become when it is unpacked: its sheet, and the texts that its cells share. */
  sheetBytes: 536_870_912,
  sharedCharacters: 33_554_432,
  zipEntries: 1_000,
} as const;

/** A file that cannot be read, or no further. Lines before the place stay what they became. */
export class FileProblem extends Error {
  readonly code: Problem['code'];
  readonly params: NonNullable<Problem['params']>;

  constructor(code: Problem['code'], params: NonNullable<Problem['params']> = {}) {
    super(code);
    this.name = 'FileProblem';
    this.code = code;
    this.params = params;
  }
}

/** A row of a file: its number as a spreadsheet shows it, the header being 1, and its cells as text. */
export type Row = { line: number; cells: readonly string[] };

/** A file that can be read more than once, from any place. */
export type FileSource = { size: number; read: (from?: number, to?: number) => AsyncIterable<Uint8Array> };
