import { Refusal } from '#src/domain/refusals.ts';
import type { Actor } from '#src/platform/actor.ts';
import { newId } from '#src/platform/ids.ts';
import type { Tx } from '#src/platform/transaction.ts';
import type { NewContact } from './contact-schemas.ts';
import { getContact } from './find-contacts.ts';
import { holdContacts, requireService } from './require-service.ts';

/** Has somebody told of a merchant's new requests from now on. */
export async function addContact(tx: Tx, actor: Actor, { mid, ...contact }: NewContact & { mid: string }) {
  await requireService(tx, actor, { mid, sid: contact.sid });
  await holdContacts(tx, mid);
  const id = newId();
  const added = await tx
    .insertInto('contacts')
    .values({ id, mid, ...contact })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  if (!added) throw new Refusal('contact_exists');
  tx.record('contact.add', [id], { mid });
  return getContact(tx, actor, id);
}
