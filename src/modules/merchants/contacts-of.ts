import type { Tx } from '#src/platform/transaction.ts';
import type { Contact } from './contacts-for.ts';

/** Everybody a merchant wants told of anything, each address once. */
export const contactsOf = (tx: Tx, mid: string): Promise<Contact[]> =>
  tx
    .selectFrom('contacts')
    .distinctOn('email')
    .select(['name', 'email', 'locale'])
    .where('mid', '=', mid)
    .orderBy('email')
    .orderBy('id')
    .execute();
