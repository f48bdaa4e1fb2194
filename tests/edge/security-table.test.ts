import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

it('names only files that are there, and every requirement once', () => {
  const page = readFileSync('docs/security.md', 'utf8');
  const named = [...page.matchAll(/`((?:src|tests|docs|scripts)\/[^`]+|SECURITY\.md)`/g)].map(
    ([, path = '']) => path,
  );
  expect(named.length).toBeGreaterThan(100);
  expect(named.filter((path) => !existsSync(path))).toEqual([]);
  const rows = [...page.matchAll(/^\| (\d+\.\d+\.\d+(?:, \d+\.\d+\.\d+)*) \|/gm)].flatMap(([, ids = '']) =>
    ids.split(', '),
  );
  expect(rows.length).toBe(new Set(rows).size);
  // ASVS 5.0 has 253 requirements of levels 1 and 2.
  expect(rows).toHaveLength(253);
});
