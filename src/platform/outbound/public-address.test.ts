import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isPublicAddress } from './public-address.ts';

const byte = fc.integer({ min: 0, max: 255 });
const ipv4 = fc.tuple(byte, byte, byte, byte).map((bytes) => bytes.join('.'));
const group = fc.integer({ min: 0, max: 0xffff });

describe('a public address', () => {
  it.each([
    '1.1.1.1',
    '93.184.216.34',
    '172.15.0.1',
    '172.32.0.1',
    '100.63.0.1',
    '2606:4700::1111',
    '2400::1',
  ])('is %s', (address) => expect(isPublicAddress(address)).toBe(true));

  it.each([
    '',
    'localhost',
    '1.1.1',
    '1.1.1.1.1',
    '1.1.1.256',
    '01.1.1.1',
    'fe80::1%eth0',
    '2606:4700::1%1',
    '::g',
  ])('is not %j', (address) => expect(isPublicAddress(address)).toBe(false));

  it('is never one of IPv6 that carries one of IPv4', () => {
    fc.assert(
      fc.property(ipv4, (inside) => {
        const [a = 0, b = 0, c = 0, d = 0] = inside.split('.').map(Number);
        const hex = `${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
        const carriers = [
          `::ffff:${inside}`,
          `::${hex}`,
          `64:ff9b::${hex}`,
          `64:ff9b:1::${hex}`,
          `2002:${hex}::1`,
        ];
        for (const carrier of carriers) expect(isPublicAddress(carrier), carrier).toBe(false);
      }),
      { numRuns: 1000 },
    );
  });

  it('of IPv6 begins with 2 or 3', () => {
    fc.assert(
      fc.property(fc.array(group, { minLength: 8, maxLength: 8 }), (groups) => {
        const address = groups.map((each) => each.toString(16)).join(':');
        if (isPublicAddress(address)) expect((groups[0] ?? 0) >> 13).toBe(1);
      }),
      { numRuns: 2000 },
    );
  });
});
