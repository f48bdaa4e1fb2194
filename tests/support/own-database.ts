import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { inject } from 'vitest';
import { openDatabase } from '#src/platform/database.ts';

/** An empty database of the test file's own on the server that all share, for what would disturb the others. */
export async function anOwnDatabase(): Promise<{ connectionString: string; stop: () => Promise<void> }> {
  const shared = inject('connectionString');
  const name = `own_${randomBytes(6).toString('hex')}`;
  const onShared = async (statement: string): Promise<void> => {
    const db = openDatabase({ connectionString: shared, poolSize: 1 });
    await sql.raw(statement).execute(db);
    await db.destroy();
  };
  await onShared(`create database ${name}`);
  const url = new URL(shared);
  url.pathname = `/${name}`;
  return {
    connectionString: url.href,
    stop: () => onShared(`drop database ${name} with (force)`),
  };
}
