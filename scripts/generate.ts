/**
 * Writes what is made from other files: the web client's types from the API's document, `.env.example` and the table of
 * settings in the operators' manual from the configuration's schema. With `--check` it writes nothing and fails when a file is not what it would write.
 */
import { readFile, writeFile } from 'node:fs/promises';
import openapiTS, { astToString } from 'openapi-typescript';
import { dataClasses } from '#src/domain/data-classes.ts';
import { storedData, waysOfKeeping } from '#src/domain/stored-data.ts';
import { createApiServer } from '#src/main/app.ts';
import { configSchema, readConfig } from '#src/main/config.ts';
import { openLive } from '#src/modules/live/index.ts';
import { openOperations } from '#src/modules/operations/index.ts';
import { openDatabase } from '#src/platform/database.ts';
import { createLog } from '#src/platform/log.ts';
import { counting } from '#src/platform/observed/observed.ts';
import { readExceptions } from '#src/platform/outbound/exceptions.ts';
import { openOutbound } from '#src/platform/outbound/outbound.ts';
import { sealingWith } from '#src/platform/sealing.ts';

const files = {
  'src/web/api/schema.d.ts': await webTypes(),
  '.env.example': environmentExample(),
  'docs/operators.md': await operatorsManual(),
};
const isCheck = process.argv.includes('--check');
const stale: string[] = [];
for (const [path, wanted] of Object.entries(files)) {
  const now = await readFile(path, 'utf8').catch(() => '');
  if (now === wanted) continue;
  if (isCheck) stale.push(path);
  else await writeFile(path, wanted);
}
if (stale.length > 0) {
  process.stderr.write(`Not up to date, run "npm run generate": ${stale.join(', ')}\n`);
  process.exit(1);
}

async function webTypes(): Promise<string> {
  const config = readConfig({});
  const db = openDatabase({ connectionString: 'postgresql://localhost/never-asked' });
  const actingFor = (): never => {
    throw new Error('writing the document asks no database');
  };
  const sealing = sealingWith([Buffer.alloc(32)]);
  const outbound = openOutbound({ exceptions: readExceptions('') });
  const log = createLog('silent');
  const watching = { reading: actingFor, inTransaction: actingFor };
  const observed = counting();
  const operations = await openOperations({ watching, db, role: 'all', version: '', observed, log });
  const live = openLive({ connectionString: '', actorsOf: async () => new Map(), log });
  const app = await createApiServer({
    config,
    db,
    actingFor,
    sealing,
    outbound,
    operations,
    live,
    clockWork: [],
    log,
  });
  await app.ready();
  const types = await openapiTS(JSON.stringify(app.swagger()), { defaultNonNullable: false });
  await app.close();
  await live.stop();
  await db.destroy();
  return `// Made by \`npm run generate\` from the API's OpenAPI document.\n\n${astToString(types)}`;
}

type Setting = { name: string; description: string; standard: unknown };

function settings(): Setting[] {
  return Object.entries(configSchema.shape).map(([name, schema]) => ({
    name,
    description: schema.meta()?.description ?? '',
    standard: schema.safeParse(undefined).data,
  }));
}

async function operatorsManual(): Promise<string> {
  const manual = await readFile('docs/operators.md', 'utf8');
  const rows = settings().map(
    ({ name, description, standard }) => `| \`${name}\` | ${standard ?? ''} | ${description} |`,
  );
  const table = ['| variable | default | |', '|---|---|---|', ...rows].join('\n');
  return manual
    .replace(/(<!-- settings -->\n)[\s\S]*(<!-- \/settings -->)/, `$1${table}\n$2`)
    .replace(/(<!-- personal data -->\n)[\s\S]*(<!-- \/personal data -->)/, `$1${storedDataTable()}\n$2`);
}

function storedDataTable(): string {
  const rows = storedData.map(
    ({ column, what, holds, kept, erased }) =>
      `| \`${column}\` | ${what} | ${dataClasses[holds].en} | ${waysOfKeeping[kept]} | ${erased} |`,
  );
  return ['| where | what | holds | kept | erased |', '|---|---|---|---|---|', ...rows].join('\n');
}

function environmentExample(): string {
  const lines = settings().map(({ name, description, standard }) => {
    return `# ${description}\n${standard === undefined ? '# ' : ''}${name}=${standard ?? ''}\n`;
  });
  return `# Copy to .env and set what you need; with nothing set, npm start is the demo.\n\n${lines.join('\n')}`;
}
