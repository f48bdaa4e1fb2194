import type { z } from 'zod';
import { Refusal } from '#src/domain/refusals.ts';
import type { Actor } from '#src/platform/actor.ts';
import type { Tx } from '#src/platform/transaction.ts';
import { getSecondFactors } from './second-factors.ts';
import type { SecondFactors } from './session-schemas.ts';
import type { SignInParts } from './sign-in-parts.ts';

type Renaming = { passkeyId: string; name: string };

/** Calls one of a person's own passkeys something else; tells all their factors. */
export async function renamePasskey(
  tx: Tx,
  actor: Actor,
  { passkeyId, name }: Renaming,
  parts: SignInParts,
): Promise<z.input<typeof SecondFactors>> {
  const { numUpdatedRows } = await tx
    .updateTable('passkeys')
    .set({ name })
    .where('user_id', '=', actor.id)
    .where('id', '=', passkeyId)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) throw new Refusal('not_found');
  tx.record('factor.rename', [actor.id, passkeyId]);
  return getSecondFactors(tx, actor, parts);
}
