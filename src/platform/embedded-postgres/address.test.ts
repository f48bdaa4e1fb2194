import { chmod, mkdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { aFolder, ask, tidyUp } from '#tests/support/embedded-postgres.ts';
import { socketAddress } from './address.ts';
import { findBinaries } from './binaries.ts';
import { runCluster } from './run-cluster.ts';

afterEach(() => vi.unstubAllEnvs());
afterAll(tidyUp);

describe.runIf(process.platform !== 'win32')('the folder of the socket', () => {
  const folderOf = (connectionString: string): string =>
    new URL(connectionString).searchParams.get('host') ?? '';

  it('is another one when the path would be too long for the operating system', async () => {
    const long = join(await aFolder(), 'x'.repeat(80));
    await mkdir(long);
    vi.stubEnv('TMPDIR', long);

    const { connectionString, close } = await socketAddress('/somewhere');
    await close();

    expect(folderOf(connectionString('shokai'))).toMatch(/^\/tmp\/shokai-/);
  });

  it('is emptied of what a killed program left', async () => {
    const { connectionString, close } = await socketAddress('/somewhere');
    const folder = folderOf(connectionString('shokai'));
    await mkdir(join(folder, 'left'));

    await socketAddress('/somewhere');

    await expect(stat(join(folder, 'left'))).rejects.toThrow('ENOENT');
    await close();
  });

  it('is refused when others may enter the one that is there', async () => {
    const { connectionString, close } = await socketAddress('/trapped');
    const folder = folderOf(connectionString('shokai'));
    expect(folder.startsWith(tmpdir())).toBe(true);
    await chmod(folder, 0o777);

    await expect(socketAddress('/trapped')).rejects.toMatchObject({
      code: 'folder_not_usable',
      message: `${folder} cannot hold PostgreSQL's socket: it is not a private folder of Shokai; remove it.`,
    });
    await close();
  });
});

describe('a port with a password, as on Windows', () => {
  it('lets in with the password only, and with the same one after a restart', async () => {
    const dataDir = await aFolder();
    const wish = { binaries: await findBinaries(), fast: true, transport: 'password' } as const;
    const first = await runCluster(dataDir, wish);
    const connectionString = first.address.connectionString('shokai');
    const without = new URL(connectionString);
    without.password = 'guessed';

    expect(await ask(connectionString, 'show listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }]);
    await expect(ask(without.href, 'select 1')).rejects.toThrow('password authentication failed');
    await first.stop();
    await first.exited;

    const second = await runCluster(dataDir, wish);
    const again = new URL(second.address.connectionString('shokai'));
    expect(again.password).toBe(new URL(connectionString).password);
    expect(await ask(again.href, 'select 1 as one')).toEqual([{ one: 1 }]);
    await second.stop();
    await second.exited;

    await rm(join(dataDir, 'postgres.password'));
    await expect(runCluster(dataDir, wish)).rejects.toMatchObject({
      code: 'password_missing',
      message: expect.stringContaining(`put ${join(dataDir, 'postgres.password')} back`),
    });
  });
});
