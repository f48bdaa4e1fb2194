import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { sql } from 'kysely';
import { afterEach, describe, expect, it } from 'vitest';
import { openDatabase } from '#src/platform/database.ts';
import { createLog } from '#src/platform/log.ts';
import { rotateKeys } from '#src/platform/rotate-keys.ts';
import { sealedColumns } from '#src/platform/sealed-columns.ts';
import { keyId } from '#src/platform/sealing.ts';
import { aCaseOfCanaries } from '#tests/support/canaries.ts';
import { anOwnDatabase } from '#tests/support/own-database.ts';
import {
  aMerchant,
  anInstitution,
  aRequest,
  as,
  cancelled,
  everythingAbout,
  givenCase,
  type World,
} from '#tests/support/world.ts';
import { readConfig } from './config.ts';
import { createShokai } from './shokai.ts';

const [first, second] = [randomBytes(32), randomBytes(32)];
const stops: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

/** The product on a database, with a key and perhaps the key before. */
async function start(connectionString: string, key: Buffer, keyBefore?: Buffer): Promise<World> {
  const settings = {
    DATABASE_URL: connectionString,
    DATA_KEY: key.toString('base64'),
    AUDIT_SIGNING_KEY: second.toString('base64'),
    ...(keyBefore && { DATA_KEY_BEFORE: keyBefore.toString('base64') }),
  };
  const config = readConfig(settings);
  const storage = { connectionString, ownerConnectionString: connectionString };
  const shokai = await createShokai({ config, storage, log: createLog('silent'), work: false });
  const db = openDatabase({ connectionString });
  await shokai.app.listen({ port: 0, host: '127.0.0.1' });
  stops.push(async () => {
    await shokai.stop();
    await db.destroy();
  });
  const url = `http://127.0.0.1:${(shokai.app.server.address() as AddressInfo).port}`;
  return { ...shokai, db, url, statements: [], logPath: '', address: '127.0.0.1' };
}

async function aDatabase(): Promise<string> {
  const { connectionString, stop } = await anOwnDatabase();
  stops.push(stop);
  return connectionString;
}

/** How many values are sealed with a key, in every column that is sealed with one directly. */
async function sealedWith({ db }: World, key: Buffer): Promise<number> {
  let count = 0;
  for (const column of Object.keys(sealedColumns)) {
    const [table = '', name = ''] = column.split('.');
    const { rows } = await sql<{ n: number }>`
      select count(*)::int as n from ${sql.table(table)}
      where substring(${sql.ref(name)} from 1 for 4) = ${keyId(key)}`.execute(db);
    count += rows[0]?.n ?? 0;
  }
  return count;
}

describe('another key than the database was encrypted with', () => {
  it('is refused at the start, with words that say so, and changes nothing', async () => {
    const connectionString = await aDatabase();
    const world = await start(connectionString, first);
    await aCaseOfCanaries(world, await aMerchant(world));

    await expect(start(connectionString, second)).rejects.toThrow(/DATA_KEY is not the key this database/);

    expect(await sealedWith(world, second)).toBe(0);
  });

  it('is no other when two start at once on an empty database', async () => {
    const connectionString = await aDatabase();
    const ends = await Promise.allSettled([start(connectionString, first), start(connectionString, first)]);
    expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
  });
});

describe('replacing the key', () => {
  it('goes on while people read and write: nothing is lost, and nothing is left under the key before', async () => {
    const connectionString = await aDatabase();
    const before = await start(connectionString, first);
    const merchant = await aMerchant(before);
    const canaries = await aCaseOfCanaries(before, merchant);
    const answered: string[] = [];
    for (let count = 0; count < 5; count += 1)
      answered.push(await givenCase(before, merchant, { answered: true }));
    const institution = await anInstitution(before);
    const many = Array.from({ length: 1_200 }, () => JSON.stringify(aRequest(merchant.mid))).join('\n');
    await as(before, institution).send('POST', '/cases/batch', {
      raw: many,
      headers: { 'content-type': 'application/x-ndjson' },
    });
    const world = await start(connectionString, second, first);
    const owner = openDatabase({ connectionString, poolSize: 1 });
    stops.push(() => owner.destroy());

    let isOver = false;
    const statuses: number[] = [];
    const hanako = as(world, merchant.hanako);
    const work = async (): Promise<void> => {
      while (!isOver) {
        const id = await givenCase(world, merchant, { answered: true });
        answered.push(id);
        for (const caseId of [id, canaries.caseId, answered[0] ?? ''])
          statuses.push((await hanako.get(`/cases/${caseId}`)).status);
      }
    };
    const working = [work(), work()];
    // Broken off in the middle, and started again.
    const stopped = rotateKeys(owner, world.vault, () => {
      throw new Error('broken off');
    });
    await expect(stopped).rejects.toThrow('broken off');
    expect(await sealedWith(world, first)).toBeGreaterThan(0);
    const rotated = await rotateKeys(owner, world.vault);
    isOver = true;
    await Promise.all(working);

    expect(rotated['case_keys.wrapped_key']).toBeGreaterThan(500);
    expect(rotated['data_keys.wrapped_key']).toBe(1);
    expect(await sealedWith(world, first)).toBe(0);
    expect(new Set(statuses)).toEqual(new Set([200]));
    const after = await start(connectionString, second);
    for (const caseId of answered)
      expect(await everythingAbout(after, caseId)).toMatchObject({ answers: [{ content: cancelled }] });
    const { body } = await as(after, merchant.hanako).get(`/cases?q=${canaries.customerId}`);
    expect(body.data).toMatchObject([{ id: canaries.caseId }]);
    await expect(start(connectionString, first)).rejects.toThrow(/DATA_KEY is not the key/);
  }, 120_000);
});
