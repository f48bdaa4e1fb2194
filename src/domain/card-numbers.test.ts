import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasCardNumber } from './card-numbers.ts';

/** Numbers that the brands publish for tests. */
const testNumbers = {
  Visa: ['4111111111111111', '4012888888881881', '4242424242424242', '4222222222222'],
  Mastercard: ['5555555555554444', '5105105105105100', '2223003122003222', '2720992593319364'],
  'American Express': ['378282246310005', '371449635398431'],
  JCB: ['3530111333300000', '3566002020360505'],
  'Diners Club': ['30569309025904', '38520000023237', '36227206271667'],
  Discover: ['6011111111111117', '6011000990139424'],
  UnionPay: ['6200000000000005', '6205500000000000004'],
  Maestro: ['6759649826438453', '6304000000000000'],
};
const visa = ['4111', '1111', '1111', '1111'];
const fullWidth = (value: string): string =>
  value.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0));

describe('a card number is seen', () => {
  it.each(Object.entries(testNumbers).flatMap(([brand, all]) => all.map((number) => [brand, number])))(
    '%s %s',
    (_, number = '') => {
      expect(hasCardNumber(number)).toBe(true);
      expect(hasCardNumber(`カード番号は${number}です。`)).toBe(true);
      expect(hasCardNumber(fullWidth(number))).toBe(true);
    },
  );

  it.each([
    ['spaces', ' '],
    ['ideographic spaces', '\u3000'],
    ['no-break spaces', '\u00a0'],
    ['line breaks', '\r\n'],
    ['hyphens', '-'],
    ['hyphens of other kinds', '\u2010'],
    ['dashes', ' – '],
    ['minus signs', '−'],
    ['full-width hyphens', '－'],
    ['long vowel marks', 'ー'],
    ['half-width long vowel marks', 'ｰ'],
    ['middle dots', '・'],
    ['dots', '.'],
    ['slashes', '/'],
    ['zero-width spaces', '\u200b'],
    ['zero-width joiners and spaces', ' \u200d\u2060\ufeff '],
    ['soft hyphens', '\u00ad'],
    ['directional marks', '\u202d'],
    ['variation selectors', '\ufe0f'],
  ])('through %s', (_, separator) => {
    expect(hasCardNumber(visa.join(separator))).toBe(true);
  });

  it.each([
    ['with a marked digit', '4\u033311\u030a1111111111111'],
    ['digit by digit', '4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1'],
    ['in circles', '④①①①①①①①①①①①①①①①'],
    ['in the groups of American Express', '3782 822463 10005'],
    ['with its expiry', '4111 1111 1111 1111 12/29'],
    ['in printed groups with other separators', '4111-1111 1111-1111'],
    ['in printed groups over two lines', '3782 822463\n10005'],
    ['in the printed groups of Diners Club', '3852-000002 3237'],
    ['in printed groups of nineteen digits', '6205-5000 0000-0000 004'],
    ['behind other numbers', '2026-11-23 03-1234-5678 4111-1111-1111-1111'],
    ['behind a number that it does not belong to', 'No.1 4111 1111 1111 1111'],
    ['with letters next to it', 'VISA4111111111111111CVC'],
    ['in a URL', 'https://example.jp/?card=4111111111111111'],
  ])('%s', (_, value) => {
    expect(hasCardNumber(value)).toBe(true);
  });
});

describe('no card number is seen', () => {
  it.each([
    ['in an empty text', ''],
    ['in the last four digits', 'VISA **** **** **** 1111'],
    ['in the first six and the last four', '411111******1111'],
    ['in a wrong check digit', '4111111111111112'],
    ['in digits apart', '4111、1111、1111、1111'],
    ['in a tracking id', '20261101000123'],
    ['in tracking ids', '11597597988608 11593927540581 11604020914549'],
    ['in days', '2026-11-01 2026-11-23 2026/10/31 20261231'],
    ['in a stay', '2026.10.01 - 2026.10.08'],
    ['in an instant', '2026-11-27T23:59:59+09:00'],
    ['in phone numbers', '03-1234-5678 090-1234-5678 0120-123-456 +81-3-1234-5678'],
    ['in a postcode and a phone number', '465-0001 03-1234-5678'],
    ['in a JAN code', '4901234567894'],
    ['in a JAN code that is right both ways', '4900000000023'],
    ['in a case number', '261124-8F3-KQ2-ZN5'],
    ['in a case number of digits', '261124-123-456-789'],
    ['in MID-SID', '12345-001 67890-001'],
    ['in several MID-SID', '45678-001 45678-009'],
    ['in order ids', 'A-20261101-7 MB-0047610 SUB-002560-01'],
    ['in a reference', 'JCB-2026-000123'],
    ['in an amount', '12,800円 1,000,000,000,000円'],
    ['in a uuid', '019a4c1e-7b2d-7c3a-9d4e-5f6071829304'],
    ['in twenty digits', '41111111111111111111'],
  ])('%s', (_, value) => {
    expect(hasCardNumber(value)).toBe(false);
  });
});

const digits = (length: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: length, maxLength: length });

/** The digit that makes a number right (ISO/IEC 7812-1), by the table of the standard. */
function checkDigit(payload: string): string {
  const doubled = [0, 2, 4, 6, 8, 1, 3, 5, 7, 9];
  const sum = [...payload]
    .reverse()
    .reduce(
      (total, digit, index) => total + (index % 2 === 0 ? (doubled[Number(digit)] ?? 0) : Number(digit)),
      0,
    );
  return String((10 - (sum % 10)) % 10);
}

const issued = fc
  .constantFrom<readonly [prefix: string, length: number]>(
    ...(['4', '51', '55', '2221', '2720', '3528', '3589', '6011', '644', '65', '62'] as const).map(
      (prefix) => [prefix, 16] as const,
    ),
    ...(['34', '37'] as const).map((prefix) => [prefix, 15] as const),
    ...(['300', '305', '309', '36', '38', '39'] as const).map((prefix) => [prefix, 14] as const),
    ['4', 13],
    ['4', 19],
    ['62', 19],
    ['5018', 16],
    ['6759', 19],
  )
  .chain(([prefix, length]) =>
    digits(length - prefix.length - 1).map((rest) => prefix + rest + checkDigit(prefix + rest)),
  );

const separators = [
  '',
  '',
  ' ',
  '-',
  '\u3000',
  '\u00a0',
  '－',
  '−',
  'ー',
  '–',
  '.',
  '・',
  '\u200b',
  '\u00ad',
  ' - ',
  '\n',
];

/** A number as people type it: grouped in some way, full-width or not, with words around it. */
const typed = fc
  .tuple(
    issued,
    fc.constantFrom(...separators),
    fc.constantFrom([4, 4, 4, 4, 4], [4, 6, 9], [6, 4, 4, 5], [1, 1, 1, 1, 15], [19]),
    fc.boolean(),
    fc.constantFrom('', 'カード番号:', '3件目 ', 'tel 03-1234-5678、', '〒100-0005\n'),
    fc.constantFrom('', 'です。', ' 12/29', ' CVC 123', '円'),
  )
  .map(([number, separator, groups, wide, before, after]) => {
    let rest = number;
    const parts = groups.map((size) => {
      const part = rest.slice(0, size);
      rest = rest.slice(size);
      return part;
    });
    const grouped = parts.filter((part) => part).join(separator);
    return { number, value: before + (wide ? fullWidth(grouped) : grouped) + after };
  });

describe('over many generated texts', () => {
  it('10,000 card numbers as people type them are seen, but for those that could be a JAN code', () => {
    const missed = fc.sample(typed, 10_000).filter(({ value }) => !hasCardNumber(value));
    expect(missed.filter(({ number }) => !/^4[59]\d{11}$/.test(number))).toEqual([]);
  });

  it('999 in 1,000 are seen in all', () => {
    const missed = fc
      .sample(typed, { numRuns: 10_000, seed: 1 })
      .filter(({ value }) => !hasCardNumber(value));
    expect(missed.length).toBeLessThanOrEqual(10);
  });

  it('the ids of today\u2019s payments and phone numbers are never taken for one', () => {
    const dated = digits(6).map((rest) => `20261101${rest}`);
    const phone = fc
      .tuple(fc.constantFrom('03', '06', '090', '080', '0120'), digits(4), digits(4))
      .map((parts) => parts.join('-'));
    for (const value of [...fc.sample(dated, 2_000), ...fc.sample(phone, 2_000)])
      expect(hasCardNumber(value)).toBe(false);
  });

  it('the ids that programs make are never taken for one, in the middle of a text', () => {
    for (const id of fc.sample(fc.uuid(), 20_000)) expect(hasCardNumber(`訂正${id}の件`)).toBe(false);
  });

  it('of ids of fourteen digits at random fewer than one in a hundred is', () => {
    const seen = fc.sample(digits(14), 20_000).filter(hasCardNumber);
    expect(seen.length).toBeLessThan(200);
    expect(seen.every((id) => /^3[0689]/.test(id))).toBe(true);
  });
});
