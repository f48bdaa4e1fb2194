/** A worker that runs one import in a process of its own, so that a test can kill it: `import-program.ts IMPORT_ID`. */
import { readConfig } from '#src/main/config.ts';
import { createShokai } from '#src/main/shokai.ts';
import { runImport } from '#src/modules/imports/run-import.ts';
import { createLog } from '#src/platform/log.ts';

const connectionString = process.env.DATABASE_URL ?? '';
const shokai = await createShokai({
  config: readConfig(process.env),
  storage: { connectionString, ownerConnectionString: connectionString },
  log: createLog('error'),
  work: false,
});
await runImport(shokai.bySystem, process.argv[2] ?? '');
await shokai.stop();
