import type { Problem } from './problems.ts';
import { lengthOf } from './text-rules.ts';

/** Counted in code points. A password is taken exactly as it was received: nothing is cut off, folded or trimmed. */
export const shortestPassword = 15;
export const longestPassword = 128;

/** How much of a password has to be left when names, well-known words, rows of keys and repetitions are taken out of it. */
const ownCharacters = 8;

/** What is known of whoever the password is for: user id, name, mail address, and the names of the product and the provider. */
export type KnownWords = readonly (string | null | undefined)[];

/**
 * What is wrong with a password that somebody chooses; undefined when it may be used. There are no rules of composition. Whether
 * it is one of the most common ones, or was used before, is looked up apart.
 */
export function passwordProblem(password: string, known: KnownWords = []): Problem | undefined {
  const length = lengthOf(password);
  if (!password.isWellFormed()) return problem('not_readable');
  if (length < shortestPassword) return problem('password_too_short', { min: shortestPassword, length });
  if (length > longestPassword) return problem('too_long', { max: longestPassword, length });
  const plain = fold(password);
  const withoutNames = without(plain, wordsOf(known));
  if (isTooLittle(withoutPatterns(plain))) return problem('password_pattern');
  if (isTooLittle(withoutPatterns(without(withoutNames, wellKnown)))) return problem('password_known_words');
  return undefined;
}

const problem = (code: Problem['code'], params?: Record<string, number>): Problem => ({
  pointer: '/password',
  code,
  ...(params && { params }),
});

const fold = (text: string): string => text.normalize('NFKC').toLowerCase();

const wellKnown: readonly string[] = [
  ...[
    'password',
    'passwort',
    'passw0rd',
    'p@ssw0rd',
    'p@ssword',
    'pass',
    'パスワード',
    'ぱすわーど',
    'admin',
    'administrator',
  ],
  ...[
    'welcome',
    'letmein',
    'iloveyou',
    'secret',
    'login',
    'user',
    'guest',
    'test',
    'demo',
    'root',
    'hello',
    'dragon',
    'monkey',
  ],
  ...[
    'sunshine',
    'princess',
    'football',
    'baseball',
    'superman',
    'batman',
    'master',
    'changeme',
    'default',
    'shokai',
    '照会',
  ],
  ...['sakura', 'tokyo', 'japan', 'nippon', 'merchant', 'portal', 'payment', 'correcthorsebatterystaple'],
];

const shortestWord = 3;

/** The words of names, addresses and ids, the longest first. */
const wordsOf = (known: KnownWords): string[] =>
  [...new Set(known.flatMap((text) => (text ? [fold(text), ...fold(text).split(/[^\p{L}\p{N}]+/u)] : [])))]
    .filter((word) => lengthOf(word) >= (isIdeographic(word) ? 2 : shortestWord))
    .sort((a, b) => b.length - a.length);

const isIdeographic = (word: string): boolean => /^[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}]+$/u.test(word);

const without = (text: string, words: readonly string[]): string =>
  words.reduce((rest, word) => rest.replaceAll(word, ' '), text);

const rows = [
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik',
  'qazwsxedcrfvtgbyhnujmikolp',
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890',
  'あいうえおかきくけこさしすせそ',
  'いろはにほへとちりぬるを',
].flatMap((row) => [row, [...row].reverse().join('')]);

const shortestRun = 4;

/** Without what a finger does by itself: one character again and again, rows of keys, the alphabet, and repetitions. */
function withoutPatterns(text: string): string {
  const characters = [...once(text.replace(/[^\p{L}\p{N}\p{S}\p{P}]+/gu, ''))];
  let rest = '';
  for (let at = 0; at < characters.length; ) {
    const run = Math.max(runOfRow(characters, at), runOfSame(characters, at));
    if (run < shortestRun) rest += characters[at];
    at += run < shortestRun ? 1 : run;
  }
  return once(rest);
}

function runOfRow(characters: readonly string[], at: number): number {
  let longest = 0;
  for (let length = shortestRun; at + length <= characters.length; length += 1) {
    const piece = characters.slice(at, at + length).join('');
    if (!rows.some((row) => row.includes(piece))) break;
    longest = length;
  }
  return longest;
}

function runOfSame(characters: readonly string[], at: number): number {
  let length = 1;
  while (characters[at + length] === characters[at]) length += 1;
  return length;
}

/** A text that is the same piece over and over, as that piece: `abcabcabca` is `abc`. */
function once(text: string): string {
  const characters = [...text];
  for (let period = 1; period <= characters.length / 2; period += 1) {
    if (characters.every((each, at) => each === characters[at % period]))
      return characters.slice(0, period).join('');
  }
  return text;
}

/** Counts letters, digits and signs that differ from their neighbour; blanks and hyphens between words are nothing of one's own. */
function isTooLittle(text: string): boolean {
  const own = [...text].filter((each) => !/[\s\-_.,/@+]/u.test(each));
  return own.length < ownCharacters || new Set(own).size < 4;
}
