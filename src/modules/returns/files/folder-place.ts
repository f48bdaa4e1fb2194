import { createHash, randomUUID } from 'node:crypto';
import { link, mkdir, open, readFile, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { type Place, type Placed, PlaceError } from './place.ts';

/** A folder of this machine, or one that is mounted, with a folder for each institution. */
export const folderPlace = (root: string): Place => ({
  kind: 'folder',
  put: async (file) => {
    try {
      await put(root, file);
    } catch (error) {
      if (error instanceof PlaceError) throw error;
      throw new PlaceError(String((error as NodeJS.ErrnoException).code ?? 'not_written'), { cause: error });
    }
  },
});

/** Under another name first, and under its own once it is whole and on the disk: a link is made only where nothing is. */
async function put(root: string, { folder, name, bytes, sha256 }: Placed): Promise<void> {
  const directory = join(root, folder);
  await mkdir(directory, { recursive: true, mode: 0o750 });
  const partial = join(directory, `.${name}.${randomUUID()}.part`);
  const file = await open(partial, 'wx', 0o640);
  try {
    await file.writeFile(bytes);
    await file.sync();
    await file.close();
    await link(partial, join(directory, name)).catch((error) => sameOr(error, join(directory, name), sha256));
  } finally {
    await file.close().catch(() => undefined);
    await unlink(partial).catch(() => undefined);
  }
  const held = await open(directory, 'r');
  await held.sync().finally(() => held.close());
}

async function sameOr(error: NodeJS.ErrnoException, path: string, sha256: string): Promise<void> {
  if (error.code !== 'EEXIST') throw error;
  const there = createHash('sha256')
    .update(await readFile(path))
    .digest('hex');
  if (there !== sha256) throw new PlaceError('other_file_there');
}
