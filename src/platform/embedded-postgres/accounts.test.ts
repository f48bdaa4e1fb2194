import { execFileSync } from 'node:child_process';
import { chmod, mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import {
  aDatabase,
  aFolder,
  ask,
  asOrdinary,
  asRoot,
  isRunning,
  postmasterOf,
  startProgram,
  tidyUp,
  withoutCommands,
} from '#tests/support/embedded-postgres.ts';

afterAll(tidyUp);

const root = 0;

describe.runIf(process.platform === 'linux')('a program with an embedded PostgreSQL', () => {
  it.each([
    ['as root', asRoot, true],
    ['not as root', asOrdinary, false],
  ] as const)('starts %s, and again after kill -9, with all that was committed', async (_, as, isRoot) => {
    const dataDir = join(await aFolder(), 'data');
    const first = await startProgram(dataDir, { as, durable: true });
    const { connectionString, uid } = await first.next();
    expect(uid === root).toBe(isRoot);
    await ask(connectionString, 'create table kept (id int)');
    await ask(connectionString, 'insert into kept select generate_series(1, 1000)');
    const postmaster = await postmasterOf(dataDir);

    await first.kill();
    const second = await startProgram(dataDir, { as, durable: true });

    const { connectionString: again } = await second.next();
    expect(await ask(again, 'select count(*)::int from kept')).toEqual([{ count: 1000 }]);
    expect(await isRunning(postmaster)).toBe(false);
    expect(second.noise()).toBe('');
  });

  it('hands its files to nobody where root gets no user namespace', async () => {
    const dataDir = await aDatabase();
    const withNamespace = await startProgram(dataDir, { as: asRoot });
    const { connectionString } = await withNamespace.next();
    await ask(connectionString, 'create table kept as select 1 as id');
    await withNamespace.kill();
    expect((await stat(join(dataDir, 'postgres-18'))).uid).toBe(process.getuid?.());

    const path = await withoutCommands('unshare');
    const without = await startProgram(dataDir, { as: asRoot, path });

    const { connectionString: again } = await without.next();
    expect(await ask(again, 'table kept')).toEqual([{ id: 1 }]);
    expect((await stat(join(dataDir, 'postgres-18'))).uid).toBe(uidOfNobody());
    await without.kill();

    const backAgain = await startProgram(dataDir, { as: asRoot });
    const { connectionString: third } = await backAgain.next();
    expect(await ask(third, 'table kept')).toEqual([{ id: 1 }]);
  });

  it('is refused when root has no account that reaches the folder', async () => {
    const parent = join(await aFolder(), 'closed');
    await mkdir(parent, { mode: 0o700 });
    const path = await withoutCommands('unshare');

    const program = await startProgram(join(parent, 'data'), { as: asRoot, path });

    expect(await program.next()).toMatchObject({
      code: 'no_account',
      message: expect.stringContaining(
        `PostgreSQL refuses to run as root, and no other account can reach ${join(parent, 'data')}`,
      ),
    });
  });

  it('is refused files of another account', async () => {
    const dataDir = await aDatabase();
    const first = await startProgram(dataDir, { as: asRoot });
    await first.next();
    await first.kill();
    await chmod(dataDir, 0o700);
    const second = await startProgram(dataDir, { as: asOrdinary });
    expect(await second.next()).toMatchObject({
      code: 'other_account',
      message: expect.stringContaining(`${dataDir} belongs to the account with the number 0`),
    });

    await chmod(dataDir, 0o777);
    for (const name of ['owner.lock', 'owner.pid']) await chmod(join(dataDir, name), 0o666);
    const third = await startProgram(dataDir, { as: asOrdinary });
    expect(await third.next()).toMatchObject({
      code: 'other_account',
      message: expect.stringContaining(
        `${join(dataDir, 'postgres-18')} belongs to the account with the number 0`,
      ),
    });
  });
});

function uidOfNobody(): number {
  return Number(execFileSync('id', ['-u', 'nobody'], { encoding: 'utf8' }));
}
