import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { dayOf } from '#src/domain/days.ts';
import type { ReturnColumn, ReturnEncoding } from '#src/domain/return-files.ts';
import { newId } from '#src/platform/ids.ts';
import type { InTransaction, Tx } from '#src/platform/transaction.ts';
import { openForInstitution, selectReturned } from '../returned-rows.ts';
import { bytesOf, headOf, lineOf, notWritable } from './render-file.ts';

/** Answers of one file at most; what is more comes into the next. */
const mostAnswers = 2_000;

/** Makes files of all answers of an institution that are in none yet, and returns how many. They are written afterwards. */
export async function makeFiles(inTransaction: InTransaction, institutionId: string): Promise<number> {
  for (let made = 0; ; made += 1)
    if (!(await inTransaction((tx) => makeFile(tx, institutionId)))) return made;
}

/**
 * Puts answers into a file, in one transaction with the file's name, number and hash: whoever makes files of the same institution
 * meanwhile waits for the channel's row. An answer that the encoding cannot say is set aside and told, never altered.
 */
async function makeFile(tx: Tx, institutionId: string): Promise<boolean> {
  const channel = await tx
    .selectFrom('return_channels')
    .selectAll()
    .where('institution_id', '=', institutionId)
    .forUpdate()
    .executeTakeFirst();
  if (!channel) return false;
  const rows = await selectReturned(tx)
    .where('events.institution_id', '=', institutionId)
    .where('events.position', '>', channel.from_position)
    .where(
      sql<boolean>`not exists (select from return_answers
        where (return_answers.case_id, return_answers.version) = (answers.case_id, answers.version))`,
    )
    .orderBy('events.position')
    .limit(mostAnswers)
    .execute();
  if (rows.length === 0) return false;
  const format = { encoding: channel.encoding, columns: channel.columns };
  const answers = rows.map((row) => {
    const line = lineOf({ row, answer: openForInstitution(tx, row) }, format.columns);
    return { row, line, missing: notWritable(line, format.encoding) };
  });
  await setAside(
    tx,
    institutionId,
    answers.filter(({ missing }) => missing.length > 0),
  );
  const fit = answers.filter(({ missing }) => missing.length === 0);
  if (fit.length > 0) await insertFile(tx, { institutionId, number: channel.next_number, format, fit });
  return true;
}

type Format = { encoding: ReturnEncoding; columns: ReturnColumn[] };
type Lined = { row: { caseId: string; version: number }; line: string; missing: string[] };
type NewFile = { institutionId: string; number: number; format: Format; fit: readonly Lined[] };

async function insertFile(tx: Tx, { institutionId, number, format, fit }: NewFile): Promise<void> {
  const bytes = bytesOf([headOf(format.columns), ...fit.map(({ line }) => line)], format.encoding);
  const id = newId();
  await tx
    .insertInto('return_files')
    .values({
      ...{ id, institution_id: institutionId, number, ...format },
      name: nameOf(institutionId, number, new Date()),
      answers: fit.length,
      bytes: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
    })
    .execute();
  await tx
    .insertInto('return_answers')
    .values(
      fit.map(({ row: { caseId, version } }, index) => ({
        ...{ case_id: caseId, version, institution_id: institutionId, file_id: id, line: index + 1 },
      })),
    )
    .execute();
  await tx
    .updateTable('return_channels')
    .set({ next_number: number + 1 })
    .where('institution_id', '=', institutionId)
    .execute();
  tx.record('return.make_file', [id], { answers: fit.length, number });
}

async function setAside(tx: Tx, institutionId: string, refused: readonly Lined[]): Promise<void> {
  if (refused.length === 0) return;
  await tx
    .insertInto('return_answers')
    .values(
      refused.map(({ row: { caseId, version }, missing }) => ({
        ...{ case_id: caseId, version, institution_id: institutionId, file_id: null, line: null },
        ...{ not_writable: missing, refused_at: sql<Date>`now()` },
      })),
    )
    .execute();
  tx.record(
    'return.set_aside',
    refused.map(({ row: { caseId } }) => caseId),
  );
}

/** The institution, the day in Japan and the running number: `answers_JCB_20261125_000012.csv`. */
const nameOf = (institutionId: string, number: number, now: Date): string =>
  `answers_${folderOf(institutionId)}_${dayOf(now).replaceAll('-', '')}_${String(number).padStart(6, '0')}.csv`;

/** An institution's id as the name of a folder, whatever stands in it. */
export const folderOf = (institutionId: string): string =>
  institutionId.replace(/[^A-Za-z0-9_-]/gu, (each) => `%${Buffer.from(each).toString('hex').toUpperCase()}`);
