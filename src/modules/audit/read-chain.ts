import { sql } from 'kysely';
import type { Database } from '#src/platform/database.ts';
import type { ChainEntry } from './chain-entry.ts';
import type { Head } from './chain-verifier.ts';

type Row = ChainEntry & { dims: string | null };

const pageSize = 5_000;
const beforeAll = '-9223372036854775808';

/**
 * The entries of the trail in their order, page by page: bounded memory, and no snapshot that would stand in the way of those
 * who write. From after one number up to another, both left out for all.
 */
export async function* readChain(
  db: Database,
  { after, upTo }: { after?: number | undefined; upTo?: number | undefined },
): AsyncGenerator<ChainEntry[]> {
  let last = after === undefined ? beforeAll : String(after);
  for (;;) {
    const page = await readPage(db, last, upTo);
    const end = page.at(-1);
    if (!end) return;
    yield page;
    last = end.sequence;
  }
}

async function readPage(db: Database, after: string, upTo: number | undefined): Promise<ChainEntry[]> {
  const { rows } = await sql<Row>`
    select sequence::text, to_json(at at time zone 'UTC') #>> '{}' as at, actor_kind as "actorKind",
      actor_id::text as "actorId", actor_tenant as "actorTenant", actor_right as "actorRight", action, subjects,
      array_dims(subjects) as dims, details::text, origin, request_id as "requestId",
      previous_hash as "previousHash", hash
    from audit_entries
    where sequence > ${after}::bigint and ${upTo === undefined ? sql`true` : sql`sequence <= ${upTo}`}
    order by audit_entries.sequence
    limit ${pageSize}`.execute(db);
  return rows.map(({ dims, ...entry }) => ({
    ...entry,
    at: withMicroseconds(entry.at),
    subjects: asStored(entry.subjects, dims),
  }));
}

/** The kept end of the trail. */
export async function readHead(db: Database): Promise<Head> {
  return db.selectFrom('audit_head').select(['sequence', 'hash']).executeTakeFirstOrThrow();
}

/** The hash that stands on an entry. */
export async function readHashAt(db: Database, sequence: number): Promise<Buffer | undefined> {
  const row = await db
    .selectFrom('audit_entries')
    .select('hash')
    .where('sequence', '=', sequence)
    .executeTakeFirst();
  return row?.hash;
}

/** JSON leaves out zeros at the end of the fraction. */
function withMicroseconds(at: string): string {
  const [seconds = '', fraction = ''] = at.split('.');
  return `${seconds}.${fraction.padEnd(6, '0')}Z`;
}

/** An array with other bounds or dimensions than entries are written with is not the one that was hashed. */
function asStored(subjects: ChainEntry['subjects'], dims: string | null): ChainEntry['subjects'] {
  const expected = subjects.length === 0 ? null : `[1:${subjects.length}]`;
  return dims === expected ? subjects : [...subjects.map(String), `stored as ${dims}`];
}
