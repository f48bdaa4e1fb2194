import type { AddressInfo } from 'node:net';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readConfig } from '#src/main/config.ts';
import { createShokai, type Shokai } from '#src/main/shokai.ts';
import { createLog } from '#src/platform/log.ts';
import { anOwnDatabase } from '#tests/support/own-database.ts';
import {
  aMerchant,
  anInstitution,
  aRequest,
  as,
  givenCase,
  type Institution,
  type Merchant,
  type Reply,
  startWorld,
  testKey,
  type World,
} from '#tests/support/world.ts';
import { verifyTrail } from './verify-trail.ts';

let connectionString = '';
const world = startWorld({
  settings: { LOG_LEVEL: 'silent' },
  database: async () => {
    const own = await anOwnDatabase();
    ({ connectionString } = own);
    return own;
  },
});

let second: Shokai;
let nodes: World[];
let merchant: Merchant;
let institution: Institution;
let caseIds: string[];

/** A second Shokai on the same database, as on another machine. */
beforeAll(async () => {
  const config = readConfig({
    DATABASE_URL: connectionString,
    DATA_KEY: testKey,
    AUDIT_SIGNING_KEY: testKey,
  });
  const storage = { connectionString, ownerConnectionString: connectionString };
  second = await createShokai({ config, storage, log: createLog('silent'), work: false });
  await second.app.listen({ port: 0, host: '127.0.0.1' });
  const url = `http://127.0.0.1:${(second.app.server.address() as AddressInfo).port}`;
  nodes = [world, { ...world, ...second, url }];
  merchant = await aMerchant(world);
  institution = await anInstitution(world);
  caseIds = [];
  for (let count = 0; count < 4; count += 1) caseIds.push(await givenCase(world, merchant));
});

afterAll(() => second.stop());

type Done = { kind: string; reply: Reply };

/** One of everything, on one of the nodes: saves that race, looks, requests, and what is refused. */
async function act(index: number): Promise<Done> {
  const node = nodes[index % nodes.length] as World;
  const caseId = caseIds[index % caseIds.length] as string;
  const { hanako } = merchant;
  switch (index % 5) {
    case 0:
    case 1: {
      const { body } = await as(node, hanako).get(`/cases/${caseId}/draft`);
      const headers = { 'if-match': `"${body.version ?? 0}"` };
      return {
        kind: 'save',
        reply: await as(node, hanako).put(`/cases/${caseId}/draft`, { content: {} }, headers),
      };
    }
    case 2:
      return { kind: 'receive', reply: await as(node, institution).post('/cases', aRequest(merchant.mid)) };
    case 3:
      return { kind: 'invalid', reply: await as(node, institution).post('/cases', {}) };
    default:
      return { kind: 'look', reply: await as(node, hanako).get(`/cases/${caseId}`) };
  }
}

/** Ends connections of the nodes in the middle of their work, as a crash would. */
async function killSome(isOver: () => boolean): Promise<number> {
  let killed = 0;
  while (!isOver()) {
    const { rows } = await sql<{ ended: boolean }>`
      select pg_terminate_backend(pid) as ended from pg_stat_activity
      where datname = current_database() and application_name = 'shokai' and pid <> pg_backend_pid()
        and xact_start is not null order by random() limit 1`.execute(world.db);
    killed += rows.length;
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
  return killed;
}

const count = async (query: ReturnType<typeof sql<{ count: number }>>): Promise<number> =>
  (await query.execute(world.db)).rows[0]?.count ?? 0;

it('has no gap and no fork, and an entry for each change, though many write at once and some die', {
  timeout: 120_000,
}, async () => {
  let isOver = false;
  const killing = killSome(() => isOver);
  const done: Done[] = [];
  let next = 0;
  const workers = Array.from({ length: 12 }, async () => {
    while (next < 400) {
      next += 1;
      done.push(await act(next));
    }
  });
  await Promise.all(workers);
  isOver = true;

  expect(await killing).toBeGreaterThan(3);
  expect(await verifyTrail(world.db)).toMatchObject({ count: 0 });
  const counted = new Map<string, number>();
  const entries = await world.db
    .selectFrom('audit_entries')
    .select(['request_id', 'sequence'])
    .orderBy('sequence')
    .execute();
  for (const { request_id } of entries)
    counted.set(request_id ?? '', (counted.get(request_id ?? '') ?? 0) + 1);
  expect(entries.map(({ sequence }) => sequence)).toEqual(entries.map((_, index) => index + 1));
  const entriesOf = ({ headers }: Reply): number => counted.get(headers.get('x-request-id') ?? '-') ?? 0;
  expect(done.filter(({ reply }) => reply.status < 300 && entriesOf(reply) !== 1)).toEqual([]);
  const refused = done.filter(({ reply }) => reply.status >= 400 && reply.status < 500);
  expect(refused.length).toBeGreaterThan(50);
  expect(refused.filter(({ reply }) => entriesOf(reply) !== 0)).toEqual([]);
  expect([...counted.values()].filter((times) => times > 1 && times < counted.size)).toEqual(
    [counted.get('')].filter((times) => (times ?? 0) > 1),
  );

  const saved = sql<{
    count: number;
  }>`select count(*)::int as count from audit_entries where action = 'draft.save'`;
  const versions = sql<{ count: number }>`select sum(version)::int as count from drafts`;
  expect(await count(saved)).toBe(await count(versions));
  const received = sql<{
    count: number;
  }>`select count(*)::int as count from audit_entries where action = 'case.receive'`;
  const cases = sql<{ count: number }>`select count(*)::int as count from cases`;
  expect(await count(received)).toBe(await count(cases));
});
