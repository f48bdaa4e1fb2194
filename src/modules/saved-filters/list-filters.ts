import type { z } from 'zod';
import type { Actor } from '#src/platform/actor.ts';
import type { Reader } from '#src/platform/transaction.ts';
import { ownMembership } from './own-membership.ts';
import { mostFilters, type SavedFilter, type SavedFilters } from './saved-filter-schemas.ts';

type Shown = z.input<typeof SavedFilter>;

/** What somebody keeps for themselves, by name. */
export async function listFilters(db: Reader, actor: Actor): Promise<z.input<typeof SavedFilters>> {
  const rows = await ownFilters(db, actor).orderBy('name').orderBy('id').execute();
  return { data: rows.map(toFilter), most: mostFilters };
}

/** One's own, and nobody else's: said by the query as by the database's policy. */
export const ownFilters = (db: Reader, actor: Actor) =>
  db
    .selectFrom('saved_filters')
    .select(['id', 'name', 'query'])
    .where('membership_id', '=', ownMembership(actor));

export const toFilter = ({ id, name, query }: { id: string; name: string; query: unknown }): Shown => ({
  id,
  name,
  query: query as Shown['query'],
});
