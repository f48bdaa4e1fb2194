import { hash, randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { Database } from './database.ts';
import { placeOf } from './sealed-columns.ts';
import { randomOf, type Sealing, SealingError, sealingWith } from './sealing.ts';

/**
 * Where personal data is sealed and opened. Every case has a key of its own, which is stored wrapped by the key of the
 * configuration: with the case's key goes everything that was sealed with it. What belongs to no case is sealed directly.
 */
export type Vault = Sealing & {
  /** A key for a new case, and how it is stored. */
  newCaseKey: (caseId: string) => { key: Sealing; wrapped: Buffer };
  caseKey: (caseId: string, wrapped: Uint8Array) => Sealing;
  /**
   * A blind index: the same for the same value, so that it can be looked for, and nothing that can be guessed at without the
   * key. It stays the same when the key of the configuration is replaced.
   */
  indexOf: (what: string, value: string | Uint8Array) => Buffer;
};

/** The database was encrypted with another key; the message says how to mend it. */
export class WrongKeyError extends Error {}

const indexKeyName = 'index';

/**
 * Opens the vault of a database, as its owner. The key of the blind indexes is made at the first start and stored sealed, so
 * that it also tells whether the configuration has the right key: nothing starts with another.
 */
export async function openVault(owner: Database, sealing: Sealing): Promise<Vault> {
  const place = placeOf('data_keys.wrapped_key', indexKeyName);
  await owner
    .insertInto('data_keys')
    .values({ name: indexKeyName, wrapped_key: sealing.seal(randomBytes(32), place) })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const { rows } = await sql<{ wrapped_key: Buffer }>`
    select wrapped_key from data_keys where name = ${indexKeyName}`.execute(owner);
  const wrapped = rows[0]?.wrapped_key ?? Buffer.alloc(0);
  return vaultWith(sealing, opened(sealing, wrapped, place));
}

function opened(sealing: Sealing, wrapped: Buffer, place: string): Buffer {
  try {
    return sealing.open(wrapped, place);
  } catch (error) {
    if (!(error instanceof SealingError)) throw error;
    throw new WrongKeyError(
      `DATA_KEY is not the key this database is encrypted with (that one is known as ${wrapped.toString('hex', 0, 4)}, ` +
        `DATA_KEY as ${sealing.keyId.toString('hex')}). Set the right one, or name it in DATA_KEY_BEFORE while the key is ` +
        'being replaced. Nothing was changed.',
    );
  }
}

/** A vault with the key of its blind indexes at hand. */
export function vaultWith(sealing: Sealing, indexKey: Buffer): Vault {
  const hmac = hmacWith(indexKey);
  return {
    ...sealing,
    newCaseKey: (caseId) => {
      const key = randomOf(32);
      return { key: sealingWith([key]), wrapped: sealing.seal(key, keyPlace(caseId)) };
    },
    caseKey: (caseId, wrapped) => sealingWith([sealing.open(wrapped, keyPlace(caseId))]),
    indexOf: (what, value) => hmac(Buffer.concat([Buffer.from(`${what}\0`), Buffer.from(value as string)])),
  };
}

/** HMAC-SHA-256 (RFC 2104), in two hashes at one go each: a tenth of what Node's own takes, twice for every request taken in. */
export function hmacWith(key: Buffer): (message: Buffer) => Buffer {
  const block = Buffer.concat([key, Buffer.alloc(64 - key.length)]);
  const [inner, outer] = [0x36, 0x5c].map((pad) => block.map((byte) => byte ^ pad)) as [Buffer, Buffer];
  return (message) =>
    hash(
      'sha256',
      Buffer.concat([outer, hash('sha256', Buffer.concat([inner, message]), 'buffer')]),
      'buffer',
    );
}

function closed(): never {
  throw new SealingError('No key was given: nothing can be sealed or opened here.');
}

/** For work that has to do with nothing personal, such as verifying the audit trail: it needs no key. */
export const noVault: Vault = {
  keyId: Buffer.alloc(0),
  seal: closed,
  open: closed,
  newCaseKey: closed,
  caseKey: closed,
  indexOf: closed,
};

const keyPlace = (caseId: string): string => placeOf('case_keys.wrapped_key', caseId);
