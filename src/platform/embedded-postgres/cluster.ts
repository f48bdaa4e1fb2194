import { chown, mkdtemp, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Binaries } from './binaries.ts';
import { EmbeddedPostgresError, hasCode, otherAccount, reasonOf, useAnother } from './errors.ts';
import { type Identity, run } from './launch.ts';

/** Where PostgreSQL keeps its files. `owner` is the account they belong to; undefined while there are none. */
export type Cluster = { folder: string; owner: number | undefined };

/** Looks what a data folder holds, and refuses what this PostgreSQL could not read. */
export async function findCluster(dataDir: string, major: number): Promise<Cluster> {
  const folder = join(dataDir, `postgres-${major}`);
  const found = await stat(folder).catch(() => undefined);
  if (!found) {
    await refuseOtherVersions(dataDir, major);
    return { folder, owner: undefined };
  }
  refuseOtherAccount(folder, found.uid);
  const version = await versionOf(folder);
  if (version === undefined) {
    throw new EmbeddedPostgresError(
      'not_a_cluster',
      `${folder} is not, or no longer, a folder of PostgreSQL: put back a copy of it, or move it away to begin with an empty database.`,
    );
  }
  if (version !== major) throw otherVersion(folder, version, major);
  return { folder, owner: found.uid };
}

async function refuseOtherVersions(dataDir: string, major: number): Promise<void> {
  const version = await versionOf(dataDir);
  if (version !== undefined) throw otherVersion(dataDir, version, major);
  const other = (await readdir(dataDir))
    .map((name) => /^postgres-(\d+)$/.exec(name))
    .find((match) => match !== null);
  if (other) throw otherVersion(join(dataDir, other[0]), Number(other[1]), major);
}

async function versionOf(folder: string): Promise<number | undefined> {
  try {
    return Number.parseInt(await readFile(join(folder, 'PG_VERSION'), 'utf8'), 10);
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return undefined;
    throw new EmbeddedPostgresError('folder_not_usable', `${folder} cannot be read: ${reasonOf(error)}.`);
  }
}

const otherVersion = (folder: string, version: number, major: number): EmbeddedPostgresError =>
  new EmbeddedPostgresError(
    'other_version',
    `${folder} was made by PostgreSQL ${version}, and this Shokai brings PostgreSQL ${major}, with a folder of its own. ` +
      `To keep the data, save them with pg_dump of version ${version} and restore them after the first start. ` +
      `In any case move the folder away, set DATA_DIR to another one, or ${useAnother}.`,
  );

/** Root may become any account; for all others the files of somebody else are closed. */
function refuseOtherAccount(folder: string, owner: number): void {
  const self = process.getuid?.();
  if (self !== undefined && self !== 0 && self !== owner) throw otherAccount(folder, owner);
}

type Making = { binaries: Binaries; identity: Identity; arguments: readonly string[]; fast: boolean };

/** Makes an empty cluster. It is made aside and renamed, so that one cut off half way is never taken for a whole one. */
export async function createCluster(dataDir: string, { folder }: Cluster, making: Making): Promise<void> {
  const { binaries, identity, fast } = making;
  await removeUnfinished(dataDir);
  const unfinished = await mkdtemp(`${folder}${unfinishedMark}`);
  if (identity.account) await chown(unfinished, identity.account.uid, identity.account.gid);
  const { ok, output } = await run(identity, [
    binaries.initdb,
    `--pgdata=${unfinished}`,
    '--username=shokai',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    ...(fast ? ['--no-sync'] : []),
    ...making.arguments,
  ]);
  if (!ok) {
    await removeUnfinished(dataDir);
    throw new EmbeddedPostgresError('initdb_failed', `PostgreSQL could not make ${folder}:\n${output}`);
  }
  await rename(unfinished, folder);
  if (!fast && process.platform !== 'win32') await syncFolder(dataDir);
}

const unfinishedMark = '.unfinished-';

async function removeUnfinished(dataDir: string): Promise<void> {
  const names = (await readdir(dataDir)).filter((name) => name.includes(unfinishedMark));
  await Promise.all(names.map((name) => rm(join(dataDir, name), { recursive: true, force: true })));
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
