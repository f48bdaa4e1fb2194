import { sql } from 'kysely';
import { Refusal } from '#src/domain/refusals.ts';
import type { Tx } from '#src/platform/transaction.ts';
import { tellPerson } from './tell-person.ts';
import { tokenHash } from './tokens.ts';

type Change = { id: string; wanted: string; before: string | null };

/** Takes the mail address whose link was opened for the person's own; they are told at the one before and at the new one. */
export async function confirmEmail(tx: Tx, { token }: { token: string }): Promise<void> {
  const { rows } = await sql<Change>`
    delete from email_changes using users
    where token_hash = ${tokenHash(token)} and expires_at > now() and users.id = user_id and disabled_at is null
    returning users.id, email_changes.email as wanted, users.email as before`.execute(tx);
  const [change] = rows;
  if (!change) throw new Refusal('link_not_valid');
  const { id, wanted, before } = change;
  const isTaken = await tx
    .selectFrom('users')
    .select('id')
    .where(sql`lower(email)`, '=', wanted.toLowerCase())
    .where('id', '<>', id)
    .executeTakeFirst();
  if (isTaken) throw new Refusal('link_not_valid');
  await tx.updateTable('users').set({ email: wanted }).where('id', '=', id).execute();
  if (before) await keepFormer(tx, id, before);
  await tellPerson(tx, { kind: 'email_changed', userId: id, at: new Date() });
  tx.record('email.change', [id]);
}

/** Until the mail to it is written. */
async function keepFormer(tx: Tx, userId: string, email: string): Promise<void> {
  await tx
    .insertInto('email_changes')
    .values({ user_id: userId, email, token_hash: null, expires_at: sql<Date>`now()` })
    .execute();
}
