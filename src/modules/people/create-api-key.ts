import type { Right } from '#src/domain/rights.ts';
import { newId } from '#src/platform/ids.ts';
import type { Tx } from '#src/platform/transaction.ts';
import { tokenHash } from './tokens.ts';

export type NewApiKey = { key: string; name: string; rights: readonly Right[] } & (
  | { institutionId: string }
  | { mid: string }
);

/** Adds a key for an institution's or a merchant's system. Only its hash is stored. */
export async function createApiKey(tx: Tx, { key, name, rights, ...owner }: NewApiKey): Promise<void> {
  const id = newId();
  await tx
    .insertInto('api_keys')
    .values({
      id,
      prefix: key.slice(0, 8),
      key_hash: tokenHash(key),
      name,
      rights: [...rights],
      institution_id: 'institutionId' in owner ? owner.institutionId : null,
      mid: 'mid' in owner ? owner.mid : null,
    })
    .execute();
  tx.record('key.create', [id]);
}
