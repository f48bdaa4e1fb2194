import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';

const seedBytes = 32;
/** What stands before the 32 bytes of an Ed25519 key in PKCS #8 (RFC 8410). */
const pkcs8Start = Buffer.from('302e020100300506032b657004220420', 'hex');

/** Signs what has to be believed outside of the product (Ed25519). The public half checks it without the product. */
export type Signing = { sign: (text: string) => string; publicKey: PublicKey };

/** A key that signatures are checked with, and the name it goes by. */
export type PublicKey = {
  id: string;
  pem: string;
  isSignatureOf: (signature: string, text: string) => boolean;
};

/** Signs with the key that these 32 secret bytes make. */
export function signingWith(seed: Buffer): Signing {
  if (seed.length !== seedBytes) throw new RangeError(`A key for signatures has ${seedBytes} bytes.`);
  const key = createPrivateKey({ key: Buffer.concat([pkcs8Start, seed]), format: 'der', type: 'pkcs8' });
  return {
    sign: (text) => sign(null, Buffer.from(text), key).toString('base64'),
    publicKey: withKey(createPublicKey(key)),
  };
}

/** Reads a public key from its PEM text, as `npm run audit:key` prints it. */
export const readPublicKey = (pem: string): PublicKey => withKey(createPublicKey(pem));

function withKey(key: KeyObject): PublicKey {
  const der = key.export({ type: 'spki', format: 'der' });
  return {
    id: createHash('sha256').update(der).digest('hex').slice(0, 16),
    pem: key.export({ type: 'spki', format: 'pem' }).toString(),
    isSignatureOf: (signature, text) =>
      verify(null, Buffer.from(text), key, Buffer.from(signature, 'base64')),
  };
}
