import fc from 'fast-check';

/** Texts that have broken something somewhere before. */
const hostileTexts = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '\udfff\ud800',
  '\uffff\ufffe',
  '\u202e逆',
  '葛\u{e0100}',
  '𠮷',
  'ﾊﾝｶｸ',
  '＝１＋１',
  '=1+1',
  '__proto__',
  'constructor',
  'toString',
  "' or 1=1 --",
  '"; drop table cases; --',
  '$1',
  '%00',
  '%',
  '..%2f..%2fetc%2fpasswd',
  '../../etc/passwd',
  '<script>alert(1)</script>',
  '{{7*7}}',
  '$' + '{jndi:ldap://x}',
  '\r\nSet-Cookie: a=b',
  '4111 1111 1111 1111',
  '1e999',
  '-0',
  'NaN',
  'null',
  'true',
  '9007199254740993',
  '99999999999999999999999999',
  '0001-01-01',
  '294276-12-31',
  '2026-02-30',
  '-infinity',
  '2026-11-24T17:00:00+09:00',
  '9999-12-31T23:59:59.999999999999Z',
  '+275760-09-13T00:00:00.001Z',
  '00000000-0000-0000-0000-000000000000',
  'x'.repeat(10_000),
  'あ'.repeat(4_000),
];

export const hostileText = fc.oneof(
  fc.constantFrom(...hostileTexts),
  fc.string({ unit: 'binary', maxLength: 40 }),
);

const oddNumber = fc.constantFrom(
  ...[0, -0, -1, 1, 1.5, 1e15, 2 ** 31, 2 ** 53, 1e21, 1e308, Number.MIN_VALUE, -(2 ** 63)],
);

/** Any JSON at all, most of it of no use to anybody. */
export const anyJson: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 3, arbitrary: hostileText },
  { weight: 1, arbitrary: oddNumber },
  { weight: 1, arbitrary: fc.constantFrom(null, true, false) },
  { weight: 1, arbitrary: fc.array(hostileText, { maxLength: 3 }) },
  { weight: 1, arbitrary: fc.dictionary(hostileText, hostileText, { maxKeys: 3 }) },
);
