import { sql } from 'kysely';
import type { Right } from '#src/domain/rights.ts';
import { tokenHash } from '#src/modules/people/index.ts';
import type { Actor } from '#src/platform/actor.ts';
import type { Database } from '#src/platform/database.ts';

type Row = {
  id: string;
  name: string;
  institutionId: string | null;
  mid: string | null;
  sids: string[] | null;
  rights: Right[];
};

/**
 * Who an API key stands for, in one statement; undefined when there is no such key or it works no longer. It is found by the hash
 * of all of it, so neither its time nor its answer tells how much of a wrong one was right.
 */
export async function findKeyActor(db: Database, key: string): Promise<Actor | undefined> {
  const { rows } = await sql<Row>`
    select id, name, institution_id as "institutionId", mid, sids, rights from find_api_key(${tokenHash(key)})`.execute(
    db,
  );
  const [row] = rows;
  if (!row) return undefined;
  const { institutionId, mid, sids } = row;
  const anybody = { id: row.id, name: row.name, rights: new Set(row.rights) };
  if (institutionId !== null) return { kind: 'institution', ...anybody, institutionId };
  return mid === null ? { kind: 'operator', ...anybody } : { kind: 'merchant', ...anybody, mid, sids };
}
