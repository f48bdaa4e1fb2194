import { sql } from 'kysely';
import type { z } from 'zod';
import { Refusal } from '#src/domain/refusals.ts';
import type { Actor } from '#src/platform/actor.ts';
import type { Database } from '#src/platform/database.ts';
import type { Asked } from '#src/platform/http/endpoint.ts';
import type { Tx } from '#src/platform/transaction.ts';
import { getSession } from './get-session.ts';
import { replaceRecoveryCodes } from './recovery-codes.ts';
import { renewSession } from './renew-session.ts';
import type { FactorsChanged, SecondFactors } from './session-schemas.ts';
import { type FactorSetup, setUpFactor } from './set-up-factor.ts';
import type { SignInParts } from './sign-in-parts.ts';
import { sessionHash } from './sign-in-steps.ts';
import { tellPerson } from './tell-person.ts';

type Changed = z.input<typeof FactorsChanged>;
type Context = { asked: Asked; parts: SignInParts };

/** A person's own second factors, without their secrets. */
export async function getSecondFactors(
  db: Database,
  actor: Actor,
  { mfa, site }: SignInParts,
): Promise<z.input<typeof SecondFactors>> {
  type Row = {
    totp: { createdAt: string } | null;
    passkeys: { id: string; name: string; createdAt: string; lastUsedAt: string | null }[];
    recoveryCodesLeft: number;
    allowsSingleSignOn: boolean;
  };
  const { rows } = await sql<Row>`
    select
      (select json_build_object('createdAt', created_at) from totp_secrets where user_id = ${actor.id}) as totp,
      coalesce((select json_agg(json_build_object('id', id, 'name', name, 'createdAt', created_at, 'lastUsedAt', last_used_at)
                                order by created_at) from passkeys where user_id = ${actor.id}), '[]') as passkeys,
      (select count(*)::int from recovery_codes where user_id = ${actor.id}) as "recoveryCodesLeft",
      exists (select from identities where user_id = ${actor.id})
        and not exists (select from totp_secrets where user_id = ${actor.id})
        and not exists (select from passkeys where user_id = ${actor.id}) as "allowsSingleSignOn"`.execute(
    db,
  );
  const [row] = rows;
  if (!row) throw new Error('a query without a table gave no row');
  return { ...row, isRequired: mfa === 'required', allowsPasskeys: site.passkeyHost !== null };
}

/** Adds a factor that was set up; the session gets a new id. */
export async function addFactor(
  tx: Tx,
  actor: Actor,
  setup: FactorSetup,
  context: Context,
): Promise<Changed> {
  const { asked, parts } = context;
  const owner = { userId: actor.id, ownerHash: sessionHash(asked) };
  const recoveryCodes = await setUpFactor(tx, owner, setup, parts);
  return changed(tx, recoveryCodes, context);
}

/** What to take away: the authenticator app, or one of the passkeys. */
export type Removal = { method: 'totp' } | { method: 'passkey'; passkeyId: string };

/** Takes a factor away, but not the last one where one is required; recovery codes go with the last. */
export async function removeFactor(
  tx: Tx,
  actor: Actor,
  removal: Removal,
  context: Context,
): Promise<Changed> {
  // Two removals at once must not both find the other's factor still there.
  await tx.selectFrom('users').select('id').where('id', '=', actor.id).forUpdate().execute();
  const { numDeletedRows } =
    removal.method === 'totp'
      ? await tx.deleteFrom('totp_secrets').where('user_id', '=', actor.id).executeTakeFirst()
      : await tx
          .deleteFrom('passkeys')
          .where('user_id', '=', actor.id)
          .where('id', '=', removal.passkeyId)
          .executeTakeFirst();
  if (numDeletedRows === 0n) throw new Refusal('not_found');
  const { totp, passkeys } = await getSecondFactors(tx, actor, context.parts);
  if (!totp && passkeys.length === 0) {
    if (context.parts.mfa === 'required') throw new Refusal('last_factor');
    await tx.deleteFrom('recovery_codes').where('user_id', '=', actor.id).execute();
  }
  const id = removal.method === 'totp' ? [] : [removal.passkeyId];
  tx.record('factor.remove', [actor.id, ...id], { kind: removal.method });
  await tellPerson(tx, { kind: 'second_factor_changed', userId: actor.id, at: new Date() });
  return changed(tx, null, context);
}

/** Makes new recovery codes in place of those from before. */
export async function renewRecoveryCodes(tx: Tx, actor: Actor, context: Context): Promise<Changed> {
  const { totp, passkeys } = await getSecondFactors(tx, actor, context.parts);
  if (!totp && passkeys.length === 0) throw new Refusal('not_found');
  return changed(tx, await replaceRecoveryCodes(tx, actor.id), context);
}

async function changed(
  tx: Tx,
  recoveryCodes: string[] | null,
  { asked, parts: { limits } }: Context,
): Promise<Changed> {
  const token = await renewSession(tx, asked, limits);
  return { recoveryCodes, session: await getSession(tx, { token, idleMinutes: limits.idleMinutes }) };
}
