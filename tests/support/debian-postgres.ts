import { execFile, spawn } from 'node:child_process';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const bin = '/usr/lib/postgresql/15/bin';
/** Debian's account of that name; PostgreSQL does not run as root. */
const account = { uid: 65534, gid: 65534 };

/** An external PostgreSQL 15, Debian's own, on a free port of this machine. `npm test` installs it. */
export async function startDebianPostgres(): Promise<{
  connectionString: string;
  stop: () => Promise<void>;
}> {
  const folder = await mkdtemp(join(tmpdir(), 'shokai-pg15-'));
  const isRoot = process.getuid?.() === 0;
  if (isRoot) await chown(folder, account.uid, account.gid);
  const as = isRoot ? account : {};
  const data = join(folder, 'data');
  await promisify(execFile)(
    `${bin}/initdb`,
    ['-D', data, '-U', 'shokai', '-A', 'trust', '--locale=C.UTF-8'],
    as,
  );
  const port = await freePort();
  const settings = [
    `port=${port}`,
    'listen_addresses=127.0.0.1',
    `unix_socket_directories=${folder}`,
    'fsync=off',
  ];
  const server = spawn(`${bin}/postgres`, ['-D', data, ...settings.flatMap((each) => ['-c', each])], {
    ...as,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  await new Promise<void>((resolve, reject) => {
    server.once('exit', () => reject(new Error('PostgreSQL 15 ended before it was ready')));
    server.stderr.on('data', (piece: Buffer) => {
      if (piece.includes('ready to accept connections')) resolve();
    });
  });
  const stop = async (): Promise<void> => {
    const ended = new Promise((resolve) => server.once('exit', resolve));
    server.kill('SIGINT');
    await ended;
    await rm(folder, { recursive: true, force: true });
  };
  return { connectionString: `postgresql://shokai@127.0.0.1:${port}/postgres`, stop };
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
