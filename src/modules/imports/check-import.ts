import { sql } from 'kysely';
import { foresee } from '#src/modules/intake/index.ts';
import type { Acting, Reader } from '#src/platform/transaction.ts';
import { findJob, type ImportJob } from './find-job.ts';
import { type StoredProblem, storedReason } from './import-row.ts';
import { atField, rowReader } from './mapping.ts';
import { FileProblem, type Row } from './reading/file-problem.ts';
import { readTable } from './reading/read-rows.ts';

const linesAtOnce = 200;
const problemsKept = 1_000;

export type LineCheck = {
  line: number;
  outcome: 'new' | 'known' | 'wrong';
  problems: readonly StoredProblem[];
};

/** Tells what would become of rows of a file, each problem at the field whose column it stands in. */
export async function checkRows(
  db: Reader,
  {
    institutionId,
    mapping,
    header,
  }: Pick<ImportJob, 'institutionId' | 'mapping'> & { header: readonly string[] },
  rows: readonly Row[],
): Promise<LineCheck[]> {
  const read = rowReader(mapping, header);
  const lines = rows.map(({ line, cells }) => ({ line, ...read(cells) }));
  const good = lines.filter(({ problems }) => problems.length === 0);
  const foreseen = await foresee(db, { institutionId, sent: good.map(({ sent }) => sent) });
  const outcomes = new Map(good.map(({ line }, index) => [line, foreseen[index]]));
  return lines.map(({ line, problems }): LineCheck => {
    const outcome = outcomes.get(line);
    const at = (found: readonly ReturnType<typeof atField>[]): StoredProblem[] =>
      found.map(({ code, params, field }) => ({ line, field, code, ...(params && { params }) }));
    if (!outcome) return { line, outcome: 'wrong', problems: at(problems) };
    if (outcome.outcome === 'invalid')
      return { line, outcome: 'wrong', problems: at(outcome.problems.map(atField)) };
    if (outcome.outcome === 'different_content')
      return {
        line,
        outcome: 'wrong',
        problems: [{ line, field: 'institutionReference', code: 'reference_taken' }],
      };
    return { line, outcome: outcome.outcome === 'new' ? 'new' : 'known', problems: [] };
  });
}

/** Checks every line of a file by its mapping and counts what would become of them; stores nothing of what stands in them. */
export async function checkImport({ reading, inTransaction }: Acting, importId: string): Promise<void> {
  const job = await findJob({ reading }, importId);
  if (job?.state !== 'checking') return;
  const problems: StoredProblem[] = [];
  const counts = { new: 0, known: 0, wrong: 0 };
  const note = (values: object): Promise<boolean> =>
    inTransaction(async (tx) => {
      const { numUpdatedRows } = await tx
        .updateTable('imports')
        .set({ beat_at: sql<Date>`now()`, ...values })
        .where('id', '=', importId)
        .where('state', '=', 'checking')
        .where('mapping_version', '=', job.mappingVersion)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    });
  try {
    for await (const { header, rows } of readTable(job.file, job, linesAtOnce)) {
      const lines = await reading((db) => checkRows(db, { ...job, header }, rows));
      for (const line of lines) {
        counts[line.outcome] += 1;
        if (problems.length < problemsKept) problems.push(...line.problems);
      }
      const goesOn = await note({
        ...{ checked_line: rows.at(-1)?.line ?? 1, checked_new: counts.new },
        ...{ checked_known: counts.known, checked_wrong: counts.wrong },
      });
      if (!goesOn) return;
    }
    await note({ state: 'checked', problems: JSON.stringify(problems.slice(0, problemsKept)) });
  } catch (error) {
    if (!(error instanceof FileProblem)) throw error;
    await note({ state: 'failed', reason: storedReason(error), finished_at: new Date() });
  }
}
