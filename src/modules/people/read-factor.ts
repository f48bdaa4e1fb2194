import { placeOf } from '#src/platform/sealed-columns.ts';
import type { Acting, Tx } from '#src/platform/transaction.ts';
import type { Owner } from './challenges.ts';
import { readPasskey } from './passkeys.ts';
import { useRecoveryCode } from './recovery-codes.ts';
import type { SignInParts } from './sign-in-parts.ts';
import { stepOfCode } from './totp.ts';

/** What somebody gives to prove who they are, besides a password. */
export type FactorProof =
  | { method: 'totp'; code: string }
  | { method: 'recovery_code'; code: string }
  | { method: 'passkey'; response: object };

/** Uses a proof up in the transaction it is good for; false when it is none, or was used already. */
export type UseFactor = (tx: Tx) => Promise<boolean>;

const never: UseFactor = async () => false;

/** Reads a proof; the guess at it has been counted before. */
export async function readFactor(
  acting: Acting,
  owner: Owner,
  proof: FactorProof,
  { sealing, site }: SignInParts,
): Promise<UseFactor> {
  const { userId } = owner;
  if (proof.method === 'recovery_code') return (tx) => useRecoveryCode(tx, userId, proof.code);
  if (proof.method === 'passkey') return (await readPasskey(acting, owner, proof.response, site)) ?? never;
  return (tx) => useTotpCode(tx, userId, proof.code, sealing);
}

/** Moves the last used step on; of all who give a code of one step, in the whole cluster, one does. */
async function useTotpCode(
  tx: Tx,
  userId: string,
  code: string,
  sealing: SignInParts['sealing'],
): Promise<boolean> {
  const kept = await tx
    .selectFrom('totp_secrets')
    .select('secret')
    .where('user_id', '=', userId)
    .executeTakeFirst();
  if (!kept) return false;
  const secret = sealing.open(kept.secret, totpContext(userId)).toString();
  const step = stepOfCode(secret, code, new Date());
  if (step === undefined) return false;
  const { numUpdatedRows } = await tx
    .updateTable('totp_secrets')
    .set({ last_step: step })
    .where('user_id', '=', userId)
    .where('last_step', '<', step)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** What a person's secret is sealed for, so that it opens for nobody else. */
export const totpContext = (userId: string): string => placeOf('totp_secrets.secret', userId);
