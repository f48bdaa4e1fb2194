import { Refusal } from '#src/domain/refusals.ts';
import type { Locale } from '#src/domain/text.ts';
import type { OperatorActor } from '#src/platform/actor.ts';
import { newId } from '#src/platform/ids.ts';
import { placeOf } from '#src/platform/sealed-columns.ts';
import type { Acting, Tx } from '#src/platform/transaction.ts';
import { storedFile, storeFile } from './file-store.ts';
import { getImport } from './import-row.ts';
import { FileProblem, type FileSource } from './reading/file-problem.ts';
import { formatOf, type Reading, readTable } from './reading/read-rows.ts';

type Sent = { institutionId: string; name: string; encoding?: 'utf-8' | 'shift_jis' | undefined };
type Upload = Pick<Acting, 'inTransaction' | 'reading'> & { body: AsyncIterable<Uint8Array> };

/** Keeps a file that an operator sends and looks at how it begins; a file that cannot be read leaves nothing but a line. */
export async function startImport(upload: Upload, actor: OperatorActor, sent: Sent, locale: Locale) {
  const id = newId();
  await upload.inTransaction((tx) => insertImport(tx, actor, { id, ...sent }));
  try {
    const stored = await storeFile(upload, id, upload.body);
    const file = storedFile(upload, id, stored.bytes);
    const reading = await readingOf(file, sent.encoding ?? stored.encoding);
    await upload.inTransaction(async (tx) => {
      await tx
        .updateTable('imports')
        .set({ ...reading, state: 'mapping', bytes: stored.bytes, sha256: stored.sha256 })
        .where('id', '=', id)
        .execute();
      tx.record('import.upload', [id], { bytes: stored.bytes, sha256: stored.sha256.toString('hex') });
    });
  } catch (error) {
    await upload.inTransaction((tx) => erasePieces(tx, id));
    if (!(error instanceof FileProblem)) throw error;
    const { code, params } = error;
    throw new Refusal('file_refused', {}, [{ pointer: '/file', code, params }]);
  }
  return upload.reading((db) => getImport(db, id, locale));
}

async function insertImport(
  tx: Tx,
  actor: OperatorActor,
  { id, institutionId, name }: Sent & { id: string },
): Promise<void> {
  const found = await tx
    .selectFrom('institutions')
    .select('id')
    .where('id', '=', institutionId)
    .executeTakeFirst();
  if (!found)
    throw new Refusal('invalid_request', {}, [{ pointer: '/institutionId', code: 'unknown_institution' }]);
  const sealed_name = tx.vault.seal(name, placeOf('imports.sealed_name', id));
  await tx
    .insertInto('imports')
    .values({ id, institution_id: institutionId, sealed_name, uploaded_by: actor.id })
    .execute();
}

/** Its format by its first bytes, its encoding by all of them, and that it has a header that can be read. */
async function readingOf(file: FileSource, encoding: Reading['encoding'] | undefined): Promise<Reading> {
  let start: Uint8Array = new Uint8Array();
  for await (const piece of file.read(0, 8)) start = piece;
  const format = formatOf(start);
  if (format === 'csv' && !encoding) throw new FileProblem('file_wrong_encoding');
  const reading: Reading = { format, encoding: format === 'csv' ? (encoding ?? null) : null };
  for await (const _ of readTable(file, reading, 1)) break;
  return reading;
}

/** The file goes; what became of its lines stays. */
export async function erasePieces(tx: Tx, importId: string): Promise<void> {
  await tx.deleteFrom('import_pieces').where('import_id', '=', importId).execute();
  await tx.updateTable('imports').set({ erased_at: new Date() }).where('id', '=', importId).execute();
}
