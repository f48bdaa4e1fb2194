/**
 * Replaces the data key: `npm run keys:rotate`, with the new key in DATA_KEY and the one before in DATA_KEY_BEFORE. The product
 * may run meanwhile, with the same two keys; when this is done, DATA_KEY_BEFORE can go.
 */
import { openDatabase } from '#src/platform/database.ts';
import { createLog } from '#src/platform/log.ts';
import { rotateKeys } from '#src/platform/rotate-keys.ts';
import { CommandError, runCommand, say } from './command.ts';
import { environment, readConfig } from './config.ts';
import { openStorage } from './open-storage.ts';
import { createShokai } from './shokai.ts';

await runCommand(async () => {
  const config = readConfig(environment());
  if (!config.DATA_KEY || !config.DATA_KEY_BEFORE) {
    throw new CommandError('Set DATA_KEY to the new key and DATA_KEY_BEFORE to the one before.');
  }
  const storage = await openStorage(config, () => process.exit(1));
  const shokai = await createShokai({ config, storage, log: createLog('error'), work: false });
  const owner = openDatabase({ connectionString: storage.ownerConnectionString, poolSize: 1 });
  try {
    const rotated = await rotateKeys(owner, shokai.vault);
    await shokai.bySystem.inTransaction(async (tx) => tx.record('keys.rotate', [], rotated));
    for (const [column, count] of Object.entries(rotated)) say(`${column}: ${count} sealed anew`);
    say('Nothing is under the key before any more: DATA_KEY_BEFORE can go.');
  } finally {
    await owner.destroy();
    await shokai.stop();
    await storage.stop();
  }
});
