import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FieldType, fieldTypes, readValue } from './field-types.ts';
import { text } from './text.ts';

const facts = (type: FieldType) => ({
  maxLength: fieldTypes[type].maxLength,
  options: { yes: text('はい', 'Yes'), no: text('いいえ', 'No') },
  currency: 'JPY',
});
const read = (type: FieldType, sent: unknown) => readValue(type, sent, facts(type));

describe('forgiving input', () => {
  it.each<[FieldType, unknown, unknown]>([
    ['phone', '03-1234-5678', '03-1234-5678'],
    ['phone', '０３－１２３４－５６７８', '03-1234-5678'],
    ['phone', '03ー1234ー5678', '03-1234-5678'],
    ['phone', '03‐1234−5678', '03-1234-5678'],
    ['phone', '(03) 1234-5678', '03-1234-5678'],
    ['phone', '03（1234）5678', '03-1234-5678'],
    ['phone', '03 1234 5678', '03-1234-5678'],
    ['phone', '03 - 1234 - 5678', '03-1234-5678'],
    ['phone', '0312345678', '0312345678'],
    ['phone', '0120-123-456', '0120-123-456'],
    ['phone', '+81-3-1234-5678', '+81-3-1234-5678'],
    ['phone', '＋８１　９０　１２３４　５６７８', '+81-90-1234-5678'],
    ['email', ' hanako@example.jp ', 'hanako@example.jp'],
    ['email', 'ｈａｎａｋｏ＠ｅｘａｍｐｌｅ．ｊｐ', 'hanako@example.jp'],
    ['email', 'ha..nako.@docomo.example.jp', 'ha..nako.@docomo.example.jp'],
    ['url', 'https://example.jp/contact?a=1#b', 'https://example.jp/contact?a=1#b'],
    ['url', 'ｈｔｔｐｓ：／／ｅｘａｍｐｌｅ．ｊｐ', 'https://example.jp'],
    ['count', '2', 2],
    ['count', '２', 2],
    ['count', ' 2 名', 2],
    ['count', '2名様', 2],
    ['count', '２人', 2],
    ['count', 2, 2],
    ['count', '999', 999],
    ['day', '令和8年11月23日', '2026-11-23'],
    ['day', '２０２６／１１／２３', '2026-11-23'],
    ['amount', '１２，８００円', { value: 12_800, currency: 'JPY' }],
    ['choice', 'yes', 'yes'],
    ['text', '　ﾊﾅｺ ㈱　', 'ﾊﾅｺ ㈱'],
    ['long_text', 'ａ\nｂ\tｃ\r\n', 'ａ\nｂ\tｃ'],
  ])('%s %j is %j', (type, typed, value) => {
    expect(read(type, typed)).toEqual({ value });
  });

  it.each<[FieldType, unknown, string]>([
    ['phone', '03-1234', 'not_a_phone'],
    ['phone', '電話なし', 'not_a_phone'],
    ['phone', '+1234567890123456', 'not_a_phone'],
    ['phone', '0-0-0-0-0-0', 'not_a_phone'],
    ['phone', 312345678, 'not_text'],
    ['email', 'hanako', 'not_an_email'],
    ['email', 'hanako@example', 'not_an_email'],
    ['email', 'hanako@example.jp, taro@example.jp', 'not_an_email'],
    ['email', '花子 <hanako@example.jp>', 'not_an_email'],
    ['email', 'hanako@example.jp\nBcc: x@example.jp', 'not_an_email'],
    ['email', `a@${`${'ﬃ'.repeat(20)}.`.repeat(5)}jp`, 'not_an_email'],
    ['url', 'example.jp', 'not_a_url'],
    ['url', 'javascript:alert(1)//https://x', 'not_a_url'],
    ['url', 'https://', 'not_a_url'],
    ['url', 'https://example.jp/a b', 'not_a_url'],
    ['count', '0', 'not_a_count'],
    ['count', '1000', 'not_a_count'],
    ['count', '2泊', 'not_a_count'],
    ['count', '2室', 'not_a_count'],
    ['count', '1.5', 'not_a_count'],
    ['count', 1.5, 'not_a_count'],
    ['count', -1, 'not_a_count'],
    ['count', true, 'not_text'],
    ['day', 20261123, 'not_text'],
    ['day', '2026-11-31', 'not_a_day'],
    ['choice', 'toString', 'not_a_choice'],
    ['choice', 'はい', 'not_a_choice'],
    ['text', 1, 'not_text'],
    ['text', 'x'.repeat(201), 'too_long'],
    ['long_text', 'x'.repeat(2001), 'too_long'],
    ['text', 'a\u001bb', 'not_readable'],
    ['phone', '4111-1111-1111-1111', 'card_number'],
  ])('%s %j is %s', (type, typed, code) => {
    expect(read(type, typed)).toMatchObject({ problem: { code } });
  });
});

describe('a value that was read', () => {
  const types = Object.keys(fieldTypes) as FieldType[];
  const typed = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 30 }),
    fc.string({ unit: fc.constantFrom(...'0123456789-/.年月日,円 @a:+()０ー'), maxLength: 16 }),
    fc.constantFrom('a@example.jp', 'https://x', '+81 3 1234 5678', '令和8年1月2日', '1,234円', '2名', 'yes'),
  );

  it('is read as itself', () => {
    fc.assert(
      fc.property(fc.constantFrom(...types), typed, (type, value) => {
        const once = read(type, value);
        if ('value' in once && once.value !== '') expect(read(type, once.value)).toEqual(once);
      }),
      { numRuns: 5000 },
    );
  });

  it('can be shown in both languages', () => {
    expect(fieldTypes.day.show('2026-11-23', facts('day'), 'ja')).toBe('2026年11月23日(月)');
    expect(fieldTypes.amount.show({ value: 980, currency: 'JPY' }, facts('amount'), 'ja')).toBe('980円');
    expect(fieldTypes.choice.show('no', facts('choice'), 'ja')).toBe('いいえ');
    expect(fieldTypes.choice.show('no', facts('choice'), 'en')).toBe('No');
    expect(fieldTypes.choice.show('gone', facts('choice'), 'en')).toBe('gone');
    expect(fieldTypes.count.show(2, facts('count'), 'ja')).toBe('2');
  });
});
