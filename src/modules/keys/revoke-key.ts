import { sql } from 'kysely';
import type { Actor } from '#src/platform/actor.ts';
import type { Tx } from '#src/platform/transaction.ts';
import { getKey } from './find-keys.ts';
import { lockKey } from './lock-key.ts';

/** Ends a key for good: every process asks the database for each request, so its next one is refused. Done twice it is done once. */
export async function revokeKey(tx: Tx, actor: Actor, { keyId }: { keyId: string }) {
  const { revokedAt } = await lockKey(tx, actor, keyId);
  if (revokedAt === null) {
    await tx.updateTable('api_keys').set({ disabled_at: sql<Date>`now()` }).where('id', '=', keyId).execute();
  }
  tx.record('key.revoke', [keyId]);
  return getKey(tx, actor, keyId);
}
