import { afterAll, describe, expect, it } from 'vitest';
import {
  aDatabase,
  ask,
  isRunning,
  postmasterOf,
  startProgram,
  tidyUp,
  withoutCommands,
} from '#tests/support/embedded-postgres.ts';
import { until } from './until.ts';

afterAll(tidyUp);

describe.runIf(process.platform === 'linux')('a program with an embedded PostgreSQL', () => {
  it('takes PostgreSQL along within 2 s of kill -9', async () => {
    const dataDir = await aDatabase();
    const program = await startProgram(dataDir);
    await program.next();
    const postmaster = await postmasterOf(dataDir);

    await program.kill();

    expect(await until(async () => !(await isRunning(postmaster)), 2_000)).toBe(true);
  });

  it('ends a PostgreSQL that outlived it where the kernel does not see to that', async () => {
    const dataDir = await aDatabase();
    const path = await withoutCommands('setpriv');
    const first = await startProgram(dataDir, { path });
    const { connectionString } = await first.next();
    await ask(connectionString, 'create table kept as select 1 as id');
    const postmaster = await postmasterOf(dataDir);
    await first.kill();
    expect(await ask(connectionString, 'table kept')).toEqual([{ id: 1 }]);

    const second = await startProgram(dataDir, { path });

    const { connectionString: again } = await second.next();
    expect(await isRunning(postmaster)).toBe(false);
    expect(await ask(again, 'table kept')).toEqual([{ id: 1 }]);
  });

  it('is refused a folder that another program uses', async () => {
    const dataDir = await aDatabase();
    const first = await startProgram(dataDir);
    const { connectionString } = await first.next();

    const second = await startProgram(dataDir);

    expect(await second.next()).toMatchObject({
      code: 'in_use',
      message: expect.stringContaining(
        `Another Shokai (process ${first.pid}) uses the data folder ${dataDir}`,
      ),
    });
    expect(await ask(connectionString, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('keeps its database while it finishes after Ctrl+C', async () => {
    const program = await startProgram(await aDatabase());
    await program.next();

    process.kill(-program.pid, 'SIGINT');

    expect(await program.next()).toEqual({ stillServing: [{ one: 1 }] });
  });
});
