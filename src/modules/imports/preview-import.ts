import { z } from 'zod';
import { problemMessage } from '#src/domain/problems.ts';
import { Refusal } from '#src/domain/refusals.ts';
import type { Locale } from '#src/domain/text.ts';
import type { Reader } from '#src/platform/transaction.ts';
import { checkRows } from './check-import.ts';
import { findJob } from './find-job.ts';
import { LineProblem } from './import-row.ts';
import { ImportMapping } from './mapping.ts';
import { FileProblem, type Row } from './reading/file-problem.ts';
import { readTable } from './reading/read-rows.ts';

export const rowsShown = 200;

export const ImportPreview = z
  .object({
    header: z.array(z.string()),
    rows: z.array(
      z.object({
        line: z.number().int(),
        cells: z.array(z.string()),
        outcome: z.enum(['new', 'known', 'wrong']).nullable(),
        problems: z.array(LineProblem),
      }),
    ),
    keptMapping: ImportMapping.nullable().meta({
      description: 'What the institution\u2019s last file was read by',
    }),
  })
  .meta({ id: 'ImportPreview' });

/** The header and first rows of a file, and once it is mapped what would become of each. */
export async function previewImport(
  db: Reader,
  { importId }: { importId: string },
  locale: Locale,
): Promise<z.input<typeof ImportPreview>> {
  const job = await findJob({ reading: (work) => work(db) }, importId);
  if (!job) throw new Refusal('not_found');
  const kept = await db
    .selectFrom('import_mappings')
    .select('mapping')
    .where('institution_id', '=', job.institutionId)
    .executeTakeFirst();
  const { header, rows } = await firstRows(job);
  const isMapped = job.mappingVersion > 0;
  const lines = isMapped ? await checkRows(db, { ...job, header }, rows) : [];
  const byLine = new Map(lines.map((each) => [each.line, each]));
  return {
    header: [...header],
    keptMapping: (kept?.mapping as ImportMapping | undefined) ?? null,
    rows: rows.map(({ line, cells }) => ({
      line,
      cells: cells.map((cell) => cell.slice(0, 500)),
      outcome: byLine.get(line)?.outcome ?? null,
      problems: (byLine.get(line)?.problems ?? []).map(({ field, code, params }) => ({
        ...{ line, field, code },
        detail: problemMessage({ pointer: '', code, ...(params && { params }) }, locale),
      })),
    })),
  };
}

type Job = NonNullable<Awaited<ReturnType<typeof findJob>>>;

async function firstRows(job: Job): Promise<{ header: readonly string[]; rows: readonly Row[] }> {
  try {
    for await (const { header, rows } of readTable(job.file, job, rowsShown)) return { header, rows };
  } catch (error) {
    if (!(error instanceof FileProblem)) throw error;
    const { code, params } = error;
    throw new Refusal('file_refused', {}, [{ pointer: '/file', code, params }]);
  }
  return { header: [], rows: [] };
}
