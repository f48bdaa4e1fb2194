import { z } from 'zod';
import { instantText } from '#src/domain/days.ts';
import { type Problem, type ProblemCode, problemMessage, problemTexts } from '#src/domain/problems.ts';
import { Refusal } from '#src/domain/refusals.ts';
import type { Locale } from '#src/domain/text.ts';
import { apiValues } from '#src/platform/http/api-values.ts';
import { placeOf } from '#src/platform/sealed-columns.ts';
import type { Reader } from '#src/platform/transaction.ts';
import { type ImportField, ImportMapping, importFieldNames } from './mapping.ts';

export const importStates = [
  ...['mapping', 'checking', 'checked', 'running', 'cancelling', 'done', 'cancelled', 'failed'],
] as const;
export type ImportState =
  | ('uploading' | 'mapping' | 'checking' | 'checked' | 'running')
  | ('cancelling' | 'done' | 'cancelled' | 'failed');

const count = z.number().int().min(0);

export const LineProblem = z
  .object({
    line: z.number().int(),
    field: z.enum(importFieldNames as [ImportField, ...ImportField[]]).nullable(),
    code: z.enum(Object.keys(problemTexts) as [ProblemCode, ...ProblemCode[]]),
    detail: z.string(),
  })
  .meta({ id: 'ImportProblem' });

export const Import = z
  .object({
    id: z.uuid(),
    institutionId: z.string(),
    institutionName: z.string(),
    fileName: z.string(),
    format: z.enum(['csv', 'xlsx']).nullable(),
    encoding: z.enum(['utf-8', 'shift_jis']).nullable(),
    bytes: count,
    state: z.enum([
      'uploading',
      'mapping',
      'checking',
      'checked',
      'running',
      'cancelling',
      'done',
      'cancelled',
      'failed',
    ]),
    reason: z.string().nullable().meta({ description: 'Why it failed, in words' }),
    mapping: ImportMapping.nullable(),
    check: z.object({ line: count, new: count, known: count, wrong: count }),
    problems: z.array(LineProblem).meta({ description: 'The first problems that the check found' }),
    result: z.object({ line: count, created: count, known: count, refused: count }),
    uploadedBy: z.string().nullable(),
    uploadedAt: apiValues.instant,
    finishedAt: apiValues.instant.nullable(),
    isErased: z.boolean().meta({ description: 'The file itself was erased; what became of its lines stays' }),
  })
  .meta({ id: 'Import', description: 'A file of requests that is taken in' });

export const Imports = z
  .object({ data: z.array(Import), nextCursor: z.string().nullable() })
  .meta({ id: 'Imports' });

/** What is stored of a problem: never what stands in the cell. */
export type StoredProblem = Pick<Problem, 'code' | 'params'> & { line: number; field: ImportField | null };

const selectImports = (db: Reader) =>
  db
    .selectFrom('imports')
    .innerJoin('institutions', 'institutions.id', 'imports.institution_id')
    .leftJoin('users', 'users.id', 'imports.uploaded_by')
    .selectAll('imports')
    .select(['institutions.name as institutionName', 'users.name as uploadedBy']);

type ImportRow = Awaited<ReturnType<ReturnType<typeof selectImports>['executeTakeFirstOrThrow']>>;

/** One import as it is shown; what is not there is not found. */
export async function getImport(
  db: Reader,
  importId: string,
  locale: Locale,
): Promise<z.input<typeof Import>> {
  const row = await selectImports(db).where('imports.id', '=', importId).executeTakeFirst();
  if (!row) throw new Refusal('not_found');
  return toImport(db, row, locale);
}

/** All imports, the latest first (取込履歴). */
export async function listImports(
  db: Reader,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
  locale: Locale,
): Promise<z.input<typeof Imports>> {
  const rows = await selectImports(db)
    .where('imports.state', '!=', 'uploading')
    .$if(cursor !== undefined, (query) => query.where('imports.id', '<', cursor ?? ''))
    .orderBy('imports.id', 'desc')
    .limit(limit + 1)
    .execute();
  const page = rows.slice(0, limit);
  return {
    data: page.map((row) => ({ ...toImport(db, row, locale), problems: [] })),
    nextCursor: rows.length > limit ? (page.at(-1)?.id ?? null) : null,
  };
}

function toImport({ vault }: Reader, row: ImportRow, locale: Locale): z.input<typeof Import> {
  const name = vault.open(row.sealed_name, placeOf('imports.sealed_name', row.id)).toString();
  const stored = row.problems as unknown as StoredProblem[];
  return {
    id: row.id,
    institutionId: row.institution_id,
    institutionName: row.institutionName,
    fileName: name,
    format: row.format as 'csv' | 'xlsx' | null,
    encoding: row.encoding as 'utf-8' | 'shift_jis' | null,
    bytes: row.bytes,
    state: row.state as ImportState,
    reason: row.reason === null ? null : reasonText(row.reason, locale),
    mapping: row.mapping as ImportMapping | null,
    check: {
      line: row.checked_line,
      new: row.checked_new,
      known: row.checked_known,
      wrong: row.checked_wrong,
    },
    problems: stored.map(({ line, field, code, params }) => ({
      ...{ line, field, code },
      detail: problemMessage({ pointer: '', code, ...(params && { params }) }, locale),
    })),
    result: { line: row.done_line, created: row.created, known: row.known, refused: row.refused },
    uploadedBy: row.uploadedBy,
    uploadedAt: instantText(row.uploaded_at),
    finishedAt: row.finished_at && instantText(row.finished_at),
    isErased: row.erased_at !== null,
  };
}

/** The code and values of a problem as they are stored. */
export const storedReason = ({ code, params }: Pick<Problem, 'code' | 'params'>): string =>
  JSON.stringify({ code, params: params ?? {} });

/** Why a file failed, in words. */
export const reasonText = (reason: string, locale: Locale): string =>
  problemMessage({ pointer: '', ...(JSON.parse(reason) as Pick<Problem, 'code'>) }, locale);
