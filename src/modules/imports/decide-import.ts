import { sql } from 'kysely';
import { Refusal } from '#src/domain/refusals.ts';
import type { OperatorActor } from '#src/platform/actor.ts';
import type { Tx } from '#src/platform/transaction.ts';
import type { ImportState } from './import-row.ts';
import type { ImportMapping } from './mapping.ts';
import { checkQueue, runQueue } from './queue-names.ts';
import type { Encoding } from './reading/text-encoding.ts';

type Known = { importId: string };

/** Says which column is what, keeps it for the institution's next file, and has every line checked by it. */
export async function mapImport(
  tx: Tx,
  _: OperatorActor,
  { importId, mapping, encoding }: Known & { mapping: ImportMapping; encoding?: Encoding | undefined },
): Promise<void> {
  const found = await lockImport(tx, importId, ['mapping', 'checking', 'checked']);
  const stored = JSON.stringify(mapping);
  await tx
    .updateTable('imports')
    .set({
      ...{ mapping: stored, state: 'checking', mapping_version: found.mapping_version + 1, problems: '[]' },
      ...{ checked_line: 1, checked_new: 0, checked_known: 0, checked_wrong: 0, beat_at: sql<Date>`now()` },
      ...(encoding && found.format === 'csv' && { encoding }),
    })
    .where('id', '=', importId)
    .execute();
  await tx
    .insertInto('import_mappings')
    .values({ institution_id: found.institution_id, mapping: stored })
    .onConflict((conflict) => conflict.column('institution_id').doUpdateSet({ mapping: stored }))
    .execute();
  await tx.enqueue(checkQueue, [{ data: { importId } }]);
  tx.record('import.map', [importId], { institutionId: found.institution_id });
}

/** Has the lines of a checked file taken in: once, however often it is asked for. */
export async function confirmImport(tx: Tx, actor: OperatorActor, { importId }: Known): Promise<void> {
  await lockImport(tx, importId, ['checked']);
  const values = { state: 'running', confirmed_by: actor.id };
  await tx
    .updateTable('imports')
    .set({ ...values, confirmed_at: sql<Date>`now()`, beat_at: sql<Date>`now()` })
    .where('id', '=', importId)
    .execute();
  await tx.enqueue(runQueue, [{ data: { importId } }]);
  tx.record('import.confirm', [importId]);
}

/** Goes on with an import that failed or was stopped on its way, behind the last line that is in. */
export async function resumeImport(tx: Tx, _: OperatorActor, { importId }: Known): Promise<void> {
  const found = await lockImport(tx, importId, ['cancelled', 'failed']);
  if (found.confirmed_at === null || found.erased_at !== null) throw new Refusal('import_not_possible');
  await tx
    .updateTable('imports')
    .set({ state: 'running', reason: null, finished_at: null, beat_at: sql<Date>`now()` })
    .where('id', '=', importId)
    .execute();
  await tx.enqueue(runQueue, [{ data: { importId } }]);
  tx.record('import.resume', [importId], { line: found.done_line });
}

/** Stops an import before its next lines. What is in stays in. */
export async function cancelImport(tx: Tx, _: OperatorActor, { importId }: Known): Promise<void> {
  const found = await lockImport(tx, importId, ['mapping', 'checking', 'checked', 'running']);
  const isRunning = found.state === 'running';
  await tx
    .updateTable('imports')
    .set({
      state: isRunning ? 'cancelling' : 'cancelled',
      ...(!isRunning && { finished_at: sql<Date>`now()` }),
    })
    .where('id', '=', importId)
    .execute();
  tx.record('import.cancel', [importId], { line: found.done_line });
}

async function lockImport(tx: Tx, importId: string, states: readonly ImportState[]) {
  const found = await tx
    .selectFrom('imports')
    .selectAll()
    .where('id', '=', importId)
    .forUpdate()
    .executeTakeFirst();
  if (!found) throw new Refusal('not_found');
  if (!states.some((state) => state === found.state)) throw new Refusal('import_not_possible');
  return found;
}
