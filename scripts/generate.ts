/**
 * Writes what is made from other files: the web client's types from the API's document, and `.env.example` from the
 * configuration's schema. With `--check` it writes nothing and fails when a file is not what it would write.
 */
import { readFile, writeFile } from 'node:fs/promises';
import openapiTS, { astToString } from 'openapi-typescript';
import { createApiServer } from '#src/main/app.ts';
import { configSchema, readConfig } from '#src/main/config.ts';
import { openDatabase } from '#src/platform/database.ts';
import { createLog } from '#src/platform/log.ts';

const files = { 'src/web/api/schema.d.ts': await webTypes(), '.env.example': environmentExample() };
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
  const inTransaction = () => Promise.reject(new Error('writing the document asks no database'));
  const app = await createApiServer({ config, db, inTransaction, log: createLog('silent') });
  await app.ready();
  const types = await openapiTS(JSON.stringify(app.swagger()), { defaultNonNullable: false });
  await app.close();
  await db.destroy();
  return `// Made by \`npm run generate\` from the API's OpenAPI document.\n\n${astToString(types)}`;
}

function environmentExample(): string {
  const lines = Object.entries(configSchema.shape).map(([name, schema]) => {
    const standard = schema.safeParse(undefined).data;
    return `# ${schema.meta()?.description}\n${standard === undefined ? '# ' : ''}${name}=${standard ?? ''}\n`;
  });
  return `# Copy to .env and set what you need; with nothing set, npm start is the demo.\n\n${lines.join('\n')}`;
}
