import { Readable } from 'node:stream';
import { Refusal } from '#src/domain/refusals.ts';
import type { Actor } from '#src/platform/actor.ts';
import type { Asked } from '#src/platform/http/endpoint.ts';
import type { Acting } from '#src/platform/transaction.ts';
import { readFile } from './write-files.ts';

/** A file of answers as it was written, made anew; recorded before anything of it is given. */
export async function downloadFile(
  { inTransaction }: Acting,
  _: Actor,
  { fileId }: { fileId: string },
  { setHeader }: Pick<Asked, 'setHeader'>,
): Promise<Readable> {
  const { name, bytes } = await inTransaction(async (tx) => {
    const file = await tx
      .selectFrom('return_files')
      .select(['id', 'name', 'encoding', 'columns', 'sha256', 'answers'])
      .where('id', '=', fileId)
      .executeTakeFirst();
    if (!file) throw new Refusal('not_found');
    const read = await readFile(tx, file);
    if (!read) throw new Refusal('case_erased');
    tx.record('return.download', [fileId], { answers: file.answers });
    return { name: file.name, bytes: read };
  });
  setHeader('content-disposition', `attachment; filename="${encodeURIComponent(name)}"`);
  return Readable.from([bytes]);
}
