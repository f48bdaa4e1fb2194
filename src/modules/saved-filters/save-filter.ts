import { sql } from 'kysely';
import type { z } from 'zod';
import { Refusal } from '#src/domain/refusals.ts';
import type { Actor } from '#src/platform/actor.ts';
import { newId } from '#src/platform/ids.ts';
import type { Tx } from '#src/platform/transaction.ts';
import { ownFilters, toFilter } from './list-filters.ts';
import { findOwnMembership } from './own-membership.ts';
import { type FilterWords, mostFilters, type SavedFilter } from './saved-filter-schemas.ts';

type Words = z.output<typeof FilterWords>;

/** Keeps a filter for the person who asks, under a name that none of their others has. */
export async function saveFilter(
  tx: Tx,
  actor: Actor,
  { name, query }: Words,
): Promise<z.input<typeof SavedFilter>> {
  const membership_id = await findOwnMembership(tx, actor);
  if (!membership_id) throw new Refusal('not_permitted');
  await oneAfterTheOther(tx, membership_id);
  const others = await ownFilters(tx, actor).execute();
  if (others.some((other) => other.name === name)) throw new Refusal('filter_exists');
  if (others.length >= mostFilters) throw new Refusal('too_many_filters', { most: mostFilters });
  const id = newId();
  await tx
    .insertInto('saved_filters')
    .values({ id, membership_id, name, query: JSON.stringify(query) })
    .execute();
  tx.record('filter.save', [id]);
  return { id, name, query };
}

/** Renames one of one's filters, and keeps another query under it. */
export async function changeFilter(
  tx: Tx,
  actor: Actor,
  { filterId, name, query }: Words & { filterId: string },
): Promise<z.input<typeof SavedFilter>> {
  const membershipId = await findOwnMembership(tx, actor);
  if (!membershipId) throw new Refusal('not_found');
  await oneAfterTheOther(tx, membershipId);
  const own = await ownFilters(tx, actor).execute();
  if (!own.some(({ id }) => id === filterId)) throw new Refusal('not_found');
  if (own.some((other) => other.id !== filterId && other.name === name)) throw new Refusal('filter_exists');
  const { numUpdatedRows } = await tx
    .updateTable('saved_filters')
    .set({ name, query: JSON.stringify(query) })
    .where('id', '=', filterId)
    .executeTakeFirstOrThrow();
  if (numUpdatedRows === 0n) throw new Refusal('not_found');
  tx.record('filter.change', [filterId]);
  return toFilter({ id: filterId, name, query });
}

/** Removes one of one's filters. */
export async function removeFilter(
  tx: Tx,
  actor: Actor,
  { filterId }: { filterId: string },
): Promise<undefined> {
  const membershipId = await findOwnMembership(tx, actor);
  if (!membershipId) throw new Refusal('not_found');
  await oneAfterTheOther(tx, membershipId);
  const { numDeletedRows } = await tx
    .deleteFrom('saved_filters')
    .where('id', '=', filterId)
    .where('membership_id', '=', membershipId)
    .executeTakeFirstOrThrow();
  if (numDeletedRows === 0n) throw new Refusal('not_found');
  tx.record('filter.remove', [filterId]);
}

const oneAfterTheOther = (tx: Tx, membershipId: string) =>
  sql`select pg_advisory_xact_lock(hashtextextended(${`filters of ${membershipId}`}, 0))`.execute(tx);
