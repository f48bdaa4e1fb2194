/**
 * Erases the personal data whose time is over: `npm run retention`. With `--dry-run` it erases nothing and lists what would be
 * erased, by category and year of closing, and what a legal hold keeps. The product does the same by itself every night.
 */
import { parseArgs } from 'node:util';
import { eraseDue, getRetention } from '#src/modules/retention/index.ts';
import { createLog } from '#src/platform/log.ts';
import { runCommand, say } from './command.ts';
import { environment, readConfig } from './config.ts';
import { openStorage } from './open-storage.ts';
import { createShokai } from './shokai.ts';

await runCommand(async () => {
  const { values } = parseArgs({ options: { 'dry-run': { type: 'boolean', default: false } } });
  const config = readConfig(environment());
  const storage = await openStorage(config, () => process.exit(1));
  const shokai = await createShokai({ config, storage, log: createLog('error'), work: false });
  try {
    for (const line of toText(await shokai.bySystem.reading(getRetention))) say(line);
    if (values['dry-run']) return say('Nothing was erased.');
    const { cases, mails } = await eraseDue(shokai.bySystem.inTransaction);
    say(`Erased: personal data of ${cases} cases, texts of ${mails} mails.`);
  } finally {
    await shokai.stop();
    await storage.stop();
  }
});

type View = Awaited<ReturnType<typeof getRetention>>;

function toText({ periods, mailDays, due, mailsDue, held, heldCount }: View): string[] {
  return [
    ...periods.map(({ category, days }) => `${category}: kept for ${days} days after closing`),
    ...due.map(
      ({ category, closedIn, count }) => `  due: ${count} cases closed in ${closedIn} (${category})`,
    ),
    `mails: kept for ${mailDays} days, due: ${mailsDue}`,
    `legal holds: ${heldCount}`,
    ...held.map(({ caseId, isDue }) => `  ${caseId}${isDue ? ': due, kept by its hold' : ''}`),
  ];
}
