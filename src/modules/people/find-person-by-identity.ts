import { sql } from 'kysely';
import { Refusal } from '#src/domain/refusals.ts';
import type { Tx } from '#src/platform/transaction.ts';
import type { FactorMethod } from './count-guess.ts';

/** Whom the PSP's identity provider (認証基盤) vouches for, and how sure it is. */
export type Identity = {
  issuer: string;
  subject: string;
  /** What counts at the first time only. */
  email: string | undefined;
  isEmailVerified: boolean;
  /** Whether more than a password was shown there. */
  isSecondFactorShown: boolean;
};

export type KnownOperator = {
  userId: string;
  loginId: string;
  membershipId: string;
  methods: FactorMethod[];
};

/**
 * The operator an identity stands for. At the first time it is linked to the enabled operator who has its verified mail
 * address; from then on issuer and subject alone count. It never makes a user, and a merchant's people have no identity.
 */
export async function findPersonByIdentity(tx: Tx, identity: Identity): Promise<KnownOperator> {
  const { issuer, subject } = identity;
  const linked = await tx
    .updateTable('identities')
    .set({ last_used_at: sql<Date>`now()` })
    .where('issuer', '=', issuer)
    .where('subject', '=', subject)
    .returning('user_id')
    .executeTakeFirst();
  const userId = linked?.user_id ?? (await link(tx, identity));
  const { rows } = await operators(sql`users.id = ${userId}`).execute(tx);
  const [operator] = rows;
  if (!operator) throw new Refusal('sso_unknown_person');
  return operator;
}

async function link(tx: Tx, { issuer, subject, email, isEmailVerified }: Identity): Promise<string> {
  if (email === undefined) throw new Refusal('sso_unknown_person');
  if (!isEmailVerified) throw new Refusal('sso_email_not_verified');
  const { rows } = await operators(sql`lower(users.email) = lower(${email})`).execute(tx);
  const [operator] = rows;
  if (!operator) throw new Refusal('sso_unknown_person');
  // Whoever is linked already keeps what they have: the address may have gone to somebody else at the provider.
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('identities')
    .values({ issuer, subject, user_id: operator.userId })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (numInsertedOrUpdatedRows !== 1n) throw new Refusal('sso_unknown_person');
  tx.record('identity.link', [operator.userId]);
  return operator.userId;
}

const operators = (which: ReturnType<typeof sql>) => sql<KnownOperator>`
  select users.id as "userId", login_id as "loginId", memberships.id as "membershipId",
    array_remove(array[
      case when exists (select from totp_secrets where totp_secrets.user_id = users.id) then 'totp' end,
      case when exists (select from passkeys where passkeys.user_id = users.id) then 'passkey' end,
      case when exists (select from recovery_codes where recovery_codes.user_id = users.id) then 'recovery_code' end], null) as methods
  from users join memberships on memberships.user_id = users.id
  where ${which} and memberships.mid is null and memberships.disabled_at is null and users.disabled_at is null`;
