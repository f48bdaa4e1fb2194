/** Starts the demo over: `npm run demo:reset` empties the embedded database; the next start fills it anew. */
import { sql } from 'kysely';
import { openDatabase } from '#src/platform/database.ts';
import { runCommand, say } from './command.ts';
import { environment, readConfig } from './config.ts';
import { openStorage } from './open-storage.ts';

await runCommand(async () => {
  const config = readConfig(environment());
  if (!config.isDemo) {
    say('This is no demo (DATABASE_URL or NODE_ENV=production is set): nothing was removed.');
    process.exitCode = 1;
    return;
  }
  // Refused while the demo runs, because the database has one owner at a time.
  const storage = await openStorage(config, () => process.exit(1));
  const db = openDatabase({ connectionString: storage.connectionString, poolSize: 1 });
  await sql`drop schema if exists pgboss cascade`.execute(db);
  await sql`drop schema public cascade`.execute(db);
  await sql`create schema public`.execute(db);
  await db.destroy();
  await storage.stop();
  say('The demo is empty; npm start fills it anew.');
});
