import { sql } from 'kysely';
import type { Database } from '#src/platform/database.ts';

/** Every row of every table of the product and its job queue as text, the way a dump or a stolen disk would show them. */
export async function dumpOf(db: Database): Promise<string> {
  const tables = await sql<{ name: string }>`
    select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname in ('public', 'pgboss') order by 1`.execute(db);
  const dumps: string[] = [];
  for (const { name } of tables.rows) {
    const { rows } = await sql<{ dump: string | null }>`
      select string_agg(each::text, E'\n') as dump from ${sql.raw(name)} as each`.execute(db);
    dumps.push(`-- ${name}\n${rows[0]?.dump ?? ''}`);
  }
  return dumps.join('\n');
}

/** Values that are found in a dump, also when a column shows its bytes as hex. */
export const foundIn = (dump: string, values: readonly string[]): string[] =>
  values.filter((value) => dump.includes(value) || dump.includes(Buffer.from(value).toString('hex')));
