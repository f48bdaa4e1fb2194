import { sql } from 'kysely';
import type { CategoryCode } from '#src/domain/categories.ts';
import { Refusal } from '#src/domain/refusals.ts';
import type { Locale } from '#src/domain/text.ts';
import type { Actor } from '#src/platform/actor.ts';
import { productNow } from '#src/platform/product-clock.ts';
import { tenancyOf } from '#src/platform/tenancy.ts';
import type { Tx } from '#src/platform/transaction.ts';

type Unreachable = {
  mid: string;
  address: string;
  /** The code that says why, or `complaint`. */
  reply: string;
};

/** Marks a merchant's contacts of an address that takes no mails (送信不能). The first time stays. */
export async function markUnreachable(tx: Tx, { mid, address, reply }: Unreachable): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    update contacts set unreachable_since = ${productNow}, unreachable_reply = ${reply}
    where mid = ${mid} and lower(email) = ${address.toLowerCase()} and unreachable_since is null
    returning id`.execute(tx);
  const marked = rows.map(({ id }) => id);
  if (marked.length > 0) tx.record('contact.unreachable', marked, { mid });
}

/** A contact whose mails do not arrive, and how many requests of its services wait for an answer. */
export type UnreachableContact = {
  id: string;
  mid: string;
  merchantName: string;
  sid: string | null;
  email: string;
  since: Date;
  open: number;
};

/** Contacts marked within the last days: who was told of them once is not told again. */
export async function findUnreachable(tx: Tx): Promise<UnreachableContact[]> {
  const { rows } = await sql<UnreachableContact>`
    select contacts.id, contacts.mid, merchants.name as "merchantName", contacts.sid, contacts.email,
      unreachable_since as since,
      (select count(*)::int from cases where cases.mid = contacts.mid and status in ('received', 'correcting')
        and cases.category = contacts.category and (contacts.sid is null or cases.sid = contacts.sid)) as open
    from contacts join merchants on merchants.mid = contacts.mid
    where unreachable_since > ${productNow} - interval '7 days'
    order by unreachable_since`.execute(tx);
  return rows;
}

/**
 * Takes the mark off a contact that the actor may change, as a mail is on its way that shows whether it holds; any other is not
 * found.
 */
export async function unmarkContact(tx: Tx, actor: Actor, contactId: string): Promise<{ mid: string }> {
  const found = await tx
    .updateTable('contacts')
    .set({ unreachable_since: null, unreachable_reply: null })
    .where('id', '=', contactId)
    .where(tenancyOf(actor, { mid: sql.ref('contacts.mid'), sid: sql.ref('contacts.sid') }))
    .returning('mid')
    .executeTakeFirst();
  if (!found) throw new Refusal('not_found');
  return found;
}

/** A contact as mails are written to it. */
export type TestedContact = {
  mid: string;
  sid: string | null;
  category: CategoryCode;
  name: string;
  email: string;
  locale: Locale;
};

/** One contact, if it is still there. */
export const findContact = (tx: Tx, contactId: string): Promise<TestedContact | undefined> =>
  tx
    .selectFrom('contacts')
    .select(['mid', 'sid', 'category', 'name', 'email', 'locale'])
    .where('id', '=', contactId)
    .executeTakeFirst();
