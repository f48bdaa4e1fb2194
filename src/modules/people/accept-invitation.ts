import { type Selectable, sql } from 'kysely';
import type { KnownWords } from '#src/domain/password-rules.ts';
import { Refusal } from '#src/domain/refusals.ts';
import type { Database } from '#src/platform/database.ts';
import { newId } from '#src/platform/ids.ts';
import type { Invitations } from '#src/platform/tables.ts';
import type { Tx } from '#src/platform/transaction.ts';
import { refuseWeakPassword } from './choose-password.ts';
import { hashPassword } from './passwords.ts';
import { tokenHash } from './tokens.ts';

type Invitation = Selectable<Invitations>;

/** What whoever has the link is shown; they alone learn whether they are known already. */
export type LookedAt = { merchantName: string | null; name: string; email: string; isKnown: boolean };

/** What an invitation is to. */
export async function lookAtInvitation(db: Database, { token }: { token: string }): Promise<LookedAt> {
  const { rows } = await sql<LookedAt>`
    select merchants.name as "merchantName", invitations.name, invitations.email,
      exists (select from users where lower(users.email) = lower(invitations.email)) as "isKnown"
    from invitations left join merchants on merchants.mid = invitations.mid
    where token_hash = ${tokenHash(token)} and expires_at > now()`.execute(db);
  const [found] = rows;
  if (!found) throw new Refusal('link_not_valid');
  return found;
}

type Acceptance = { token: string; name?: string | undefined; password?: string | undefined };

/**
 * Makes whoever was invited a user, or gives a person who is one already a further membership. The invitation is taken away
 * first: of two at the same time one finds it, and a password that is refused leaves it as it was. Returns the user id.
 */
export async function acceptInvitation(
  tx: Tx,
  { token, name, password }: Acceptance,
  knownWords: KnownWords,
): Promise<{ userId: string }> {
  const invitation = await tx
    .deleteFrom('invitations')
    .where('token_hash', '=', tokenHash(token))
    .where('expires_at', '>', sql<Date>`now()`)
    .returningAll()
    .executeTakeFirst();
  if (!invitation) throw new Refusal('link_not_valid');
  const known = await findKnown(tx, invitation.email);
  if (known?.disabled_at) throw new Refusal('link_not_valid');
  const user =
    known ?? (await addUser(tx, { invitation, name: name ?? invitation.name, password, knownWords }));
  await addMembership(tx, invitation, { id: user.id, isKnown: known !== undefined });
  tx.record('user.accept', [invitation.id, user.id]);
  return { userId: user.login_id };
}

/** Two invitations to one address, accepted at the same time, become one person: the second waits and finds the first. */
async function findKnown(tx: Tx, email: string) {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`email ${email.toLowerCase()}`}, 0))`.execute(tx);
  return tx
    .selectFrom('users')
    .select(['id', 'login_id', 'disabled_at'])
    .where(sql`lower(email)`, '=', email.toLowerCase())
    .executeTakeFirst();
}

type NewUser = { invitation: Invitation; name: string; password: string | undefined; knownWords: KnownWords };

/** The user id is the mail address: it is the person's own, so that nobody has to be told that an id is taken. */
async function addUser(tx: Tx, { invitation, name, password = '', knownWords }: NewUser) {
  const { email, locale } = invitation;
  refuseWeakPassword(password, [email, name, ...knownWords]);
  const id = newId();
  const login_id = (await isLoginIdTaken(tx, email)) ? id : email.toLowerCase();
  await tx
    .insertInto('users')
    .values({ id, login_id, name, email, locale, password_hash: await hashPassword(password) })
    .execute();
  return { id, login_id };
}

/** An operator may have been given any id by command; addresses longer than an id are no ids either. */
async function isLoginIdTaken(tx: Tx, email: string): Promise<boolean> {
  if (email.length > 64) return true;
  const taken = await tx
    .selectFrom('users')
    .select('id')
    .where('login_id', '=', email.toLowerCase())
    .executeTakeFirst();
  return taken !== undefined;
}

async function addMembership(
  tx: Tx,
  { id, mid, name, roles, sids }: Invitation,
  user: { id: string; isKnown: boolean },
): Promise<void> {
  await tx
    .insertInto('memberships')
    .values({ id, user_id: user.id, mid, roles, sids, name: user.isKnown ? name : null })
    .onConflict((conflict) => conflict.columns(['user_id', 'mid']).doNothing())
    .execute();
}
