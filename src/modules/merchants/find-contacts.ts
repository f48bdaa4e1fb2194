import { type ExpressionBuilder, sql } from 'kysely';
import type { z } from 'zod';
import { categoryCodes } from '#src/domain/categories.ts';
import { Refusal } from '#src/domain/refusals.ts';
import type { Actor } from '#src/platform/actor.ts';
import type { Database } from '#src/platform/database.ts';
import type { DB } from '#src/platform/tables.ts';
import { tenancyOf } from '#src/platform/tenancy.ts';
import type { Contact, Contacts } from './contact-schemas.ts';

/** Which contacts an actor sees: their tenant's. Who is limited to some services sees whom those tell, also as one of all. */
export const contactsOf = (actor: Actor) => (eb: ExpressionBuilder<DB, 'contacts'>) => {
  const mid = sql.ref('contacts.mid');
  return eb.or([
    tenancyOf(actor, { mid, sid: sql.ref('contacts.sid') }),
    eb.and([tenancyOf(actor, { mid }), eb('contacts.sid', 'is', null)]),
  ]);
};

/** A merchant's contacts and what they leave out, in one statement; another merchant is not found. */
export async function listContacts(
  db: Database,
  actor: Actor,
  { mid }: { mid: string },
): Promise<z.input<typeof Contacts>> {
  const own = tenancyOf(actor, { mid: sql.ref('merchants.mid') });
  const ownServices = tenancyOf(actor, { mid: sql.ref('services.mid'), sid: sql.ref('services.sid') });
  const contacts = selectContacts(db).where(contactsOf(actor)).where('contacts.mid', '=', mid);
  const { rows } = await sql<Omit<z.input<typeof Contacts>, 'isLimited'>>`
    select
      coalesce((select json_agg(each order by each.sid nulls first, each.email) from (${contacts}) as each), '[]') as data,
      coalesce((select json_agg(json_build_object('sid', sid, 'name', name, 'withoutContact', coalesce((
          select json_agg(category) from unnest(${[...categoryCodes]}::text[]) as category
          where not exists (select from contacts where contacts.mid = services.mid and contacts.category = category.category
            and (contacts.sid = services.sid or contacts.sid is null))), '[]')) order by sid)
        from services where services.mid = ${mid} and ${ownServices}), '[]') as services
    from merchants where merchants.mid = ${mid} and ${own}`.execute(db);
  const [found] = rows;
  if (!found) throw new Refusal('not_found');
  return { ...found, isLimited: actor.kind === 'merchant' && actor.sids !== null };
}

/** One contact as it is shown. */
export async function getContact(
  db: Database,
  actor: Actor,
  contactId: string,
): Promise<z.input<typeof Contact>> {
  const found = await selectContacts(db)
    .where('contacts.id', '=', contactId)
    .where(contactsOf(actor))
    .executeTakeFirst();
  if (!found) throw new Refusal('not_found');
  return found;
}

const selectContacts = (db: Database) =>
  db
    .selectFrom('contacts')
    .select(['contacts.id', 'contacts.sid', 'category', 'contacts.name', 'contacts.email', 'contacts.locale'])
    .select('contacts.version')
    .select(
      sql<{
        since: string;
        reply: string;
      } | null>`case when unreachable_since is not null then json_build_object(
        'since', to_char(unreachable_since at time zone 'Asia/Tokyo', 'YYYY-MM-DD"T"HH24:MI:SS"+09:00"'),
        'reply', unreachable_reply) end`.as('unreachable'),
    )
    .select(
      // Only people of the same merchant: whether an address is known elsewhere is nobody's business.
      sql<boolean>`exists (
        select from memberships join users on users.id = memberships.user_id
        where memberships.mid = contacts.mid and memberships.disabled_at is null and users.disabled_at is null
          and lower(users.email) = lower(contacts.email))`.as('hasLogin'),
    );

/** Whether an actor may change what concerns a service, or all of them: who is limited to some changes those alone. */
export const mayChange = (actor: Actor, sid: string | null): boolean =>
  actor.kind !== 'merchant' || actor.sids === null || (sid !== null && actor.sids.includes(sid));
