import { sql } from 'kysely';
import { Refusal } from '#src/domain/refusals.ts';
import type { Actor } from '#src/platform/actor.ts';
import { tenancyOf } from '#src/platform/tenancy.ts';
import type { Tx } from '#src/platform/transaction.ts';
import type { NewContact } from './contact-schemas.ts';
import { getContact } from './find-contacts.ts';
import { holdContacts, requireService } from './require-service.ts';

type Version = { contactId: string; version: number };

/** Changes a contact, if it is still as the one who changes it saw it. */
export async function changeContact(
  tx: Tx,
  actor: Actor,
  { contactId, version, ...contact }: NewContact & Version,
) {
  const { mid } = await lockContact(tx, actor, { contactId, version });
  await requireService(tx, actor, { mid, sid: contact.sid });
  await holdContacts(tx, mid);
  if (await isTaken(tx, { contactId, mid, ...contact })) throw new Refusal('contact_exists');
  await tx
    .updateTable('contacts')
    .set({ ...contact, version: version + 1 })
    // Another address may well take mails.
    .set((eb) => ({
      unreachable_since: eb
        .case()
        .when(sql<string>`lower(email)`, '=', contact.email.toLowerCase())
        .then(eb.ref('unreachable_since'))
        .end(),
      unreachable_reply: eb
        .case()
        .when(sql<string>`lower(email)`, '=', contact.email.toLowerCase())
        .then(eb.ref('unreachable_reply'))
        .end(),
    }))
    .where('id', '=', contactId)
    .execute();
  tx.record('contact.change', [contactId], { mid, version: version + 1 });
  return getContact(tx, actor, contactId);
}

/** Has a contact told of nothing any more, if it is still as the one who removes it saw it. */
export async function removeContact(tx: Tx, actor: Actor, { contactId, version }: Version) {
  const { mid } = await lockContact(tx, actor, { contactId, version });
  await tx.deleteFrom('contacts').where('id', '=', contactId).execute();
  tx.record('contact.remove', [contactId], { mid });
  return undefined;
}

/** Holds a contact that the actor may change until the transaction ends; any other is not found. */
async function lockContact(tx: Tx, actor: Actor, { contactId, version }: Version) {
  const found = await tx
    .selectFrom('contacts')
    .select(['mid', 'version'])
    .where('id', '=', contactId)
    .where(tenancyOf(actor, { mid: sql.ref('contacts.mid'), sid: sql.ref('contacts.sid') }))
    .forUpdate()
    .executeTakeFirst();
  if (!found) throw new Refusal('not_found');
  if (found.version !== version) throw new Refusal('contact_changed', { version: found.version });
  return found;
}

type Wanted = Pick<NewContact, 'sid' | 'category' | 'email'> & { contactId: string; mid: string };

async function isTaken(tx: Tx, { contactId, mid, sid, category, email }: Wanted): Promise<boolean> {
  const other = await tx
    .selectFrom('contacts')
    .select('id')
    .where('mid', '=', mid)
    .where('sid', 'is not distinct from', sid)
    .where('category', '=', category)
    .where(sql<string>`lower(email)`, '=', email.toLowerCase())
    .where('id', '<>', contactId)
    .executeTakeFirst();
  return other !== undefined;
}
