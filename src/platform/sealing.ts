import {
  createCipheriv,
  createDecipheriv,
  createSecretKey,
  hash,
  type KeyObject,
  randomBytes,
} from 'node:crypto';

const cipher = 'aes-256-gcm';
const keyBytes = 32;
const idBytes = 4;
const nonceBytes = 12;
const tagBytes = 16;

/**
 * Encrypts what must not be read in the database or a backup (AES-256-GCM). What was sealed for one context, such as a table,
 * column and row, does not open for another, so that a value cannot be moved from one row to the next.
 */
export type Sealing = {
  /** The name of the key that new values are sealed with; every one of them begins with it. */
  keyId: Buffer;
  seal: (plain: Uint8Array | string, context: string) => Buffer;
  /** Throws a `SealingError` when it was sealed with another key or for another context, or was changed since. */
  open: (sealed: Uint8Array, context: string) => Buffer;
};

/** A sealed value does not open. The message names no value. */
export class SealingError extends Error {}

/** Seals with the first key and opens with any of them, so that a key can be replaced while the product runs. */
export function sealingWith(keys: readonly [Buffer, ...Buffer[]]): Sealing {
  for (const key of keys) if (key.length !== keyBytes) throw new SealingError(`A key has ${keyBytes} bytes.`);
  // As an object of Node's, because it takes five times as long to begin with the bytes of a key.
  const named = keys.map((key) => ({ id: keyId(key), key: createSecretKey(key) }));
  const { id, key } = named[0] ?? { id: keyId(keys[0]), key: createSecretKey(keys[0]) };
  return {
    keyId: id,
    seal: (plain, context) => sealed({ id, key }, plain, context),
    open: (whole, context) => {
      const found = named.find(({ id }) => id.equals(whole.subarray(0, idBytes)));
      if (found) return opened(found.key, whole, context);
      const unknown = Buffer.from(whole.subarray(0, idBytes)).toString('hex');
      throw new SealingError(`The key ${unknown} is not among the keys of the configuration.`);
    },
  };
}

/** The name under which a key is known beside what it sealed. */
export const keyId = (key: Buffer): Buffer => hash('sha256', key, 'buffer').subarray(0, idBytes);

function sealed(
  { id, key }: { id: Buffer; key: KeyObject },
  plain: Uint8Array | string,
  context: string,
): Buffer {
  const nonce = randomOf(nonceBytes);
  const sealing = createCipheriv(cipher, key, nonce).setAAD(Buffer.from(context));
  const text = sealing.update(plain as string, 'utf8');
  // GCM holds nothing back: what `final` gives is empty.
  sealing.final();
  return Buffer.concat([id, nonce, sealing.getAuthTag(), text]);
}

const drawnAtOnce = 4_096;
let drawn = Buffer.alloc(0);

/** Random bytes, drawn from the system many at a time: a file of requests takes a key and a nonce for each. None is given twice. */
export function randomOf(length: number): Buffer {
  if (drawn.length < length) drawn = randomBytes(drawnAtOnce);
  const given = drawn.subarray(0, length);
  drawn = drawn.subarray(length);
  return given;
}

function opened(key: KeyObject, whole: Uint8Array, context: string): Buffer {
  const nonce = whole.subarray(idBytes, idBytes + nonceBytes);
  const tag = whole.subarray(idBytes + nonceBytes, idBytes + nonceBytes + tagBytes);
  const text = whole.subarray(idBytes + nonceBytes + tagBytes);
  try {
    const opening = createDecipheriv(cipher, key, nonce, { authTagLength: tagBytes });
    opening.setAAD(Buffer.from(context)).setAuthTag(tag);
    return Buffer.concat([opening.update(text), opening.final()]);
  } catch {
    throw new SealingError('A sealed value was changed, or belongs to another place.');
  }
}
