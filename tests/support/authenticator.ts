import { createHash, createSign, generateKeyPairSync, type JsonWebKey, randomBytes } from 'node:crypto';

type Asked = { challenge: string };
type Odd = { origin?: string; rpId?: string; challenge?: string; isVerified?: boolean; count?: number };

/** A passkey in software, for one site: makes and signs what a browser would, right or, where a test wants, wrong. */
export function anAuthenticator(origin: string) {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const id = randomBytes(32);
  let counted = 0;
  const clientData = (type: string, { challenge }: Asked, odd: Odd): Buffer =>
    Buffer.from(
      JSON.stringify({
        type,
        challenge: odd.challenge ?? challenge,
        origin: odd.origin ?? origin,
        crossOrigin: false,
      }),
    );
  const authData = (odd: Odd, attested: Buffer): Buffer => {
    const flags = 0x01 | (odd.isVerified === false ? 0 : 0x04) | (attested.length > 0 ? 0x40 : 0);
    const count = Buffer.alloc(4);
    count.writeUInt32BE(odd.count ?? counted);
    return Buffer.concat([
      sha256(odd.rpId ?? new URL(origin).hostname),
      Buffer.from([flags]),
      count,
      attested,
    ]);
  };
  return {
    make: (asked: Asked, odd: Odd = {}) => {
      const length = Buffer.alloc(2);
      length.writeUInt16BE(id.length);
      const attested = Buffer.concat([
        Buffer.alloc(16),
        length,
        id,
        coseKey(publicKey.export({ format: 'jwk' })),
      ]);
      return {
        id: id.toString('base64url'),
        rawId: id.toString('base64url'),
        type: 'public-key',
        clientExtensionResults: {},
        response: {
          clientDataJSON: clientData('webauthn.create', asked, odd).toString('base64url'),
          attestationObject: attestation(authData(odd, attested)).toString('base64url'),
          transports: ['internal'],
        },
      };
    },
    sign: (asked: Asked, odd: Odd = {}) => {
      counted += 1;
      const data = clientData('webauthn.get', asked, odd);
      const auth = authData(odd, Buffer.alloc(0));
      const signature = createSign('sha256')
        .update(Buffer.concat([auth, sha256(data)]))
        .sign(privateKey);
      return {
        id: id.toString('base64url'),
        rawId: id.toString('base64url'),
        type: 'public-key',
        clientExtensionResults: {},
        response: {
          clientDataJSON: data.toString('base64url'),
          authenticatorData: auth.toString('base64url'),
          signature: signature.toString('base64url'),
        },
      };
    },
  };
}

const sha256 = (data: string | Buffer): Buffer => createHash('sha256').update(data).digest();

/** CBOR by hand: {1: 2, 3: -7, -1: 1, -2: x, -3: y}, an ES256 key. */
function coseKey({ x = '', y = '' }: JsonWebKey): Buffer {
  const bytes = (value: string): Buffer =>
    Buffer.concat([Buffer.from([0x58, 0x20]), Buffer.from(value, 'base64url')]);
  const head = Buffer.from([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21]);
  return Buffer.concat([head, bytes(x), Buffer.from([0x22]), bytes(y)]);
}

/** CBOR by hand: {"fmt": "none", "attStmt": {}, "authData": …}. */
function attestation(authData: Buffer): Buffer {
  const text = (value: string): Buffer =>
    Buffer.concat([Buffer.from([0x60 + value.length]), Buffer.from(value)]);
  const length = Buffer.from([0x59, authData.length >> 8, authData.length & 0xff]);
  const none = [text('fmt'), text('none'), text('attStmt'), Buffer.from([0xa0])];
  return Buffer.concat([Buffer.from([0xa3]), ...none, text('authData'), length, authData]);
}
