import { sql } from 'kysely';
import type { z } from 'zod';
import type { KeyScope } from '#src/domain/api-keys.ts';
import { Refusal } from '#src/domain/refusals.ts';
import type { Actor } from '#src/platform/actor.ts';
import type { Tx } from '#src/platform/transaction.ts';
import { addApiKey } from './add-api-key.ts';
import { getKey } from './find-keys.ts';
import { newKey, requireGivable } from './issue-key.ts';
import type { IssuedKey, Rotation } from './key-schemas.ts';
import { lockKey } from './lock-key.ts';

/**
 * Has a new key take the place of one that works, with the same owner, rights and services. The old one works on for the overlap
 * and never longer than it would have; it has one successor only.
 */
export async function rotateKey(
  tx: Tx,
  actor: Actor,
  { keyId, overlapDays, expiresInDays }: z.output<typeof Rotation> & { keyId: string },
): Promise<z.input<typeof IssuedKey>> {
  const { name, owner, rights, sids } = await lockReplaceable(tx, actor, keyId);
  // Who makes the new key can use it, so it may hold no more than they do.
  requireGivable(actor, owner, rights as KeyScope[]);
  const secret = newKey();
  const added = { key: secret, name, owner, rights, sids, days: expiresInDays };
  const id = await addApiKey(tx, { ...added, createdBy: actor.id });
  await tx
    .updateTable('api_keys')
    .set({
      replaced_by: id,
      expires_at: sql<Date>`least(expires_at, now() + make_interval(days => ${overlapDays}))`,
    })
    .where('id', '=', keyId)
    .execute();
  tx.record('key.rotate', [keyId, id], { overlapDays });
  return { apiKey: await getKey(tx, actor, id), secret };
}

async function lockReplaceable(tx: Tx, actor: Actor, keyId: string) {
  const key = await lockKey(tx, actor, keyId);
  const isOver = key.expiresAt !== null && key.expiresAt <= new Date();
  if (key.revokedAt !== null || isOver || key.replacedBy !== null) throw new Refusal('key_not_active');
  return key;
}
