/**
 * Sends what is due of reminders, again and again until it is killed or nothing is left, as one of many workers: for a test that
 * kills it in the middle.
 */
import { readConfig } from '#src/main/config.ts';
import { createShokai } from '#src/main/shokai.ts';
import { runReminders } from '#src/modules/reminders/run-reminders.ts';
import { watchClock } from '#src/modules/reminders/watch-clock.ts';
import { createLog } from '#src/platform/log.ts';

const connectionString = process.env.REMINDERS_DATABASE ?? '';
const storage = { connectionString, ownerConnectionString: connectionString };
const config = readConfig({ SMTP_URL: 'smtp://127.0.0.1:1' });
const shokai = await createShokai({ config, storage, log: createLog('silent'), work: false });
const sender = {
  providerName: 'PSP',
  supportMail: 'support@psp.example.jp',
  baseUrl: 'https://psp.example.jp',
};
process.stdout.write('ready\n');
const { inTransaction } = shokai.bySystem;
const run = () => runReminders({ inTransaction, watch: watchClock(), how: { sender, isKept: false } });
for (let last = await run(); last.reminders > 0; ) last = await run();
await shokai.stop();
