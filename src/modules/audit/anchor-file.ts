import { mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Reading } from '#src/platform/transaction.ts';

const name = 'audit-anchors.jsonl';

/** Where the anchors stand in a folder. */
export const anchorFileIn = (folder: string): string => join(folder, name);

/** The file's text; nothing when there is none yet. */
export async function readAnchorFile(folder: string): Promise<string> {
  return readFile(anchorFileIn(folder), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
}

/**
 * Adds the anchors that are not in the file yet, so that a folder that was away or full is complete again afterwards. It only
 * ever adds: whole lines, on the disk before it returns. A line that was cut off by a crash stays, and the next begins anew.
 */
export async function writeAnchorFile(reading: Reading, folder: string): Promise<number> {
  const rows = await reading((db) =>
    db.selectFrom('audit_anchors').select('line').orderBy('sequence').execute(),
  );
  await mkdir(folder, { recursive: true, mode: 0o750 });
  const text = await readAnchorFile(folder);
  const written = new Set(text.split('\n'));
  const added = rows.map(({ line }) => line).filter((line) => !written.has(line));
  if (added.length === 0) return 0;
  const file = await open(anchorFileIn(folder), 'a', 0o640);
  try {
    const start = text === '' || text.endsWith('\n') ? '' : '\n';
    await file.appendFile(`${start}${added.join('\n')}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  return added.length;
}
