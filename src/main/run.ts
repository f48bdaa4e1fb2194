/** The product from its start to its end: configuration, database, jobs, HTTP. `start.ts` runs it. */
import { setTimeout as wait } from 'node:timers/promises';
import closeWithGrace from 'close-with-grace';
import { createLog } from '#src/platform/log.ts';
import { runCommand, say } from './command.ts';
import { environment, readConfig } from './config.ts';
import { demoGreeting } from './demo/greeting.ts';
import { sampleOnce } from './demo/sample.ts';
import { openStorage } from './open-storage.ts';
import { createShokai } from './shokai.ts';

/** Requests under way may take this long, and jobs as long again. */
const longestStopMs = 30_000;

await runCommand(async () => {
  const config = readConfig(environment());
  const log = createLog(config.logLevel);
  const storage = await openStorage(config, () => {
    say('The embedded database has stopped, so Shokai stops too. Its log is in the data folder.');
    process.exit(1);
  });
  const shokai = await createShokai({ config, storage, log });
  const record = (action: 'product.start' | 'product.stop'): Promise<void> =>
    shokai.bySystem.inTransaction(async (tx) => tx.record(action, []));
  const { operations } = shokai;
  const delayMs = config.stopDelaySeconds * 1000;
  // A second signal ends the process at once.
  closeWithGrace({ delay: delayMs + longestStopMs, logger: false }, async ({ err }) => {
    if (err) log.fatal({ err }, 'stopping after an error');
    operations.drain();
    if (!err) await wait(delayMs);
    await record('product.stop').catch((reason) => log.error({ err: reason }, 'the stop was not recorded'));
    await shokai.stop();
    await storage.stop();
  });
  await record('product.start');
  await operations.begin();
  if (config.isDemo) await sampleOnce(shokai.bySystem.inTransaction);
  await shokai.app.listen({ port: config.PORT, host: config.host });
  say(`Shokai is ready at ${config.baseUrl}`);
  if (config.isDemo && config.ROLE !== 'worker') say(demoGreeting(config.baseUrl));
});
