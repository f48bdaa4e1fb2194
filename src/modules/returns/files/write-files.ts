import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Logger } from 'pino';
import type { ReturnColumn, ReturnEncoding } from '#src/domain/return-files.ts';
import type { Acting, Reader, Tx } from '#src/platform/transaction.ts';
import { openForInstitution, selectReturned } from '../returned-rows.ts';
import { folderOf } from './make-files.ts';
import { type Place, PlaceError } from './place.ts';
import { bytesOf, headOf, lineOf } from './render-file.ts';

type ClaimedFile = {
  id: string;
  institutionId: string;
  number: number;
  name: string;
  encoding: ReturnEncoding;
  columns: ReturnColumn[];
  answers: number;
  bytes: number;
  sha256: string;
  tries: number;
};

export type WriteParts = Acting & { place: Place; log: Logger };

/** Longer than a file takes to be written: a worker that died keeps others from it no longer than this. */
const holdSeconds = 60;
const mostTries = 12;

/** Writes all files that are due. What fails is tried again later and later, for about a day and a half. */
export async function writeFiles(parts: WriteParts): Promise<void> {
  for (;;) {
    const file = await parts.inTransaction(claim);
    if (!file) return;
    await writeOne(parts, file);
  }
}

const claim = async (tx: Tx): Promise<ClaimedFile | undefined> => {
  const { rows } = await sql<ClaimedFile>`
    update return_files set taken_until = clock_timestamp() + make_interval(secs => ${holdSeconds}), tries = tries + 1
    where id = (select id from return_files
      where state = 'waiting' and next_attempt_at <= now() and (taken_until is null or taken_until <= now())
      order by institution_id, number limit 1 for update skip locked)
    returning id, institution_id as "institutionId", number, name, encoding, columns, answers, bytes, sha256, tries`.execute(
    tx,
  );
  return rows[0];
};

async function writeOne(parts: WriteParts, file: ClaimedFile): Promise<void> {
  const { inTransaction, reading, place, log } = parts;
  try {
    const bytes = await reading((db) => readFile(db, file));
    if (!bytes) throw new PlaceError('erased_meanwhile');
    const folder = folderOf(file.institutionId);
    await place.put({ folder, name: file.name, bytes, sha256: file.sha256, type: 'text/csv' });
    // The manifest comes last: a file that has one is whole.
    await place.put({ folder, ...manifestOf(file) });
  } catch (error) {
    const reason = error instanceof PlaceError ? error.reason : 'not_written';
    log.warn({ err: error, fileId: file.id, reason }, 'a file of answers was not written');
    await inTransaction((tx) => fail(tx, file, reason));
    return;
  }
  await inTransaction(async (tx) => {
    await tx
      .updateTable('return_files')
      .set({ state: 'written', written_at: sql<Date>`now()`, last_error: null, taken_until: null })
      .where('id', '=', file.id)
      .execute();
    tx.record('return.write_file', [file.id], { answers: file.answers });
  });
}

export type FileFormat = Pick<ClaimedFile, 'id' | 'encoding' | 'columns' | 'sha256' | 'answers'>;

/** A file's bytes, made anew from its answers; undefined when they can no longer be what they were, as something was erased. */
export async function readFile(db: Reader, file: FileFormat): Promise<Buffer | undefined> {
  const rows = await selectReturned(db)
    .innerJoin('return_answers', (join) =>
      join
        .onRef('return_answers.case_id', '=', 'answers.case_id')
        .onRef('return_answers.version', '=', 'answers.version'),
    )
    .where('return_answers.file_id', '=', file.id)
    .orderBy('return_answers.line')
    .execute();
  if (rows.some(({ wrappedKey }) => wrappedKey === null)) return undefined;
  const lines = rows.map((row) => lineOf({ row, answer: openForInstitution(db, row) }, file.columns));
  const bytes = bytesOf([headOf(file.columns), ...lines], file.encoding);
  if (createHash('sha256').update(bytes).digest('hex') !== file.sha256) throw new PlaceError('not_the_same');
  return bytes;
}

/** What tells the receiver that a file is whole: how many answers, how many bytes, and their hash. */
function manifestOf({ name, institutionId, number, answers, bytes, sha256, encoding }: ClaimedFile) {
  const told = { file: name, institution: institutionId, number, answers, bytes, sha256, encoding };
  const manifest = Buffer.from(`${JSON.stringify(told)}\n`);
  return {
    name: `${name}.manifest.json`,
    bytes: manifest,
    sha256: createHash('sha256').update(manifest).digest('hex'),
    type: 'application/json',
  };
}

async function fail(tx: Tx, { id, tries }: ClaimedFile, reason: string): Promise<void> {
  const waitMinutes = Math.min(2 ** tries, 360);
  await tx
    .updateTable('return_files')
    .set({
      ...{ last_error: reason, taken_until: null, state: tries >= mostTries ? 'failed' : 'waiting' },
      next_attempt_at: sql<Date>`now() + make_interval(mins => ${waitMinutes})`,
    })
    .where('id', '=', id)
    .execute();
}
