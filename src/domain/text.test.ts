import { describe, expect, it } from 'vitest';
import { fill, preferredLocale } from './text.ts';

describe('a message', () => {
  it('gets its places filled', () => {
    expect(fill('{label}は{other}以降', { label: '発送日', other: '注文日' })).toBe('発送日は注文日以降');
    expect(fill('{max}文字 {max}', { max: 0 })).toBe('0文字 0');
  });

  it('keeps a place without a value, so that it is noticed', () => {
    expect(fill('{label}と{other}', { label: 'A' })).toBe('Aと{other}');
  });

  it('does not fill places within values', () => {
    expect(fill('{a}', { a: '{b}$&$1', b: 'x' })).toBe('{b}$&$1');
  });
});

it.each([
  [undefined, 'ja'],
  ['', 'ja'],
  ['ja', 'ja'],
  ['en', 'en'],
  ['en-US,en;q=0.9,ja;q=0.8', 'en'],
  ['fr-FR, ja-JP;q=0.8, en;q=0.5', 'ja'],
  ['zh-CN,EN-gb;q=0.5', 'en'],
  ['fr, *;q=0.1', 'ja'],
] as const)('Accept-Language %j means %s', (header, locale) => {
  expect(preferredLocale(header)).toBe(locale);
});
