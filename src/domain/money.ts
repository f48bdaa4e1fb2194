import type { Locale } from './text.ts';

/** An amount in the currency's ISO 4217 minor units: 12,800 yen is `{ value: 12800, currency: 'JPY' }`, 12.80 dollars `{ value: 1280, currency: 'USD' }`. */
export type Money = { value: number; currency: string };

/** The largest amount accepted, in minor units. */
export const maxAmount = 1_000_000_000_000;

const noDecimals = 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF';
const threeDecimals = 'BHD IQD JOD KWD LYD OMR TND';
const fourDecimals = 'CLF UYW';
const twoDecimals =
  'AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC CUP CVE CZK ' +
  'DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD ' +
  'KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP ' +
  'PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH ' +
  'USD UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG';

const decimals = new Map<string, number>(
  Object.entries({ 0: noDecimals, 2: twoDecimals, 3: threeDecimals, 4: fourDecimals }).flatMap(
    ([places, codes]) => codes.split(' ').map((code) => [code, Number(places)] as const),
  ),
);

/** Every ISO 4217 currency in use. Ours, because ICU's digits differ from ISO's for a dozen of them. */
export const currencies: readonly string[] = [...decimals.keys()].sort();

export const isCurrency = (code: string): boolean => decimals.has(code);

/** How many decimal places a currency has: 0 for JPY, 2 for USD, 3 for KWD. */
export function decimalsOf(currency: string): number {
  const places = decimals.get(currency);
  if (places === undefined) throw new RangeError(`${currency} is no ISO 4217 currency`);
  return places;
}

/** Whether the value is an amount in minor units that the product takes: a whole number from 0 to `maxAmount`. */
export const isAmount = (value: unknown): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= maxAmount;

/** An amount as people read it: `12,800円`, `USD 12.80`. */
export function showMoney({ value, currency }: Money, locale: Locale): string {
  const places = decimalsOf(currency);
  const digits = String(value).padStart(places + 1, '0');
  const whole = digits.slice(0, digits.length - places).replace(/\B(?=(\d{3})+$)/g, ',');
  const amount = places === 0 ? whole : `${whole}.${digits.slice(-places)}`;
  return currency === 'JPY' && locale === 'ja' ? `${amount}円` : `${currency} ${amount}`;
}
