import { Refusal } from '#src/domain/refusals.ts';
import type { Actor } from '#src/platform/actor.ts';
import type { Tx } from '#src/platform/transaction.ts';
import { keysOf, ownerOf } from './find-keys.ts';

/** Holds a key that the actor looks after until the transaction ends; another tenant's is not found. */
export async function lockKey(tx: Tx, actor: Actor, keyId: string) {
  const row = await tx
    .selectFrom('api_keys')
    .select(['id', 'name', 'rights', 'sids', 'mid', 'institution_id as institutionId'])
    .select(['disabled_at as revokedAt', 'expires_at as expiresAt', 'replaced_by as replacedBy'])
    .where('id', '=', keyId)
    .where(keysOf(actor))
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw new Refusal('not_found');
  const { mid, institutionId, ...key } = row;
  return { ...key, owner: ownerOf({ mid, institutionId }) };
}
