import { access, constants, mkdir, realpath, stat } from 'node:fs/promises';
import { findBinaries } from './binaries.ts';
import { EmbeddedPostgresError, hasCode, otherAccount, reasonOf } from './errors.ts';
import { becomeOwner } from './owner-lock.ts';
import { runCluster } from './run-cluster.ts';

export { EmbeddedPostgresError } from './errors.ts';

type Options = {
  /** Without waiting for the disk, for data nobody will miss: tests. */
  fast?: boolean;
  /** Told once, when PostgreSQL ends without having been stopped. */
  onExit?: (reason: EmbeddedPostgresError) => void;
};

/** A running PostgreSQL of our own; the connection string is its owner's, who may do everything. */
export type EmbeddedPostgres = { connectionString: string; stop: () => Promise<void> };

/**
 * Starts PostgreSQL on a folder, which is made and filled when missing. One process owns a folder at a time, and PostgreSQL
 * ends with it. What can be foreseen to fail is an EmbeddedPostgresError, whose message is for the one who starts Shokai.
 */
export async function startEmbeddedPostgres(
  dataDir: string,
  { fast = false, onExit }: Options = {},
): Promise<EmbeddedPostgres> {
  const binaries = await findBinaries();
  const folder = await openFolder(dataDir);
  const lock = await becomeOwner(folder);
  try {
    const transport = process.platform === 'win32' ? 'password' : 'socket';
    const { address, exited, stop } = await runCluster(folder, { binaries, fast, transport });
    let isStopping = false;
    const released = exited.then((reason) => {
      lock.release();
      if (!isStopping) onExit?.(reason);
    });
    return {
      connectionString: address.connectionString('shokai'),
      stop: async () => {
        isStopping = true;
        await stop();
        await released;
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

async function openFolder(dataDir: string): Promise<string> {
  try {
    await mkdir(dataDir, { recursive: true, mode: 0o700 });
    // One spelling of the path for everybody: a link to the folder must not make it look like another one.
    const folder = await realpath(dataDir);
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    return folder;
  } catch (error) {
    const found = await stat(dataDir).catch(() => undefined);
    if (found?.isDirectory() && hasCode(error, 'EACCES')) throw otherAccount(dataDir, found.uid);
    throw new EmbeddedPostgresError(
      'folder_not_usable',
      `The data folder ${dataDir} cannot be used (${reasonOf(error)}): set DATA_DIR to a folder that can be written.`,
    );
  }
}
