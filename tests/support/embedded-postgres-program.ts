/** A program with an embedded database, for tests that start it as another account or kill it. Tells what happens in lines of JSON. */
import pg from 'pg';
import { EmbeddedPostgresError, startEmbeddedPostgres } from '#src/platform/embedded-postgres/start.ts';

const [dataDir = '', speed] = process.argv.slice(2);

try {
  const { connectionString, stop } = await startEmbeddedPostgres(dataDir, {
    fast: speed === 'fast',
    onExit: ({ code, message }) => tell({ code, message }),
  });
  process.once('SIGINT', async () => {
    const client = new pg.Client({ connectionString });
    await client.connect();
    tell({ stillServing: (await client.query('select 1 as one')).rows });
    await client.end();
    await stop();
  });
  tell({ connectionString, uid: process.getuid?.() });
} catch (error) {
  if (!(error instanceof EmbeddedPostgresError)) throw error;
  tell({ code: error.code, message: error.message });
}

function tell(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}
