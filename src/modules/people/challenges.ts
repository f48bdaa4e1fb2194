import { sql } from 'kysely';
import { Refusal } from '#src/domain/refusals.ts';
import type { Tx } from '#src/platform/transaction.ts';

type Kind = 'passkey_use' | 'passkey_setup' | 'totp_setup';

/** Whom a challenge is for, and the hash of the sign-in's or session's token that it is bound to. */
export type Owner = { userId: string; ownerHash: Buffer };

/** Keeps what was given out, in place of what was given out before for the same. */
export async function keepChallenge(
  tx: Tx,
  { userId, ownerHash }: Owner,
  kind: Kind,
  secret: Buffer,
): Promise<void> {
  await sql`
    insert into challenges (owner_hash, kind, user_id, secret) values (${ownerHash}, ${kind}, ${userId}, ${secret})
    on conflict (owner_hash, kind) do update set secret = excluded.secret, expires_at = excluded.expires_at`.execute(
    tx,
  );
}

/** What was given out and not used yet, or undefined. It is taken away: of two at the same time one gets it. */
export async function takeChallenge(
  tx: Tx,
  { userId, ownerHash }: Owner,
  kind: Kind,
): Promise<Buffer | undefined> {
  const taken = await tx
    .deleteFrom('challenges')
    .where('owner_hash', '=', ownerHash)
    .where('kind', '=', kind)
    .where('user_id', '=', userId)
    .where('expires_at', '>', sql<Date>`now()`)
    .returning('secret')
    .executeTakeFirst();
  return taken?.secret;
}

/** The same, refusing when there is none. */
export async function takeChallengeOrRefuse(tx: Tx, owner: Owner, kind: Kind): Promise<Buffer> {
  const secret = await takeChallenge(tx, owner, kind);
  if (!secret) throw new Refusal('setup_expired');
  return secret;
}
