import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, inject, it } from 'vitest';

it('has the types of the tables as the migrations make them', async () => {
  const run = promisify(execFile)('node_modules/.bin/kysely-codegen', ['--verify'], {
    env: { ...process.env, DATABASE_URL: inject('connectionString') },
  });
  await expect(run).resolves.toMatchObject({ stderr: '' });
});
