import { mkdir, readdir, readFile, rename, rm, stat, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { aDatabase, aFolder, ask, postmasterOf, tidyUp } from '#tests/support/embedded-postgres.ts';
import { startEmbeddedPostgres } from './start.ts';

afterEach(() => vi.unstubAllEnvs());
afterAll(tidyUp);

const fast = { fast: true };

describe('an embedded PostgreSQL', () => {
  it('waits for the disk, sorts alike everywhere, and keeps rows from one start to the next', async () => {
    const dataDir = join(await aFolder(), 'made', 'on demand');
    // A developer's own variables must reach neither the server nor our connections to it.
    for (const [name, value] of [
      ['PGPORT', '1'],
      ['PGSSLMODE', 'require'],
      ['PGTZ', 'Asia/Tokyo'],
    ] as const) {
      vi.stubEnv(name, value);
    }
    const first = await startEmbeddedPostgres(dataDir);
    await ask(first.connectionString, 'create table kept as select 1 as id');
    expect(
      await ask(
        first.connectionString,
        `select datname, datlocprovider, datlocale, pg_encoding_to_char(encoding) as encoding, current_setting('fsync') as fsync,
           current_setting('synchronous_commit') as commit, current_setting('full_page_writes') as pages
         from pg_database where datname = current_database()`,
      ),
    ).toEqual([
      {
        datname: 'shokai',
        datlocprovider: 'b',
        datlocale: 'C.UTF-8',
        encoding: 'UTF8',
        fsync: 'on',
        commit: 'on',
        pages: 'on',
      },
    ]);
    await first.stop();

    const second = await startEmbeddedPostgres(dataDir);
    expect(await ask(second.connectionString, 'table kept')).toEqual([{ id: 1 }]);
    await second.stop();
  });

  it('is reached through a socket in a folder of its owner only', async () => {
    const dataDir = await aDatabase();
    const { connectionString, stop } = await startEmbeddedPostgres(dataDir, fast);
    const folder = new URL(connectionString).searchParams.get('host') ?? '';

    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    expect(await ask(connectionString, 'show listen_addresses')).toEqual([{ listen_addresses: '' }]);
    expect(await ask(connectionString, 'show fsync')).toEqual([{ fsync: 'off' }]);

    await stop();
    await expect(stat(folder)).rejects.toThrow('ENOENT');
  });

  it.runIf(process.platform === 'linux')("is told nothing of Shokai's environment", async () => {
    vi.stubEnv('SMTP_URL', 'smtp://shokai:secret@localhost');
    vi.stubEnv('PGOPTIONS', '-c work_mem=1MB');
    const dataDir = await aDatabase();
    const { stop } = await startEmbeddedPostgres(dataDir, fast);

    const environment = await readFile(`/proc/${await postmasterOf(dataDir)}/environ`, 'utf8');
    await stop();

    expect(environment).toContain('LC_ALL=C');
    expect(environment).not.toMatch(/SMTP_URL|PGOPTIONS/);
  });

  it('has one owner at a time, whatever the folder is called', async () => {
    const dataDir = await aDatabase();
    const otherName = `${dataDir}-link`;
    await symlink(dataDir, otherName);
    const owner = await startEmbeddedPostgres(dataDir, fast);

    await expect(startEmbeddedPostgres(otherName, fast)).rejects.toMatchObject({
      code: 'in_use',
      message: `Another Shokai (process ${process.pid}) uses the data folder ${dataDir}: stop it, or set DATA_DIR to another folder.`,
    });
    expect(await ask(owner.connectionString, 'select 1 as one')).toEqual([{ one: 1 }]);

    await owner.stop();
    const next = await startEmbeddedPostgres(otherName, fast);
    await next.stop();
    await rm(otherName);
  });

  it('tells when PostgreSQL ends by itself, and starts again with what was committed', async () => {
    const dataDir = await aDatabase();
    const { promise: told, resolve: onExit } = Promise.withResolvers<Error>();
    const first = await startEmbeddedPostgres(dataDir, { onExit });
    await ask(first.connectionString, 'create table kept as select 1 as id');

    process.kill(await postmasterOf(dataDir), 'SIGKILL');

    expect(await told).toMatchObject({
      code: 'ended',
      message: `The embedded PostgreSQL has ended: ended by SIGKILL (more in ${join(dataDir, 'postgres.log')}).`,
    });
    await first.stop();
    const second = await startEmbeddedPostgres(dataDir, fast);
    expect(await ask(second.connectionString, 'table kept')).toEqual([{ id: 1 }]);
    await second.stop();
  });

  it('does not tell of an end that was asked for', async () => {
    const onExit = vi.fn();
    const { stop } = await startEmbeddedPostgres(await aDatabase(), { ...fast, onExit });
    await Promise.all([stop(), stop()]);
    expect(onExit).not.toHaveBeenCalled();
  });

  it('puts a large log aside, and keeps values out of it', async () => {
    const dataDir = await aDatabase();
    await writeFile(join(dataDir, 'postgres.log'), '');
    await truncate(join(dataDir, 'postgres.log'), 10 * 1024 * 1024 + 1);
    const { connectionString, stop } = await startEmbeddedPostgres(dataDir, fast);
    await ask(connectionString, "create table people (name text unique); insert into people values ('花子')");
    const again = `do $$ begin execute 'insert into people values (' || quote_literal(convert_from('\\xe88ab1e5ad90', 'utf8')) || ')'; end $$`;
    await expect(ask(connectionString, again)).rejects.toThrow('people_name_key');
    await stop();

    expect((await stat(join(dataDir, 'postgres.log.1'))).size).toBe(10 * 1024 * 1024 + 1);
    const log = await readFile(join(dataDir, 'postgres.log'), 'utf8');
    expect(log).toContain('people_name_key');
    expect(log).not.toContain('花子');
  });

  it('begins again when it was cut off while it made its files', async () => {
    const dataDir = await aFolder();
    await mkdir(join(dataDir, 'postgres-18.unfinished-a1b2c3'));
    await writeFile(join(dataDir, 'postgres-18.unfinished-a1b2c3', 'PG_VERSION'), '18\n');

    const { stop } = await startEmbeddedPostgres(dataDir, fast);
    await stop();

    expect((await readdir(dataDir)).sort()).toEqual([
      'owner.lock',
      'owner.pid',
      'postgres-18',
      'postgres.log',
    ]);
  });
});

describe('a data folder is refused', () => {
  it.each([
    ['with a folder of an older version', 'postgres-17', 17],
    ['that is a cluster of an older version itself', '.', 16],
    ['with another version in the folder of this one', 'postgres-18', 19],
  ])('%s, and left as it is', async (_, folder, version) => {
    const dataDir = await aFolder();
    await mkdir(join(dataDir, folder), { recursive: true });
    await writeFile(join(dataDir, folder, 'PG_VERSION'), `${version}\n`);

    await expect(startEmbeddedPostgres(dataDir, fast)).rejects.toMatchObject({
      code: 'other_version',
      message: expect.stringContaining(
        `${join(dataDir, folder)} was made by PostgreSQL ${version}, and this Shokai brings PostgreSQL 18`,
      ),
    });
    expect(await readdir(join(dataDir, folder))).toContain('PG_VERSION');
  });

  it('when its cluster lost its version', async () => {
    const dataDir = await aFolder();
    await mkdir(join(dataDir, 'postgres-18'));

    await expect(startEmbeddedPostgres(dataDir, fast)).rejects.toMatchObject({
      code: 'not_a_cluster',
      message: expect.stringContaining(
        `${join(dataDir, 'postgres-18')} is not, or no longer, a folder of PostgreSQL`,
      ),
    });
  });

  it('when it is a file', async () => {
    const dataDir = join(await aFolder(), 'file');
    await writeFile(dataDir, '');

    await expect(startEmbeddedPostgres(dataDir, fast)).rejects.toMatchObject({
      code: 'folder_not_usable',
      message: expect.stringContaining(`The data folder ${dataDir} cannot be used`),
    });
  });

  it('when PostgreSQL cannot read its files, with its own words, and can be mended', async () => {
    const dataDir = await aDatabase();
    const control = join(dataDir, 'postgres-18', 'global', 'pg_control');
    await rename(control, `${control}.away`);

    await expect(startEmbeddedPostgres(dataDir, fast)).rejects.toMatchObject({
      code: 'start_failed',
      message: expect.stringMatching(
        /^PostgreSQL does not start: .*could not (find the database system|open file).*postgres\.log/s,
      ),
    });

    await rename(`${control}.away`, control);
    const mended = await startEmbeddedPostgres(dataDir, fast);
    await mended.stop();
  });
});
