import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { currencies, decimalsOf, maxAmount } from './money.ts';
import { readDecimal, readInstant, readMinorUnits } from './provider-values.ts';

const runs = { numRuns: 1000 };

describe('an amount', () => {
  it('written as a decimal number is what was counted, in every currency', () => {
    const amount = fc.record({
      value: fc.integer({ min: 0, max: maxAmount }),
      currency: fc.constantFrom(...currencies),
    });
    fc.assert(
      fc.property(amount, fc.nat(3), ({ value, currency }, noughts) => {
        const places = decimalsOf(currency);
        const digits = String(value).padStart(places + 1, '0');
        const fraction = digits.slice(digits.length - places) + '0'.repeat(noughts);
        const whole = digits.slice(0, digits.length - places);
        const decimal = places + noughts === 0 ? digits : `${whole}.${(places === 0 ? '' : fraction) || '0'}`;
        expect(readDecimal({ decimal, currency: currency.toLowerCase() }, '')).toEqual({
          value: { value, currency },
        });
      }),
      runs,
    );
  });

  it('is never rounded', () => {
    expect(readDecimal({ decimal: '12800.50', currency: 'JPY' }, '/a')).toMatchObject({
      problem: { code: 'fraction_too_fine' },
    });
    expect(readMinorUnits('stripe', { value: 12.5, currency: 'usd' }, '/a')).toMatchObject({
      problem: { code: 'not_minor_units' },
    });
    expect(readMinorUnits('stripe', { value: 1001, currency: 'ISK' }, '/a')).toMatchObject({
      problem: { code: 'fraction_too_fine' },
    });
    for (const decimal of ['1,280', '-1', '1e3', '', ' ', '１２', '1.', '.5', 12])
      expect(readDecimal({ decimal, currency: 'JPY' }, '/a')).toMatchObject({
        problem: { code: 'not_an_amount' },
      });
  });

  it('is counted as each provider counts', () => {
    const counted = (kind: string, value: number, currency: string) =>
      readMinorUnits(kind, { value, currency }, '');
    expect(counted('stripe', 12800, 'jpy')).toEqual({ value: { value: 12800, currency: 'JPY' } });
    expect(counted('stripe', 500, 'mga')).toEqual({ value: { value: 50000, currency: 'MGA' } });
    expect(counted('stripe', 500, 'isk')).toEqual({ value: { value: 5, currency: 'ISK' } });
    // Without decimals by ISO 4217, with two at Stripe: 「to charge 5 UGX, provide an amount value of 500」
    expect(counted('stripe', 500, 'ugx')).toEqual({ value: { value: 5, currency: 'UGX' } });
    expect(counted('stripe', 505, 'ugx')).toHaveProperty('problem.code', 'fraction_too_fine');
    expect(counted('adyen', 500, 'IDR')).toEqual({ value: { value: 50000, currency: 'IDR' } });
    expect(counted('adyen', 500, 'CLP')).toEqual({ value: { value: 5, currency: 'CLP' } });
    expect(counted('adyen', 500, 'KWD')).toEqual({ value: { value: 500, currency: 'KWD' } });
  });
});

describe('an instant', () => {
  const instant = fc.date({ min: new Date('2000-01-01'), max: new Date('2090-01-01'), noInvalidDate: true });

  it('is the same however it is written', () => {
    fc.assert(
      fc.property(instant, (date) => {
        const seconds = Math.floor(date.getTime() / 1000);
        const text = new Date(seconds * 1000).toISOString();
        const expected = readInstant(seconds, '', 'past');
        const tokyo = new Date(seconds * 1000 + 9 * 3_600_000).toISOString().slice(0, 19);
        for (const each of [text, `${tokyo}+09:00`, `${tokyo}+0900`, tokyo, tokyo.replace('T', ' ')])
          expect(readInstant(each, '', 'past')).toEqual(expected);
        expect(new Date((expected as { value: string }).value).getTime()).toBe(seconds * 1000);
      }),
      runs,
    );
  });

  it('of a day alone is its end where something is due, in Asia/Tokyo', () => {
    expect(readInstant('2026-11-27', '', 'due')).toEqual({ value: '2026-11-27T23:59:59+09:00' });
    expect(readInstant('2026/11/7', '', 'past')).toEqual({ value: '2026-11-07T00:00:00+09:00' });
  });

  it('that stands for none is none, and what is no instant is told', () => {
    for (const none of [null, undefined, '', '  ', '1899-11-30', '1899-12-30T00:00:00', '0000-00-00'])
      expect(readInstant(none, '', 'due')).toEqual({ value: null });
    for (const wrong of [
      '2026-02-30',
      '2026-13-01',
      'tomorrow',
      '27.11.2026',
      '2026-11-27T25:00:00Z',
      true,
      {},
      Number.NaN,
      1e15,
    ])
      expect(readInstant(wrong, '/x', 'due')).toEqual({ problem: { pointer: '/x', code: 'not_an_instant' } });
  });
});
