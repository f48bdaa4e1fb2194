import { sql } from 'kysely';
import type { World } from './world.ts';

/** Waits until so many statements wait for a lock, in a database of the test's own. */
export async function untilSomebodyWaits({ db }: Pick<World, 'db'>, count = 1): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    const { rows } = await sql<{ n: number }>`
      select count(*)::int as n from pg_stat_activity
      where wait_event_type = 'Lock' and datname = current_database()`.execute(db);
    if ((rows[0]?.n ?? 0) >= count) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('nobody came to wait');
}
