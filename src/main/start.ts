/** Starts the product: `npm start`. */
import closeWithGrace from 'close-with-grace';
import { EmbeddedPostgresError } from '#src/platform/embedded-postgres/start.ts';
import { createLog } from '#src/platform/log.ts';
import { ConfigError, readConfig } from './config.ts';
import { demoGreeting } from './demo/greeting.ts';
import { sampleOnce } from './demo/sample.ts';
import { openStorage } from './open-storage.ts';
import { createShokai } from './shokai.ts';

try {
  await start();
} catch (error) {
  say(`Shokai cannot start: ${reasonOf(error)}`);
  process.exit(1);
}

async function start(): Promise<void> {
  const config = readConfig(process.env);
  const log = createLog(config.logLevel);
  const storage = await openStorage(config, () => {
    say('The embedded database has stopped, so Shokai stops too. Its log is in the data folder.');
    process.exit(1);
  });
  const shokai = await createShokai({ config, connectionString: storage.connectionString, log });
  closeWithGrace({ delay: 15_000, logger: false }, async ({ err }) => {
    if (err) log.fatal({ err }, 'stopping after an error');
    await shokai.stop();
    await storage.stop();
  });
  if (config.isDemo) await sampleOnce(shokai.inTransaction);
  await shokai.app.listen({ port: config.PORT, host: config.host });
  say(`Shokai is ready at ${config.baseUrl}`);
  if (config.isDemo) say(demoGreeting(config.baseUrl));
}

/** What is wrong, for the one who starts it; a bug keeps its stack. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof ConfigError || error instanceof EmbeddedPostgresError) return error.message;
  if ('code' in error && error.code === 'EADDRINUSE') {
    return 'another program listens on this port. Stop it, or set PORT to another one.';
  }
  return error.stack ?? error.message;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
