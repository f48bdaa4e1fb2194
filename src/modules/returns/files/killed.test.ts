import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { spreadEvents } from '#src/modules/webhooks/spread-events.ts';
import { createLog } from '#src/platform/log.ts';
import { anOwnDatabase } from '#tests/support/own-database.ts';
import {
  aMerchant,
  anInstitution,
  aRequest,
  as,
  cancelled,
  startWorld,
  testKey,
} from '#tests/support/world.ts';
import { folderPlace } from './folder-place.ts';
import { folderOf, makeFiles } from './make-files.ts';
import { writeFiles } from './write-files.ts';

let connectionString = '';
const world = startWorld({
  database: async () => {
    const own = await anOwnDatabase();
    connectionString = own.connectionString;
    return own;
  },
});

/** Starts a process that makes and writes, two at a time, and kills it in the midst of it. */
async function killed(institutionId: string, root: string, afterMs: number): Promise<void> {
  const child = spawn(process.execPath, ['tests/support/return-files-program.ts', institutionId, root], {
    env: {
      PATH: process.env.PATH,
      DATABASE_URL: connectionString,
      DATA_KEY: testKey,
      AUDIT_SIGNING_KEY: testKey,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (piece: Buffer) => {
    said += piece;
  });
  await Promise.race([
    once(child.stdout, 'data'),
    once(child, 'exit').then(() => Promise.reject(new Error(`it ended by itself: ${said}`))),
  ]);
  await new Promise((resolve) => setTimeout(resolve, afterMs));
  child.kill('SIGKILL');
  await once(child, 'exit');
}

it('each answer is in exactly one whole file, though the processes that write are killed in the midst of it', async () => {
  const root = await mkdtemp(join(tmpdir(), 'shokai-killed-'));
  const [jcb, merchant] = [await anInstitution(world), await aMerchant(world)];
  await sql`insert into return_channels (institution_id, is_on, encoding, columns, times, from_position)
    values (${jcb.institutionId}, false, 'utf8_bom', '{case_number}', '{09:00}', 0)`.execute(world.db);
  const answered: string[] = [];
  let isAnswering = true;
  const answering = (async () => {
    while (isAnswering) {
      const { body } = await as(world, jcb).post('/cases', aRequest(merchant.mid));
      await as(world, merchant.hanako).put(
        `/cases/${body.id}/draft`,
        { content: cancelled },
        { 'if-match': '"0"' },
      );
      await as(world, merchant.hanako).post(`/cases/${body.id}/answer`, { draftVersion: 1 });
      await spreadEvents(world.bySystem.inTransaction, new Date());
      answered.push(body.id);
    }
  })();
  for (const afterMs of [60, 170, 290])
    await Promise.all([
      killed(jcb.institutionId, root, afterMs),
      killed(jcb.institutionId, root, afterMs + 40),
    ]);
  isAnswering = false;
  await answering;
  await makeFiles(world.bySystem.inTransaction, jcb.institutionId);
  // What the killed ones held is free again after a minute.
  await sql`update return_files set taken_until = null, next_attempt_at = now() where state = 'waiting'`.execute(
    world.db,
  );
  await writeFiles({ ...world.bySystem, place: folderPlace(root), log: createLog('silent') });

  const folder = join(root, folderOf(jcb.institutionId));
  const names = (await readdir(folder)).filter((name) => name.endsWith('.csv'));
  const written: string[] = [];
  for (const name of names) {
    const bytes = await readFile(join(folder, name));
    const manifest = JSON.parse(await readFile(join(folder, `${name}.manifest.json`), 'utf8'));
    expect(manifest.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
    const lines = bytes.toString().trim().split('\r\n').slice(1);
    expect(lines).toHaveLength(manifest.answers);
    written.push(...lines);
  }
  expect(names.length).toBeGreaterThan(1);
  expect(written.sort()).toEqual(answered.sort());
  const { rows } = await sql<{ waiting: number }>`
    select count(*)::int as waiting from return_files where state <> 'written'`.execute(world.db);
  expect(rows[0]?.waiting).toBe(0);
}, 120_000);
