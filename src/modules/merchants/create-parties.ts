import type { CategoryCode } from '#src/domain/categories.ts';
import type { DueRule } from '#src/domain/due.ts';
import { newId } from '#src/platform/ids.ts';
import type { Tx } from '#src/platform/transaction.ts';

type Institution = { id: string; name: string; dueRule: DueRule | null };

/** Adds an institution that may send requests. */
export async function createInstitution(tx: Tx, { id, name, dueRule }: Institution): Promise<void> {
  await tx
    .insertInto('institutions')
    .values({ id, name, due_rule: dueRule && JSON.stringify(dueRule) })
    .execute();
}

type Merchant = { mid: string; name: string; services: readonly { sid: string; name: string }[] };

/** Adds a merchant with its services. */
export async function createMerchant(tx: Tx, { mid, name, services }: Merchant): Promise<void> {
  await tx.insertInto('merchants').values({ mid, name }).execute();
  await tx
    .insertInto('services')
    .values(services.map((service) => ({ mid, ...service })))
    .execute();
}

type NewContact = { mid: string; sid: string | null; category: CategoryCode; name: string; email: string };

/** Registers somebody to be told of a merchant's new requests; of one service, or of all. */
export async function createContact(tx: Tx, contact: NewContact): Promise<void> {
  await tx
    .insertInto('contacts')
    .values({ id: newId(), ...contact })
    .execute();
}
