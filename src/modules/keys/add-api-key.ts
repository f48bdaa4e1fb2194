import { sql } from 'kysely';
import type { Right } from '#src/domain/rights.ts';
import { tokenHash } from '#src/modules/people/index.ts';
import { newId } from '#src/platform/ids.ts';
import type { Tx } from '#src/platform/transaction.ts';
import type { KeyOwner } from './key-schemas.ts';

export type AddedKey = {
  key: string;
  name: string;
  owner: KeyOwner;
  rights: readonly Right[];
  sids?: readonly string[] | null;
  /** Null for a key that ends only when it is revoked, such as the demo's. */
  days?: number | null;
  createdBy?: string;
};

const shownLength = 12;

/** Stores a key, of which only its hash and its first letters stay; returns its id. */
export async function addApiKey(tx: Tx, added: AddedKey): Promise<string> {
  const { key, name, owner, rights, sids = null, days = null, createdBy = null } = added;
  const id = newId();
  await tx
    .insertInto('api_keys')
    .values({
      id,
      prefix: key.slice(0, shownLength),
      key_hash: tokenHash(key),
      name,
      rights: [...rights],
      institution_id: owner.kind === 'institution' ? owner.institutionId : null,
      mid: owner.kind === 'merchant' ? owner.mid : null,
      sids: sids && [...sids],
      created_by: createdBy,
      expires_at: days === null ? null : sql<Date>`now() + make_interval(days => ${days})`,
    })
    .execute();
  tx.record('key.create', [id]);
  return id;
}
