import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { aDatabase, tidyUp } from '#tests/support/embedded-postgres.ts';
import { startEmbeddedPostgres } from './start.ts';

afterAll(tidyUp);

describe.runIf(process.platform === 'linux')('the number of a PostgreSQL that is no more', () => {
  it('does no harm to the program that has it now', async () => {
    const dataDir = await aDatabase();
    const other = spawn('sleep', ['600']);
    await writeFile(join(dataDir, 'postgres-18', 'postmaster.pid'), `${other.pid}\n`);

    const { stop } = await startEmbeddedPostgres(dataDir, { fast: true });

    expect(other.signalCode ?? other.exitCode).toBe(null);
    await stop();
    expect(await readdir(join(dataDir, 'postgres-18'))).not.toContain('postmaster.pid');
    other.kill();
    await once(other, 'exit');
  });
});
