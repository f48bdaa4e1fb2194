import { describe, expect, it } from 'vitest';
import { lengthOf, textProblem } from './text-rules.ts';

it.each([
  ['', 0],
  ['abc', 3],
  ['𠮷', 1],
  ['葛\u{e0100}', 2],
  ['e\u0301', 2],
  ['👨‍👩‍👧', 5],
])('%j has %i code points', (value, length) => {
  expect(lengthOf(value)).toBe(length);
});

describe('text that people wrote', () => {
  it.each([
    '山田 花子',
    'ﾊﾅｺ ㈱ 𠮷 葛\u{e0100} 👨‍👩‍👧',
    'a\tb\nc\r\nd',
    '\u0085\u200b\ufeff',
    '<b>&"\'=1+1',
    '\u202eabc',
    '',
  ])('may be %j', (value) => {
    expect(textProblem(value, 100)).toBeUndefined();
  });

  it.each([
    ['\u0000', 'not_readable'],
    ['a\u0008', 'not_readable'],
    ['\u000b', 'not_readable'],
    ['\u001b[31m', 'not_readable'],
    ['\u007f', 'not_readable'],
    ['\uffff', 'not_readable'],
    ['\ufffe', 'not_readable'],
    ['\ud842', 'not_readable'],
    ['\udfb7\ud842', 'not_readable'],
    ['x'.repeat(101), 'too_long'],
    ['カード 4111-1111-1111-1111', 'card_number'],
    [`4111111111111111${'x'.repeat(100)}`, 'too_long'],
  ])('may not be %j', (value, problem) => {
    expect(textProblem(value, 100)).toBe(problem);
  });

  it('may be as long as its limit, in code points', () => {
    expect(textProblem('𠮷'.repeat(100), 100)).toBeUndefined();
    expect(textProblem('𠮷'.repeat(101), 100)).toBe('too_long');
  });
});
