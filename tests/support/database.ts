import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { openDatabase } from '#src/platform/database.ts';
import { prepareJobs } from '#src/platform/jobs.ts';
import { migrate } from '#src/platform/migrate.ts';
import { confirmYears } from './confirm-years.ts';
import { keepServerLog, keepTraces } from './logs.ts';

declare module 'vitest' {
  interface ProvidedContext {
    connectionString: string;
  }
}

/**
 * One real PostgreSQL for the whole run, brought to the newest schema once. Every test makes its own merchant, so all share
 * it. `TEST_DATABASE_URL` has the run use another, empty database.
 */
export async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const { connectionString, stop } = await open();
  const db = openDatabase({ connectionString });
  await migrate(db);
  await confirmYears(db);
  await db.destroy();
  await prepareJobs(connectionString);
  provide('connectionString', connectionString);
  return async () => {
    const last = openDatabase({ connectionString });
    await keepTraces(last);
    await last.destroy();
    await stop();
  };
}

async function open(): Promise<{ connectionString: string; stop: () => Promise<void> }> {
  const external = process.env.TEST_DATABASE_URL;
  if (external) return { connectionString: external, stop: async () => undefined };
  const folder = await mkdtemp(join(tmpdir(), 'shokai-test-'));
  const { startEmbeddedPostgres } = await import('#src/platform/embedded-postgres/start.ts');
  const embedded = await startEmbeddedPostgres(folder, { fast: true });
  const stop = async (): Promise<void> => {
    await embedded.stop();
    await keepServerLog(folder, 'tests');
    await rm(folder, { recursive: true, force: true });
  };
  return { connectionString: embedded.connectionString, stop };
}
