import { createHmac, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placeOf } from './sealed-columns.ts';
import { SealingError, sealingWith } from './sealing.ts';
import { hmacWith, vaultWith } from './vault.ts';

const [before, now] = [randomBytes(32), randomBytes(32)];
const vault = vaultWith(sealingWith([now, before]), randomBytes(32));
const caseId = '261124-8F3-KQ2-ZN5';
const place = placeOf('drafts.sealed_content', caseId, 1);

describe('a vault', () => {
  it('gives every case a key of its own, which opens only as the key of that case', () => {
    const { key, wrapped } = vault.newCaseKey(caseId);
    const sealed = key.seal('山田 花子', place);

    expect(vault.caseKey(caseId, wrapped).open(sealed, place).toString()).toBe('山田 花子');
    expect(() => vault.caseKey('261124-8F3-KQ2-ZN6', wrapped)).toThrow(SealingError);
    expect(() => vault.newCaseKey(caseId).key.open(sealed, place)).toThrow(SealingError);
  });

  it('opens keys that were wrapped with the key before', () => {
    const { key, wrapped } = vaultWith(sealingWith([before]), randomBytes(32)).newCaseKey(caseId);
    expect(vault.caseKey(caseId, wrapped).open(key.seal('x', place), place).toString()).toBe('x');
  });

  it('names places so that no two are the same', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), fc.array(fc.string()), (one, other) => {
        const isSame = one.length === other.length && one.every((id, index) => id === other[index]);
        const places = [one, other].map((ids) => placeOf('idempotency_keys.sealed_body', ...ids));
        expect(places[0] === places[1]).toBe(isSame);
      }),
      { numRuns: 1_000 },
    );
  });

  it('has one blind index for a value, another for each other, and none without its key', () => {
    const other = vaultWith(sealingWith([now]), randomBytes(32));
    fc.assert(
      fc.property(fc.string(), fc.string(), (one, two) => {
        expect(vault.indexOf('x', one).equals(vault.indexOf('x', two))).toBe(one === two);
        expect(vault.indexOf('x', one).equals(vault.indexOf('y', one))).toBe(false);
        expect(vault.indexOf('x', one).equals(other.indexOf('x', one))).toBe(false);
      }),
      { numRuns: 1_000 },
    );
  });

  it('computes the HMAC that Node does', () => {
    const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
    fc.assert(
      fc.property(bytes(32), fc.uint8Array({ maxLength: 300 }), (key, message) => {
        const expected = createHmac('sha256', key).update(message).digest();
        expect(hmacWith(Buffer.from(key))(Buffer.from(message))).toEqual(expected);
      }),
      { numRuns: 1_000 },
    );
  });
});
