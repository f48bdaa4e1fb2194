import type { z } from 'zod';
import { Refusal } from '#src/domain/refusals.ts';
import type { Actor } from '#src/platform/actor.ts';
import type { Acting, Tx } from '#src/platform/transaction.ts';
import type { ReturnChannel, ReturnFile } from './channel-schemas.ts';
import { getChannel } from './list-channels.ts';
import { getFile } from './list-files.ts';
import { makeFiles } from './make-files.ts';
import { returnQueue } from './return-queue.ts';

/** Makes files of what an institution has not got yet, without waiting for its time; they are written right after. */
export async function makeNow(
  { inTransaction, reading }: Acting,
  _: Actor,
  { institutionId }: { institutionId: string },
): Promise<z.input<typeof ReturnChannel>> {
  const { settings } = await reading((db) => getChannel(db, institutionId));
  if (!settings) throw new Refusal('return_not_set');
  await makeFiles(inTransaction, institutionId);
  return inTransaction(async (tx) => {
    await tx.enqueue(returnQueue, [{ data: {} }]);
    tx.record('return.make_now', [institutionId]);
    return getChannel(tx, institutionId);
  });
}

/** Has a file written again, the same bytes under the same name, with all its tries anew. */
export async function writeAgain(
  tx: Tx,
  _: Actor,
  { fileId }: { fileId: string },
): Promise<z.input<typeof ReturnFile>> {
  await getFile(tx, fileId);
  await tx
    .updateTable('return_files')
    .set({ state: 'waiting', tries: 0, next_attempt_at: new Date(), last_error: null })
    .where('id', '=', fileId)
    .execute();
  await tx.enqueue(returnQueue, [{ data: {} }]);
  tx.record('return.write_again', [fileId]);
  return getFile(tx, fileId);
}

/** Lets what was set aside come into the next file, after the encoding was changed; what still does not fit is set aside again. */
export async function takeUpAgain(
  tx: Tx,
  _: Actor,
  { institutionId }: { institutionId: string },
): Promise<z.input<typeof ReturnChannel>> {
  const channel = await getChannel(tx, institutionId);
  await tx
    .deleteFrom('return_answers')
    .where('institution_id', '=', institutionId)
    .where('file_id', 'is', null)
    .execute();
  tx.record('return.take_up_again', [institutionId], { answers: channel.setAside });
  return getChannel(tx, institutionId);
}
