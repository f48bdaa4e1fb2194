import type { z } from 'zod';
import { instantText } from '#src/domain/days.ts';
import { Refusal } from '#src/domain/refusals.ts';
import type { Actor } from '#src/platform/actor.ts';
import type { Database } from '#src/platform/database.ts';
import type { ReturnFile, ReturnFilePage, SetAsideAnswers } from './channel-schemas.ts';

type Filter = { institutionId?: string | undefined; limit: number; cursor?: string | undefined };
type File = z.input<typeof ReturnFile>;

const selectFiles = (db: Database) =>
  db
    .selectFrom('return_files')
    .select([
      'id',
      'institution_id as institutionId',
      'number',
      'name',
      'state',
      'answers',
      'bytes',
      'sha256',
    ])
    .select(['tries', 'last_error as lastError', 'made_at as madeAt', 'written_at as writtenAt']);

type Row = Awaited<ReturnType<ReturnType<typeof selectFiles>['execute']>>[number];

const toFile = (row: Row): File => ({
  ...row,
  madeAt: instantText(row.madeAt),
  writtenAt: row.writtenAt && instantText(row.writtenAt),
});

/** The files of answers, newest first. */
export async function listFiles(
  db: Database,
  _: Actor,
  { institutionId, limit, cursor }: Filter,
): Promise<z.input<typeof ReturnFilePage>> {
  const rows = await selectFiles(db)
    .$if(institutionId !== undefined, (query) => query.where('institution_id', '=', institutionId ?? ''))
    .$if(cursor !== undefined, (query) =>
      query.where((eb) => {
        const [at, id] = readCursor(cursor ?? '');
        return eb.or([eb('made_at', '<', at), eb.and([eb('made_at', '=', at), eb('id', '<', id)])]);
      }),
    )
    .orderBy('made_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  const nextCursor = last
    ? Buffer.from(`${last.madeAt.toISOString()} ${last.id}`).toString('base64url')
    : null;
  return { data: page.map(toFile), nextCursor };
}

function readCursor(cursor: string): [at: Date, id: string] {
  const [at = '', id = ''] = Buffer.from(cursor, 'base64url').toString().split(' ');
  if (/^[0-9a-f-]{36}$/.test(id) && !Number.isNaN(Date.parse(at))) return [new Date(at), id];
  throw new Refusal('invalid_request', {}, [
    { pointer: '/cursor', code: 'wrong_form', params: { expected: 'nextCursor' } },
  ]);
}

export async function getFile(db: Database, fileId: string): Promise<File> {
  const row = await selectFiles(db).where('id', '=', fileId).executeTakeFirst();
  if (!row) throw new Refusal('not_found');
  return toFile(row);
}

/** The answers that wait because their institution's encoding cannot say them, oldest first; the first hundred. */
export async function listSetAside(
  db: Database,
  _: Actor,
  { institutionId }: { institutionId?: string | undefined },
): Promise<z.input<typeof SetAsideAnswers>> {
  const rows = await db
    .selectFrom('return_answers')
    .select(['case_id as caseId', 'version', 'institution_id as institutionId'])
    .select(['not_writable as characters', 'refused_at as setAsideAt'])
    .where('file_id', 'is', null)
    .$if(institutionId !== undefined, (query) => query.where('institution_id', '=', institutionId ?? ''))
    .orderBy('refused_at')
    .orderBy('case_id')
    .limit(100)
    .execute();
  const data = rows.map(({ setAsideAt, characters, ...row }) => ({
    ...row,
    characters: characters ?? [],
    setAsideAt: instantText(setAsideAt ?? new Date(0)),
  }));
  return { data, nextCursor: null };
}
