import { Readable } from 'node:stream';
import type { AuditAction } from '#src/domain/audit-actions.ts';
import type { Locale } from '#src/domain/text.ts';
import { csvLine, csvStart } from '../csv.ts';
import type { Acting, Reader } from '../transaction.ts';
import { xlsxFile } from './xlsx.ts';

/** A column of a file: its heading, and what stands in it. Numbers are numbers in a spreadsheet, text is never a formula. */
export type Column<Row> = {
  heading: Record<Locale, string>;
  cell: (row: Row, locale: Locale) => string | number;
};

type Page<Row> = { data: readonly Row[]; nextCursor: string | null };

/** A list as a file: the query that shows it, page by page, and the columns. The names of the API stay out of it. */
export type ListExport<Actor, Filter, Row> = {
  action: AuditAction;
  columns: readonly Column<Row>[];
  list: (
    db: Reader,
    actor: Actor,
    filter: Filter & { limit: number; cursor?: string | undefined },
    locale: Locale,
  ) => Promise<Page<Row>>;
};

export const exportFormats = ['csv', 'xlsx'] as const;
export type ExportFormat = (typeof exportFormats)[number];

type Asked<Actor, Filter> = {
  actor: Actor;
  filter: Filter;
  subjects?: readonly string[];
  locale: Locale;
  format: ExportFormat;
};

const pageSize = 1_000;

/**
 * All rows of a filter as a file that is made while it is sent. What refuses it does so before anything is sent, and it is recorded
 * before the first line leaves.
 */
export async function exportList<Actor, Filter extends object, Row>(
  { inTransaction, reading }: Acting,
  shape: ListExport<Actor, Filter, Row>,
  asked: Asked<Actor, Filter>,
): Promise<Readable> {
  const { filter, format, subjects = [], locale } = asked;
  const pages = pagesOf({ reading }, shape, asked);
  const first = await pages.next();
  const details = { filters: namesOf(filter), format };
  await inTransaction(async (tx) => tx.record(shape.action, subjects, details));
  const headings = shape.columns.map(({ heading }) => heading[locale]);
  const all = startingWith(first.value ?? [], pages);
  return format === 'xlsx' ? xlsxFile(headings, all) : Readable.from(csvParts(headings, all));
}

/** Which filters were used; what was looked for may be a name and stays out. */
const namesOf = (filter: object): string =>
  Object.entries(filter)
    .filter(([, value]) => value !== undefined)
    .map(([name]) => name)
    .join(' ');

type Cells = readonly (string | number)[];

async function* pagesOf<Actor, Filter, Row>(
  { reading }: Pick<Acting, 'reading'>,
  { list, columns }: ListExport<Actor, Filter, Row>,
  { actor, filter, locale }: Asked<Actor, Filter>,
): AsyncGenerator<readonly Cells[], undefined> {
  let cursor: string | undefined;
  do {
    const page = await reading((db) => list(db, actor, { ...filter, limit: pageSize, cursor }, locale));
    yield page.data.map((row) => columns.map(({ cell }) => cell(row, locale)));
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return undefined;
}

async function* startingWith(
  first: readonly Cells[],
  pages: AsyncIterable<readonly Cells[]>,
): AsyncGenerator<readonly Cells[]> {
  yield first;
  yield* pages;
}

/** UTF-8 with a byte order mark, so that spreadsheets read Japanese. */
async function* csvParts(
  headings: readonly string[],
  pages: AsyncIterable<readonly Cells[]>,
): AsyncGenerator<string> {
  yield `${csvStart}${csvLine(headings)}`;
  for await (const rows of pages) {
    if (rows.length > 0) yield rows.map((cells) => csvLine(cells.map(String))).join('');
  }
}
