import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FieldFacts, readValue } from './field-types.ts';
import { currencies, decimalsOf, isAmount, isCurrency, maxAmount, showMoney } from './money.ts';

const factsOf = (currency: string): FieldFacts => ({ currency, maxLength: 30, options: {} });
const read = (typed: string, currency: string) => readValue('amount', typed, factsOf(currency));

describe('an amount that was typed', () => {
  it.each([
    ['12800', 'JPY', 12_800],
    ['12,800', 'JPY', 12_800],
    ['12,800円', 'JPY', 12_800],
    ['１２，８００円', 'JPY', 12_800],
    ['￥12,800', 'JPY', 12_800],
    ['¥ 12,800', 'JPY', 12_800],
    ['\\12,800', 'JPY', 12_800],
    ['JPY 12,800', 'JPY', 12_800],
    ['12800 jpy', 'JPY', 12_800],
    ['12,800.00', 'JPY', 12_800],
    ['0', 'JPY', 0],
    ['1,000,000,000,000', 'JPY', 1_000_000_000_000],
    ['12.8', 'USD', 1280],
    ['12.80', 'USD', 1280],
    ['$12.80', 'USD', 1280],
    ['US$1,234,567.89', 'USD', 123_456_789],
    ['USD 12', 'USD', 1200],
    ['０．０５', 'USD', 5],
    ['€12.80', 'EUR', 1280],
    ['12.345', 'KWD', 12_345],
    ['12.3450', 'KWD', 12_345],
    ['KWD 1,000.5', 'KWD', 1_000_500],
  ])('%s in %s is %i minor units', (typed, currency, value) => {
    expect(read(typed, currency)).toEqual({ value: { value, currency } });
  });

  it.each([
    ['-1', 'JPY', 'not_an_amount'],
    ['12,80', 'USD', 'not_an_amount'],
    ['1,2800', 'JPY', 'not_an_amount'],
    ['1.280,00', 'EUR', 'not_an_amount'],
    ['$12', 'JPY', 'not_an_amount'],
    ['12円', 'USD', 'not_an_amount'],
    ['USD 12', 'JPY', 'not_an_amount'],
    ['約12,800円', 'JPY', 'not_an_amount'],
    ['1e3', 'JPY', 'not_an_amount'],
    ['.5', 'USD', 'not_an_amount'],
    ['1,000,000,000,001', 'JPY', 'not_an_amount'],
    ['10,000,000,000.01', 'USD', 'not_an_amount'],
    ['12.8', 'JPY', 'fraction_too_fine'],
    ['12.805', 'USD', 'fraction_too_fine'],
    ['12.3456', 'KWD', 'fraction_too_fine'],
  ])('%s in %s is %s', (typed, currency, code) => {
    expect(read(typed, currency)).toMatchObject({ problem: { code } });
  });

  it('tells how many decimal places the currency has', () => {
    expect(read('12.805', 'USD')).toEqual({
      problem: { code: 'fraction_too_fine', params: { currency: 'USD', decimals: 2 } },
    });
  });
});

describe('an amount that was sent', () => {
  it('is money in the payment\u2019s currency, in minor units', () => {
    const sent = { value: 1280, currency: 'USD' };
    expect(readValue('amount', sent, factsOf('USD'))).toEqual({ value: sent });
    expect(readValue('amount', sent, factsOf('JPY'))).toMatchObject({ problem: { code: 'wrong_currency' } });
  });

  it.each([12.8, -1, Number.NaN, 1e15, '1280', null, undefined])('has no value %s', (value) => {
    expect(readValue('amount', { value, currency: 'JPY' }, factsOf('JPY'))).toMatchObject({
      problem: { code: 'not_minor_units' },
    });
  });

  it('is no bare number, which could be yen or cents', () => {
    expect(readValue('amount', 1280, factsOf('USD'))).toMatchObject({ problem: { code: 'wrong_form' } });
  });
});

describe('an amount that is shown', () => {
  it.each([
    [12_800, 'JPY', '12,800円', 'JPY 12,800'],
    [0, 'JPY', '0円', 'JPY 0'],
    [1_000_000, 'JPY', '1,000,000円', 'JPY 1,000,000'],
    [5, 'USD', 'USD 0.05', 'USD 0.05'],
    [1280, 'USD', 'USD 12.80', 'USD 12.80'],
    [123_456_789, 'USD', 'USD 1,234,567.89', 'USD 1,234,567.89'],
    [12_345, 'KWD', 'KWD 12.345', 'KWD 12.345'],
    [12_345, 'CLF', 'CLF 1.2345', 'CLF 1.2345'],
    [999, 'KRW', 'KRW 999', 'KRW 999'],
  ])('%i %s is %s, %s', (value, currency, ja, en) => {
    expect(showMoney({ value, currency }, 'ja')).toBe(ja);
    expect(showMoney({ value, currency }, 'en')).toBe(en);
  });

  it('reads back as it was', () => {
    const money = fc.record({
      value: fc.integer({ min: 0, max: maxAmount }),
      currency: fc.constantFrom(...currencies),
    });
    fc.assert(
      fc.property(money, fc.constantFrom('ja', 'en'), (value, locale) => {
        expect(read(showMoney(value, locale), value.currency)).toEqual({ value });
      }),
      { numRuns: 2000 },
    );
  });
});

describe('currencies', () => {
  it.each([
    ['JPY', 0],
    ['KRW', 0],
    ['VND', 0],
    ['ISK', 0],
    ['USD', 2],
    ['EUR', 2],
    ['TWD', 2],
    ['HUF', 2],
    ['XCG', 2],
    ['BHD', 3],
    ['KWD', 3],
    ['TND', 3],
    ['CLF', 4],
  ])('%s has %i decimal places', (currency, places) => {
    expect(decimalsOf(currency)).toBe(places);
  });

  it('are the ones in use, each once', () => {
    expect(new Set(currencies).size).toBe(currencies.length);
    expect(currencies.every((code) => /^[A-Z]{3}$/.test(code))).toBe(true);
    expect(['ANG', 'BGN', 'DEM', 'HRK', 'XXX', 'jpy', ''].filter(isCurrency)).toEqual([]);
    expect(() => decimalsOf('HRK')).toThrow('HRK is no ISO 4217 currency');
  });

  it('go up to a million million minor units, whole', () => {
    expect([0, maxAmount].map(isAmount)).toEqual([true, true]);
    expect([-1, 0.5, maxAmount + 1, Number.NaN, Infinity, '1', null].some(isAmount)).toBe(false);
  });
});
