import { sql } from 'kysely';
import type { CategoryCode } from '#src/domain/categories.ts';
import type { Locale } from '#src/domain/text.ts';
import type { Tx } from '#src/platform/transaction.ts';

export type Contact = { name: string; email: string; locale: Locale };

/** A contact who is told of requests, and whether a mail to them came back. */
export type ContactToTell = Contact & { id: string; isUnreachable: boolean };

/** Everybody registered for a service and a category, each address once: those of the service and those of all services. */
export async function contactsFor(
  tx: Tx,
  { mid, sid, category }: { mid: string; sid: string; category: CategoryCode },
): Promise<ContactToTell[]> {
  // One address in two spellings is one reader.
  const address = sql<string>`lower(email)`;
  return tx
    .selectFrom('contacts')
    .distinctOn(address)
    .select(['id', 'name', 'email', 'locale'])
    .select(sql<boolean>`unreachable_since is not null`.as('isUnreachable'))
    .where('mid', '=', mid)
    .where((eb) => eb.or([eb('sid', '=', sid), eb('sid', 'is', null)]))
    .where('category', '=', category)
    .orderBy(address)
    .orderBy('sid')
    .execute();
}
