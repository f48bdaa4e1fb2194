import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { EmbeddedPostgresError, reasonOf } from './errors.ts';
import { until } from './until.ts';

export type OwnerLock = { release: () => void };

/** A restart may overlap with the end of the process before it. */
const patienceMs = 2_000;
const sqliteBusy = 5;

/**
 * Makes this process the one owner of a data folder. Node has no file locks, its SQLite has: the kernel drops them
 * with the process, however it ends, so a lock is never stale. Nobody may open and close the lock's file in this process.
 */
export async function becomeOwner(dataDir: string): Promise<OwnerLock> {
  const file = join(dataDir, 'owner.lock');
  const pidFile = join(dataDir, 'owner.pid');
  let lock: DatabaseSync | undefined;
  await until(() => {
    lock = tryLock(file);
    return lock !== undefined;
  }, patienceMs);
  if (!lock) throw inUse(dataDir, await readFile(pidFile, 'utf8').catch(() => ''));
  const held = lock;
  const release = (): void => {
    if (held.isOpen) held.close();
  };
  try {
    await writeFile(pidFile, `${process.pid}\n`);
  } catch (error) {
    release();
    throw notUsable(pidFile, error);
  }
  return { release };
}

function tryLock(file: string): DatabaseSync | undefined {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(file);
    database.exec('begin exclusive');
    return database;
  } catch (error) {
    database?.close();
    if (error instanceof Error && 'errcode' in error && error.errcode === sqliteBusy) return undefined;
    throw notUsable(file, error);
  }
}

const inUse = (dataDir: string, pid: string): EmbeddedPostgresError =>
  new EmbeddedPostgresError(
    'in_use',
    `Another Shokai${pid && ` (process ${pid.trim()})`} uses the data folder ${dataDir}: stop it, or set DATA_DIR to another folder.`,
  );

const notUsable = (file: string, error: unknown): EmbeddedPostgresError =>
  new EmbeddedPostgresError(
    'folder_not_usable',
    `${file} cannot be used (${reasonOf(error)}): start Shokai as the account it belongs to, or set DATA_DIR to another folder.`,
  );
