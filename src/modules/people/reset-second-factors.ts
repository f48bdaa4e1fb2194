import { sql } from 'kysely';
import { Refusal } from '#src/domain/refusals.ts';
import type { Actor, SystemActor } from '#src/platform/actor.ts';
import { tenancyOf } from '#src/platform/tenancy.ts';
import type { Tx } from '#src/platform/transaction.ts';
import { tellPerson } from './tell-person.ts';

/**
 * Takes away all second factors of somebody who lost theirs; with MFA required they set up a new one at their next sign-in.
 * For admins: who it is must have been checked before. A merchant's admin may do it for people of that merchant only; for who
 * belongs to others too, an operator does it.
 */
export async function resetSecondFactors(
  tx: Tx,
  actor: Actor | SystemActor,
  { userId }: { userId: string },
): Promise<void> {
  await refuseUnknown(tx, actor, userId);
  const { rows } = await sql<{
    count: number | null;
  }>`select reset_second_factors(${userId}) as count`.execute(tx);
  const count = rows[0]?.count ?? null;
  if (count === null) throw new Refusal('factors_shared');
  await tx.deleteFrom('sessions').where('user_id', '=', userId).execute();
  tx.record('factor.reset', [userId], { count });
  await tellPerson(tx, { kind: 'second_factor_changed', userId, at: new Date() });
}

/** Somebody of another merchant does not exist. */
async function refuseUnknown(tx: Tx, actor: Actor | SystemActor, userId: string): Promise<void> {
  const known = await tx
    .selectFrom('memberships')
    .select('id')
    .where('user_id', '=', userId)
    .where(tenancyOf(actor, { mid: sql.ref('mid') }))
    .executeTakeFirst();
  if (!known) throw new Refusal('not_found');
}
