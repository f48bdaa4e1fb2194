import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { controls } from './index.ts';

it('every protection that a control takes out still stands in its file, once', async () => {
  const moved: string[] = [];
  for (const [subject, each] of Object.entries(controls))
    for (const { without, file, take } of each) {
      const parts = (await readFile(file, 'utf8')).split(take).length;
      if (parts !== 2) moved.push(`${subject}: ${without}: ${parts - 1} times in ${file}`);
    }
  expect(moved).toEqual([]);
});
