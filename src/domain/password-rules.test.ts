import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { longestPassword, passwordProblem, shortestPassword } from './password-rules.ts';

const known = ['hanako', '山田 花子', 'hanako.yamada@midori-shobo.example.jp', 'SBペイメントサービス'];
const codeOf = (password: string): string | undefined => passwordProblem(password, known)?.code;

describe('a password', () => {
  it.each([
    ['five small green boats', undefined],
    ['猫がすきで毎朝六時に起きて泳ぐ', undefined],
    ['hanako likes 5 cats', undefined],
    ['ゆっくり歩く亀と青い傘のうた', 'password_too_short'],
    ['ゆっくり歩く亀と青い傘の歌声', 'password_too_short'],
    ['K9#vLq!2mZx@7tRw', undefined],
    ['            boat', 'password_pattern'],
    ['short-and-sweet', undefined],
    ['only 14 charact', undefined],
    ['fourteen chars', 'password_too_short'],
    ['password-password', 'password_known_words'],
    ['P@ssw0rdP@ssw0rd1', 'password_known_words'],
    ['ＰＡＳＳＷＯＲＤ　ｐａｓｓｗｏｒｄ', 'password_known_words'],
    ['hanako-yamada-2026', 'password_known_words'],
    ['shokai-demo-hanako', 'password_known_words'],
    ['midori-shobo-midori', 'password_known_words'],
    ['山田花子 山田花子 山田花子 ああ', 'password_known_words'],
    ['SBペイメントサービス2026', 'password_known_words'],
    ['aaaaaaaaaaaaaaaa', 'password_pattern'],
    ['abcabcabcabcabcabc', 'password_pattern'],
    ['qwertyuiopasdfghjkl', 'password_pattern'],
    ['12345678901234567890', 'password_pattern'],
    ['1qaz2wsx3edc4rfv', 'password_pattern'],
    ['zyxwvutsrqponmlkji', 'password_pattern'],
    ['あいうえおかきくけこさしすせそ', 'password_pattern'],
  ])('%s is told: %s', (password, code) => expect(codeOf(password)).toBe(code));

  it('is counted in code points, up to 128 of them', () => {
    const boats = '⛵🚤🛶🚢⛴🛥🚣🏄🏊🤽🎣🐟🐠🐡';
    expect(passwordProblem(boats)).toMatchObject({
      code: 'password_too_short',
      params: { min: 15, length: 14 },
    });
    expect(passwordProblem(`${boats}🦈`)).toBeUndefined();
    const long = Array.from({ length: 130 }, (_, at) => String.fromCodePoint(0x4e00 + ((at * 37) % 500)));
    expect(passwordProblem(long.slice(0, 128).join(''))).toBeUndefined();
    expect(passwordProblem(long.slice(0, 129).join(''))).toMatchObject({
      code: 'too_long',
      params: { max: 128, length: 129 },
    });
  });

  it('with half a surrogate pair is refused: no hash could tell it from another one', () => {
    expect(codeOf('five small green\ud800 boats')).toBe('not_readable');
  });
});

const runs = { numRuns: 1_000 };
const words = fc.constantFrom(
  'hanako',
  'yamada',
  '花子',
  'password',
  'shokai',
  'midori',
  'shobo',
  'admin',
  'welcome',
);

describe('the rules of passwords', () => {
  it('take whatever is drawn by chance, of any characters', () => {
    const letters = fc.integer({ min: 0x21, max: 0x7e }).map((point) => String.fromCodePoint(point));
    const signs = fc.integer({ min: 0x4e00, max: 0x9fff }).map((point) => String.fromCodePoint(point));
    const drawn = fc.uniqueArray(fc.oneof(letters, signs), { minLength: 24, maxLength: longestPassword });
    fc.assert(
      fc.property(drawn, (parts) => {
        expect(passwordProblem(parts.join(''))).toBeUndefined();
      }),
      runs,
    );
  });

  it('refuse what is shorter or longer, whatever it is made of', () => {
    const character = fc.integer({ min: 0x20, max: 0x2fff }).map((point) => String.fromCodePoint(point));
    const wrongLength = fc.oneof(
      fc.array(character, { maxLength: shortestPassword - 1 }),
      fc.array(character, { minLength: longestPassword + 1, maxLength: longestPassword + 40 }),
    );
    fc.assert(
      fc.property(wrongLength, (parts) => {
        expect(['password_too_short', 'too_long']).toContain(passwordProblem(parts.join(''))?.code);
      }),
      runs,
    );
  });

  it('refuse names and well-known words in any order, case and with any separators', () => {
    const separator = fc.constantFrom('', ' ', '-', '_', '.');
    const written = fc.array(fc.tuple(words, separator, fc.boolean()), { minLength: 6, maxLength: 12 });
    fc.assert(
      fc.property(written, (parts) => {
        const password = parts
          .map(([word, gap, isBig]) => (isBig ? word.toUpperCase() : word) + gap)
          .join('');
        fc.pre([...password].length >= shortestPassword && [...password].length <= longestPassword);
        expect(['password_known_words', 'password_pattern']).toContain(codeOf(password));
      }),
      runs,
    );
  });

  it('refuse a short piece again and again, however often', () => {
    const piece = fc.string({ minLength: 1, maxLength: 7 }).filter((each) => each.isWellFormed());
    fc.assert(
      fc.property(piece, fc.integer({ min: 15, max: 18 }), (each, times) => {
        const password = each.repeat(times);
        expect(passwordProblem([...password].slice(0, longestPassword).join(''))?.code).toBeDefined();
      }),
      runs,
    );
  });
});
