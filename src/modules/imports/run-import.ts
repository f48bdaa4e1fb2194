import { sql } from 'kysely';
import { type Outcome, takeIn } from '#src/modules/intake/index.ts';
import type { Acting, Tx } from '#src/platform/transaction.ts';
import { findJob, type ImportJob } from './find-job.ts';
import { type StoredProblem, storedReason } from './import-row.ts';
import { atField, type ReadLine, rowReader } from './mapping.ts';
import { FileProblem, type Row } from './reading/file-problem.ts';
import { readTable } from './reading/read-rows.ts';

const linesAtOnce = 500;

/** What became of a line: its number, case number and institution's reference, or what is wrong with it. */
export type LineResult = {
  line: number;
  outcome: 'created' | 'known' | 'refused';
  caseId?: string;
  reference: string | null;
  problems?: readonly StoredProblem[];
};

/**
 * Takes the lines of a confirmed file in, so many in a transaction that also notes what became of them: after a process that died
 * another goes on behind the last line that is in, and two at once do nothing twice, because each looks under the import's lock
 * whether it is still where it thought.
 */
export async function runImport(acting: Acting, importId: string): Promise<void> {
  const job = await findJob(acting, importId);
  if (job?.state !== 'running' && job?.state !== 'cancelling') return;
  let done = job.doneLine;
  const finish = (state: 'done' | 'failed', reason: string | null = null): Promise<unknown> =>
    acting.inTransaction((tx) =>
      tx
        .updateTable('imports')
        .set({ state, reason, finished_at: sql<Date>`now()` })
        .where('id', '=', importId)
        .where('state', 'in', ['running', 'cancelling'])
        .where('done_line', '=', done)
        .execute(),
    );
  try {
    for await (const { header, rows } of readTable(job.file, job, linesAtOnce)) {
      const left = rows.filter(({ line }) => line > done);
      if (left.length === 0) continue;
      const at = done;
      const goesOn = await acting.inTransaction((tx) => takeRows(tx, job, { header, rows: left, done: at }));
      if (!goesOn) return;
      done = left.at(-1)?.line ?? done;
    }
    await finish('done');
  } catch (error) {
    if (!(error instanceof FileProblem)) throw error;
    await finish('failed', storedReason(error));
  }
}

type Part = { header: readonly string[]; rows: readonly Row[]; done: number };

/** Tells whether to go on. */
async function takeRows(tx: Tx, job: ImportJob, { header, rows, done }: Part): Promise<boolean> {
  const now = await tx
    .selectFrom('imports')
    .select(['state', 'done_line'])
    .where('id', '=', job.id)
    .forUpdate()
    .executeTakeFirst();
  if (now?.state === 'cancelling') {
    const values = { state: 'cancelled', finished_at: sql<Date>`now()` };
    await tx.updateTable('imports').set(values).where('id', '=', job.id).execute();
    return false;
  }
  if (now?.state !== 'running' || now.done_line !== done) return false;
  const results = await resultsOf(tx, job, { header, rows });
  const count = (outcome: LineResult['outcome']): number =>
    results.filter((result) => result.outcome === outcome).length;
  const to_line = rows.at(-1)?.line ?? done;
  await tx
    .insertInto('import_batches')
    .values({ import_id: job.id, to_line, results: JSON.stringify(results) })
    .execute();
  await tx
    .updateTable('imports')
    .set((eb) => ({
      done_line: to_line,
      created: eb('created', '+', count('created')),
      known: eb('known', '+', count('known')),
      refused: eb('refused', '+', count('refused')),
      beat_at: sql<Date>`now()`,
    }))
    .where('id', '=', job.id)
    .execute();
  return true;
}

async function resultsOf(
  tx: Tx,
  job: ImportJob,
  { header, rows }: Omit<Part, 'done'>,
): Promise<LineResult[]> {
  const read = rowReader(job.mapping, header);
  const lines = rows.map(({ line, cells }) => ({ line, ...read(cells) }));
  const good = lines.filter(({ problems }) => problems.length === 0);
  // Who confirmed it stands in the history of the cases; the product itself does the work.
  const actor = job.confirmedBy
    ? ({ kind: 'operator', id: job.confirmedBy } as const)
    : ({ kind: 'system', id: null } as const);
  const outcomes = await takeIn(tx, actor, {
    institutionId: job.institutionId,
    sent: good.map(({ sent }) => sent),
  });
  const byLine = new Map(good.map(({ line }, index) => [line, outcomes[index]]));
  return lines.map((line) => resultOf(line, byLine.get(line.line)));
}

function resultOf({ line, problems }: ReadLine & { line: number }, found: Outcome | undefined): LineResult {
  const at = (all: ReadLine['problems']): StoredProblem[] =>
    all.map(({ code, params, field }) => ({ line, field, code, ...(params && { params }) }));
  if (!found) return { line, outcome: 'refused', reference: null, problems: at(problems) };
  const reference = found.institutionReference;
  if (found.outcome === 'created') return { line, outcome: 'created', caseId: found.caseId, reference };
  if (found.outcome === 'duplicate') return { line, outcome: 'known', caseId: found.caseId, reference };
  if (found.outcome === 'invalid')
    return { line, outcome: 'refused', reference, problems: at(found.problems.map(atField)) };
  const taken = { line, field: 'institutionReference', code: 'reference_taken' } as const;
  return { line, outcome: 'refused', reference, problems: [taken] };
}
