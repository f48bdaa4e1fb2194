import { sql } from 'kysely';
import { openDatabase } from '../../src/platform/database.ts';
import { findRunningPostgres } from '../../src/platform/embedded-postgres/find-running.ts';
import type { Demo } from './demo.ts';

/** Changes a demo's database past the product: lets time pass, or gives somebody a second merchant. */
export async function changeDemo({ folder }: Pick<Demo, 'folder'>, ...statements: string[]): Promise<void> {
  const connectionString = await findRunningPostgres(folder);
  if (!connectionString) throw new Error('the demo has no database');
  const db = openDatabase({ connectionString, poolSize: 1 });
  for (const statement of statements) await sql.raw(statement).execute(db);
  await db.destroy();
}
