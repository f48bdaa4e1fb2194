import { realpath } from 'node:fs/promises';
import pg from 'pg';
import { socketConnectionOf } from './address.ts';

/** The connection to a PostgreSQL that runs on the folder already; undefined when none does, or none that can be reached. */
export async function findRunningPostgres(dataDir: string): Promise<string | undefined> {
  if (process.platform === 'win32') return undefined;
  const folder = await realpath(dataDir).catch(() => undefined);
  if (folder === undefined) return undefined;
  const connectionString = socketConnectionOf(folder, 'shokai');
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 2_000 });
  try {
    await client.connect();
    return connectionString;
  } catch {
    return undefined;
  } finally {
    await client.end().catch(() => undefined);
  }
}
