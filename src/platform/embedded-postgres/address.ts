import { createHash, randomBytes } from 'node:crypto';
import { chown, lstat, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EmbeddedPostgresError, reasonOf } from './errors.ts';
import type { Account } from './launch.ts';

export type Settings = Readonly<Record<string, string>>;

/** Where PostgreSQL listens and how one gets in: what initdb, the server and its clients must know of it. */
export type Address = {
  initdbArguments: readonly string[];
  settings: Settings;
  connectionString: (database: string) => string;
  close: () => Promise<void>;
};

const port = 5432;
const socketName = `.s.PGSQL.${port}`;
/** The operating system's limit for a socket's path, less the byte that ends it. */
const pathLimit = process.platform === 'darwin' ? 103 : 107;

/** A Unix socket in a folder that only its owner may enter; that folder's closed door is what stands for a password. */
export async function socketAddress(dataDir: string, account?: Account): Promise<Address> {
  const folder = socketFolder(dataDir);
  await makePrivateFolder(folder, account);
  return {
    initdbArguments: ['--auth-local=trust', '--auth-host=reject'],
    settings: {
      listen_addresses: '',
      port: `${port}`,
      unix_socket_directories: folder,
      unix_socket_permissions: '0700',
    },
    connectionString: (database) => socketConnection(folder, database),
    // What cannot be removed is emptied by the next start.
    close: () => rm(folder, { recursive: true, force: true }).catch(() => undefined),
  };
}

/** How another process of the same account reaches the PostgreSQL that runs on a data folder. */
export const socketConnectionOf = (dataDir: string, database: string): string =>
  socketConnection(socketFolder(dataDir), database);

const socketConnection = (folder: string, database: string): string =>
  `postgresql://shokai@localhost:${port}/${database}?host=${encodeURIComponent(folder)}&sslmode=disable`;

/** Not in the data folder: its path may be too long, and network and virtual file systems have no sockets. */
function socketFolder(dataDir: string): string {
  const name = createHash('sha256').update(dataDir).digest('hex').slice(0, 16);
  const folders = [tmpdir(), '/tmp'].map((parent) =>
    join(parent, `shokai-${process.getuid?.() ?? ''}-${name}`),
  );
  const short = folders.find((folder) => Buffer.byteLength(join(folder, socketName)) <= pathLimit);
  if (short === undefined) {
    throw new EmbeddedPostgresError(
      'folder_not_usable',
      `The path of ${tmpdir()} is too long for a socket: set TMPDIR.`,
    );
  }
  return short;
}

async function makePrivateFolder(folder: string, account?: Account): Promise<void> {
  try {
    await removeOurs(folder, account);
    await mkdir(folder, { mode: 0o700 });
    if (account) await chown(folder, account.uid, account.gid);
  } catch (error) {
    throw error instanceof EmbeddedPostgresError ? error : notUsable(folder, reasonOf(error));
  }
}

/** Removes what a killed Shokai left. Everybody may write beside it, so what is there may also be somebody's trap. */
async function removeOurs(folder: string, account?: Account): Promise<void> {
  const found = await lstat(folder).catch(() => undefined);
  if (!found) return;
  const isOurs = found.uid === process.getuid?.() || found.uid === account?.uid;
  if (!found.isDirectory() || !isOurs || (found.mode & 0o077) !== 0) {
    throw notUsable(folder, 'it is not a private folder of Shokai; remove it');
  }
  await rm(folder, { recursive: true });
}

const notUsable = (folder: string, reason: string): EmbeddedPostgresError =>
  new EmbeddedPostgresError('folder_not_usable', `${folder} cannot hold PostgreSQL's socket: ${reason}.`);

/**
 * A port of this machine only, with a password kept in the data folder: for Windows, where Node's driver reaches no
 * sockets of PostgreSQL's kind.
 */
export async function passwordAddress(dataDir: string, isNew: boolean, account?: Account): Promise<Address> {
  const file = join(dataDir, 'postgres.password');
  const password = await readPassword(file, isNew);
  if (account) await chown(file, account.uid, account.gid);
  const freePort = await findFreePort();
  return {
    initdbArguments: ['--auth=scram-sha-256', `--pwfile=${file}`],
    settings: { listen_addresses: '127.0.0.1', port: `${freePort}`, unix_socket_directories: '' },
    connectionString: (database) =>
      `postgresql://shokai:${password}@127.0.0.1:${freePort}/${database}?sslmode=disable`,
    close: async () => undefined,
  };
}

async function readPassword(file: string, isNew: boolean): Promise<string> {
  if (isNew) {
    await writeFile(file, randomBytes(24).toString('base64url'), { mode: 0o600 });
  }
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (error) {
    throw new EmbeddedPostgresError(
      'password_missing',
      `The password of the embedded PostgreSQL cannot be read (${reasonOf(error)}): put ${file} back.`,
    );
  }
}

function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : port));
    });
  });
}
