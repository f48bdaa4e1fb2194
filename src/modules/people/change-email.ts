import { sql } from 'kysely';
import { Refusal } from '#src/domain/refusals.ts';
import type { Actor } from '#src/platform/actor.ts';
import type { Database } from '#src/platform/database.ts';
import type { Tx } from '#src/platform/transaction.ts';
import { linkMinutes } from './links.ts';
import { tellPerson } from './tell-person.ts';

/**
 * Asks for the proof that mails to a new address arrive: a link is mailed to it, and nothing changes before it is opened. Whether
 * the address is another person's is not looked up, so nothing can tell it.
 */
export async function askEmailChange(tx: Tx, { id }: Actor, { email }: { email: string }): Promise<void> {
  const asked = await sql`
    insert into email_changes (user_id, email, token_hash, expires_at)
    select id, ${email}, null, now() + make_interval(mins => ${linkMinutes}) from users where id = ${id}
    on conflict (user_id) do update set email = excluded.email, token_hash = null, expires_at = excluded.expires_at`.execute(
    tx,
  );
  if (Number(asked.numAffectedRows) === 0) throw new Refusal('not_signed_in');
  await tellPerson(tx, { kind: 'email_confirmation', userId: id });
  tx.record('email.ask_change', [id]);
}

/** The mail address of whoever asks, and the one that waits for its proof. */
export async function getAccount(
  db: Database,
  { id }: Actor,
): Promise<{ email: string | null; emailWanted: string | null }> {
  const { rows } = await sql<{ email: string | null; emailWanted: string | null }>`
    select users.email, case when expires_at > now() then email_changes.email end as "emailWanted"
    from users left join email_changes on user_id = id where id = ${id}`.execute(db);
  const [account] = rows;
  if (!account) throw new Refusal('not_signed_in');
  return account;
}
