import { createHash } from 'node:crypto';
import { newId } from '#src/platform/ids.ts';
import { placeOf } from '#src/platform/sealed-columns.ts';
import type { Acting, Tx } from '#src/platform/transaction.ts';
import { FileProblem, type FileSource, fileLimits } from './reading/file-problem.ts';
import { type Encoding, encodingFinder } from './reading/text-encoding.ts';

const pieceBytes = 262_144;

export type Stored = { bytes: number; sha256: Buffer; encoding: Encoding | undefined };

/** Keeps a file as it arrives, sealed piece by piece, each in a transaction of its own; memory holds one piece of it. */
export async function storeFile(
  { inTransaction }: Pick<Acting, 'inTransaction'>,
  importId: string,
  body: AsyncIterable<Uint8Array>,
): Promise<Stored> {
  const hash = createHash('sha256');
  const finder = encodingFinder();
  let bytes = 0;
  let number = 0;
  for await (const piece of ofEqualSize(body)) {
    bytes += piece.length;
    if (bytes > fileLimits.bytes)
      throw new FileProblem('file_too_large', { max: fileLimits.bytes / 1_048_576 });
    hash.update(piece);
    finder.see(piece);
    const at = number;
    await inTransaction((tx) => insertPiece(tx, { importId, number: at, piece }));
    number += 1;
  }
  return { bytes, sha256: hash.digest(), encoding: finder.found() };
}

async function insertPiece(
  tx: Tx,
  { importId, number, piece }: { importId: string; number: number; piece: Uint8Array },
): Promise<void> {
  const id = newId();
  const sealed_bytes = tx.vault.seal(piece, placeOf('import_pieces.sealed_bytes', id));
  await tx.insertInto('import_pieces').values({ id, import_id: importId, number, sealed_bytes }).execute();
  await tx.updateTable('imports').set({ beat_at: new Date() }).where('id', '=', importId).execute();
}

async function* ofEqualSize(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let kept: Uint8Array[] = [];
  let length = 0;
  for await (const part of body) {
    kept.push(part);
    length += part.length;
    if (length < pieceBytes) continue;
    const whole = Buffer.concat(kept, length);
    let from = 0;
    for (; from + pieceBytes <= whole.length; from += pieceBytes)
      yield whole.subarray(from, from + pieceBytes);
    kept = [whole.subarray(from)];
    length = whole.length - from;
  }
  if (length > 0) yield Buffer.concat(kept, length);
}

/** A kept file, read piece by piece from any place. */
export const storedFile = (
  { reading }: Pick<Acting, 'reading'>,
  importId: string,
  size: number,
): FileSource => ({
  size,
  async *read(from = 0, to = size) {
    for (let number = Math.floor(from / pieceBytes); number * pieceBytes < Math.min(to, size); number += 1) {
      const piece = await reading(async (db) => {
        const row = await db
          .selectFrom('import_pieces')
          .select(['id', 'sealed_bytes'])
          .where('import_id', '=', importId)
          .where('number', '=', number)
          .executeTakeFirst();
        if (!row) throw new FileProblem('file_erased');
        return db.vault.open(row.sealed_bytes, placeOf('import_pieces.sealed_bytes', row.id));
      });
      const start = number * pieceBytes;
      yield piece.subarray(Math.max(0, from - start), Math.min(piece.length, to - start));
    }
  },
});
