import { sql } from 'kysely';
import type { z } from 'zod';
import { instantText } from '#src/domain/days.ts';
import { Refusal } from '#src/domain/refusals.ts';
import type { Database } from '#src/platform/database.ts';
import type { ReturnChannel } from './channel-schemas.ts';
import { folderOf } from './make-files.ts';

type Channel = z.input<typeof ReturnChannel>;

/** Every institution with how its answers go back as files, in one statement. Only operators ask. */
export async function listChannels(db: Database, institutionId?: string): Promise<Channel[]> {
  const rows = await db
    .selectFrom('institutions')
    .leftJoin('return_channels', 'return_channels.institution_id', 'institutions.id')
    .select(['institutions.id', 'institutions.name'])
    .select(['return_channels.is_on', 'return_channels.encoding', 'return_channels.columns'])
    .select(['return_channels.times', 'return_channels.version'])
    .select([
      filesIn('written').as('written'),
      filesIn('waiting').as('waiting'),
      filesIn('failed').as('failed'),
      sql<number>`(select count(*)::int from return_answers
        where institution_id = institutions.id and file_id is null)`.as('setAside'),
      sql<Date | null>`(select max(written_at) from return_files where institution_id = institutions.id)`.as(
        'writtenAt',
      ),
    ])
    .$if(institutionId !== undefined, (query) => query.where('institutions.id', '=', institutionId ?? ''))
    .orderBy('institutions.id')
    .execute();
  return rows.map(toChannel);
}

export async function getChannel(db: Database, institutionId: string): Promise<Channel> {
  const [found] = await listChannels(db, institutionId);
  if (!found) throw new Refusal('not_found');
  return found;
}

const filesIn = (state: string) =>
  sql<number>`(select count(*)::int from return_files where institution_id = institutions.id and state = ${state})`;

type Row = Pick<Channel, 'written' | 'waiting' | 'failed' | 'setAside'> & {
  id: string;
  name: string;
  is_on: boolean | null;
  encoding: NonNullable<Channel['settings']>['encoding'] | null;
  columns: NonNullable<Channel['settings']>['columns'] | null;
  times: string[] | null;
  version: number | null;
  writtenAt: Date | null;
};

const toChannel = ({
  id,
  name,
  is_on,
  encoding,
  columns,
  times,
  version,
  writtenAt,
  ...counts
}: Row): Channel => ({
  institutionId: id,
  institutionName: name,
  settings: encoding && columns && times ? { isOn: is_on ?? false, encoding, columns, times } : null,
  version: version ?? 0,
  folder: folderOf(id),
  writtenAt: writtenAt && instantText(writtenAt),
  ...counts,
});
