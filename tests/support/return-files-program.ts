/** Makes and writes files of answers, again and again until it is killed: `node return-files-program.ts <institution> <folder>`. */
import { readConfig } from '#src/main/config.ts';
import { createShokai } from '#src/main/shokai.ts';
import { folderPlace } from '#src/modules/returns/files/folder-place.ts';
import { makeFiles } from '#src/modules/returns/files/make-files.ts';
import { writeFiles } from '#src/modules/returns/files/write-files.ts';
import { createLog } from '#src/platform/log.ts';

const [institutionId = '', folder = ''] = process.argv.slice(2);
const config = readConfig(process.env);
const connectionString = config.DATABASE_URL ?? '';
const log = createLog('silent');
const storage = { connectionString, ownerConnectionString: connectionString };
const { bySystem } = await createShokai({ config, storage, log, work: false });
process.stdout.write('ready\n');
for (;;) {
  await makeFiles(bySystem.inTransaction, institutionId);
  await writeFiles({ ...bySystem, place: folderPlace(folder), log });
}
