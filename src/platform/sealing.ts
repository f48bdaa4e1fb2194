import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

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
  const byId = new Map(keys.map((key) => [keyId(key).toString('hex'), key]));
  const [key] = keys;
  const id = keyId(key);
  return {
    keyId: id,
    seal: (plain, context) => Buffer.concat([id, sealed(key, plain, context)]),
    open: (whole, context) => {
      const id = Buffer.from(whole.subarray(0, idBytes)).toString('hex');
      const key = byId.get(id);
      if (!key) throw new SealingError(`The key ${id} is not among the keys of the configuration.`);
      return opened(key, whole, context);
    },
  };
}

/** The name under which a key is known beside what it sealed. */
export const keyId = (key: Buffer): Buffer => createHash('sha256').update(key).digest().subarray(0, idBytes);

function sealed(key: Buffer, plain: Uint8Array | string, context: string): Buffer {
  const nonce = randomBytes(nonceBytes);
  const sealing = createCipheriv(cipher, key, nonce).setAAD(Buffer.from(context));
  const text = Buffer.concat([sealing.update(plain as string, 'utf8'), sealing.final()]);
  return Buffer.concat([nonce, sealing.getAuthTag(), text]);
}

function opened(key: Buffer, whole: Uint8Array, context: string): Buffer {
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
