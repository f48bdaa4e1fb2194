/**
 * Takes in a report that came back about a mail (a bounce or a complaint): the mail server pipes it into `npm run -s mail:report`.
 * Ends well also for mails that are no reports, so that they are not sent back in turn; in trouble with 75, to be tried again.
 */
import { largestReport, noteReport, readReport } from '#src/modules/mail/index.ts';
import { createLog } from '#src/platform/log.ts';
import { runCommand, say } from './command.ts';
import { environment, readConfig } from './config.ts';
import { openStorage } from './open-storage.ts';
import { createShokai } from './shokai.ts';

/** EX_TEMPFAIL of sysexits.h: the mail server keeps the mail and tries again. */
const tryAgain = 75;

await runCommand(async () => {
  const report = await readReport(await readInput());
  if (!report) return say('No report on a mail: nothing was noted.');
  const config = readConfig(environment());
  const storage = await openStorage(config, () => process.exit(tryAgain));
  const shokai = await createShokai({ config, storage, log: createLog('error'), work: false });
  try {
    const isOurs = await shokai.bySystem.inTransaction((tx) => noteReport(tx, report));
    say(
      isOurs
        ? `Noted: ${report.kind} ${report.reply}`
        : 'A report on a mail that is not ours: nothing was noted.',
    );
  } finally {
    await shokai.stop();
    await storage.stop();
  }
}, tryAgain);

async function readInput(): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of process.stdin) {
    size += (chunk as Buffer).length;
    if (size <= largestReport + 1) chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}
