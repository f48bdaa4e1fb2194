import { Refusal } from '#src/domain/refusals.ts';
import type { Actor } from '#src/platform/actor.ts';
import type { Tx } from '#src/platform/transaction.ts';
import { getKey } from './find-keys.ts';
import { lockKey } from './lock-key.ts';

/** Calls a key something else, unless it was revoked. Of two people who do it at the same time, the later one's name stays. */
export async function renameKey(tx: Tx, actor: Actor, { keyId, name }: { keyId: string; name: string }) {
  const { revokedAt } = await lockKey(tx, actor, keyId);
  if (revokedAt !== null) throw new Refusal('key_not_active');
  await tx.updateTable('api_keys').set({ name }).where('id', '=', keyId).execute();
  tx.record('key.rename', [keyId]);
  return getKey(tx, actor, keyId);
}
