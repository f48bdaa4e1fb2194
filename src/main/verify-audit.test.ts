import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { signingWith } from '#src/platform/signing.ts';
import { anOwnDatabase } from '#tests/support/own-database.ts';
import { startWorld, testKey } from '#tests/support/world.ts';

let connectionString = '';
const world = startWorld({
  database: async () => {
    const own = await anOwnDatabase();
    ({ connectionString } = own);
    return own;
  },
});

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shokai-verify-'));
  for (let count = 0; count < 20; count += 1) {
    await world.bySystem.inTransaction(async (tx) => tx.record('case.look', [`case-${count}`]));
  }
});

afterAll(() => rm(folder, { recursive: true }));

type Ran = { code: number; printed: string };

/** Runs the command as an operator does. */
const run = (script: string, ...args: string[]): Promise<Ran> =>
  new Promise((resolve) => {
    const { PATH, HOME } = process.env;
    const env = {
      ...{ PATH, HOME },
      DATABASE_URL: connectionString,
      AUDIT_SIGNING_KEY: testKey,
      AUDIT_ANCHOR_DIR: folder,
    };
    execFile(process.execPath, [`src/main/${script}.ts`, ...args], { env }, (error, printed, complaint) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, printed: printed + complaint }),
    );
  });

it('tells that the trail is intact, and records that it was looked at', async () => {
  const { code, printed } = await run('verify-audit');
  expect(printed).toMatch(
    /The audit trail is intact: 21 entries up to number 21 and 0 anchors, \d+ entries\/s\./,
  );
  expect(printed).not.toContain('could not be recorded');
  expect(code).toBe(0);
  const [looked] = await world.db
    .selectFrom('audit_entries')
    .selectAll()
    .where('action', '=', 'audit.verify')
    .execute();
  expect(looked).toMatchObject({
    actor_kind: 'system',
    details: { scope: 'all', entries: 21, through: 21, findings: 0 },
  });
  expect(await run('verify-audit', '--from', '3', '--to', '9', '--no-record')).toMatchObject({
    code: 0,
    printed: expect.stringContaining('7 entries up to number 9'),
  });
});

it('tells what does not fit and where, and ends with 2', async () => {
  const { publicKey, sign } = signingWith(Buffer.from(testKey, 'base64'));
  const anchor = {
    sequence: 900,
    hash: '0'.repeat(64),
    at: '2026-11-25T00:00:00.000000Z',
    entries: 900,
    signedAt: '2026-11-25T00:00:01.000Z',
    previous: null,
  };
  const mail = JSON.stringify({ anchor, key: publicKey.id, signature: sign(JSON.stringify(anchor)) });
  await writeFile(join(folder, 'mail.txt'), `監査人 様\n${mail}\n`);
  await world.db.transaction().execute(async (tx) => {
    await sql`set local session_replication_role = replica`.execute(tx);
    await sql`update audit_entries set origin = '203.0.113.0/24' where sequence = 7`.execute(tx);
  });

  const { code, printed } = await run('verify-audit', '--anchors', join(folder, 'mail.txt'));
  expect(printed).toMatch(/entry 7 of 2\d{3}-\S+Z: its content was changed/);
  expect(printed).toContain(
    'entry 900 of 2026-11-25T00:00:00.000000Z: it was signed, and the trail ends before it',
  );
  expect(printed).toContain('THE AUDIT TRAIL DOES NOT FIT in 2 places');
  expect(code).toBe(2);
});

it('prints the public key with which anybody can check an anchor', async () => {
  const { printed } = await run('print-audit-key');
  expect(printed).toBe(signingWith(Buffer.from(testKey, 'base64')).publicKey.pem);
});

it('says how it is used when it is used wrongly', async () => {
  expect(await run('verify-audit', '--from', 'x')).toMatchObject({
    code: 1,
    printed: 'x is no number of an entry.\n',
  });
  expect(await run('verify-audit', '--anchors', 'no-such-file')).toMatchObject({
    code: 1,
    printed: 'no-such-file cannot be read.\n',
  });
});
