import { hasCardNumber } from './card-numbers.ts';
import type { ProblemCode } from './problems.ts';

/** The length of a text in code points, the same in the screens, the API and the database. */
export const lengthOf = (value: string): number => [...value].length;

/** Matches text without control characters; tabs and line breaks are none. As a pattern, because JSON Schema says it too. */
export const readablePattern = '^[^\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f\\ufffe\\uffff]*$';
const readable = new RegExp(readablePattern, 'u');

/** What is wrong with a text that people wrote, whatever it is about; undefined when it can be stored as it is. */
export function textProblem(value: string, maxLength: number): ProblemCode | undefined {
  // The database cannot store NUL or half a surrogate pair, and a screen cannot show them.
  if (!readable.test(value) || !value.isWellFormed()) return 'not_readable';
  if (lengthOf(value) > maxLength) return 'too_long';
  return hasCardNumber(value) ? 'card_number' : undefined;
}
