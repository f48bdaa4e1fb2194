import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '#src/platform/database.ts';
import { anOwnDatabase } from '#tests/support/own-database.ts';
import { aMerchant, anOperator, as, givenCase, startWorld } from '#tests/support/world.ts';
import type { Anchor } from './anchor.ts';
import type { Finding } from './chain-verifier.ts';
import { type Verification, verifyTrail } from './verify-trail.ts';

const world = startWorld({ database: anOwnDatabase });

class Undo extends Error {}

/** What is found after somebody with every right changed the tables, past their triggers; it is undone afterwards. */
async function afterTampering(statements: readonly string[], anchors: Anchor[] = []): Promise<Verification> {
  let result: Verification | undefined;
  const tampering = world.db.transaction().execute(async (tx) => {
    await sql`set local session_replication_role = replica`.execute(tx);
    for (const statement of statements) await sql.raw(statement).execute(tx);
    result = await verifyTrail(tx, { anchors });
    throw new Undo();
  });
  await expect(tampering).rejects.toBeInstanceOf(Undo);
  return result as Verification;
}

const placesOf = ({ findings }: { findings: readonly Finding[] }) =>
  findings.map(({ sequence, problems }) => [sequence, ...problems]);

async function anchorOfEntry(db: Database, sequence: number): Promise<Anchor> {
  const entry = await db
    .selectFrom('audit_entries')
    .select(['hash', sql<string>`to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`.as('at')])
    .where('sequence', '=', sequence)
    .executeTakeFirstOrThrow();
  const hash = entry.hash.toString('hex');
  return { sequence, hash, at: entry.at, entries: 1, signedAt: new Date().toISOString(), previous: null };
}

/** Says what the trail can say in every field: all kinds of actors, with and without a right, many subjects, odd details. */
async function recordOddThings(): Promise<void> {
  const { inTransaction } = world.bySystem;
  await inTransaction(async (tx) => {
    tx.record('case.look', []);
    tx.record('case.look', ['a', 'b:c,2:x', '-,', `${randomUUID()}`], {
      b: 1.5,
      aa: true,
      a: '"\\,1:',
      n: -0.1e-5,
    });
  });
}

let last = 0;

beforeAll(async () => {
  const merchant = await aMerchant(world);
  const caseId = await givenCase(world, merchant, { answered: true });
  const hanako = as(world, merchant.hanako);
  await hanako.get(`/cases/${caseId}`);
  await hanako.get('/cases.csv');
  await as(world, await anOperator(world)).post(`/cases/${caseId}/corrections`, { reason: '誤りのため' });
  await recordOddThings();
  ({ through: last } = await verifyTrail(world.db));
});

describe('the verification of the trail', () => {
  it('finds nothing in what the product wrote, and computes what the database computed', async () => {
    expect(await verifyTrail(world.db)).toEqual({ entries: last, through: last, findings: [], count: 0 });
    expect(last).toBe(9);
  });

  it('looks at a range, from what stands before it', async () => {
    expect(await verifyTrail(world.db, { from: 3, upTo: 5 })).toMatchObject({
      entries: 3,
      through: 5,
      count: 0,
    });
  });

  it.each([
    [
      'sequence = 900000',
      [
        [5, 'missing'],
        [900_000, 'missing', 'hash'],
      ],
    ],
    ["at = at + interval '1 microsecond'", [[4, 'hash']]],
    ["at = 'infinity'", [[4, 'hash']]],
    ["actor_kind = 'system', actor_id = null", [[4, 'hash']]],
    ['actor_id = gen_random_uuid()', [[4, 'hash']]],
    ["actor_tenant = coalesce(actor_tenant, '') || 'x'", [[4, 'hash']]],
    ["actor_right = coalesce(actor_right, '') || 'x'", [[4, 'hash']]],
    ["action = 'case.expire'", [[4, 'hash']]],
    ["subjects = subjects || array['x']", [[4, 'hash']]],
    [`details = '{"x": 1}'`, [[4, 'hash']]],
    ["origin = '203.0.113.0/24'", [[4, 'hash']]],
    ["request_id = ''", [[4, 'hash']]],
    ["previous_hash = sha256('x')", [[4, 'previous_hash', 'hash']]],
    [
      "hash = sha256('x')",
      [
        [4, 'hash'],
        [5, 'previous_hash'],
      ],
    ],
  ] as const)('finds an entry that was changed: %s', async (change, places) => {
    const result = await afterTampering([`update audit_entries set ${change} where sequence = 4`]);
    expect(placesOf(result).slice(0, places.length)).toEqual(places);
  });

  it('finds ids that were put into other dimensions, which the database’s own hash does not tell', async () => {
    const change = `update audit_entries set subjects = array[subjects] where sequence = ${last}`;
    const loosened = 'alter table audit_entries drop constraint audit_entries_list_ids';
    expect(placesOf(await afterTampering([loosened, change]))).toEqual([[last, 'hash']]);
  });

  it('finds an entry that is gone, at the one after it', async () => {
    const result = await afterTampering(['delete from audit_entries where sequence = 4']);
    expect(placesOf(result)).toEqual([[5, 'missing']]);
  });

  it('finds two entries that changed places', async () => {
    const swap = `update audit_entries set sequence = case sequence when 4 then -6 when 6 then -4 end where sequence in (4, 6)`;
    const loosened = 'alter table audit_entries drop constraint audit_entries_sequence_check';
    const back = 'update audit_entries set sequence = -sequence where sequence < 0';
    const places = placesOf(await afterTampering([loosened, swap, back]));
    expect(places.slice(0, 2)).toEqual([
      [4, 'previous_hash', 'hash'],
      [5, 'previous_hash'],
    ]);
  });

  it('finds an entry put behind the end, and an end that was cut off', async () => {
    const copy = `insert into audit_entries select ${last + 1}, now(), actor_kind, actor_id, actor_tenant, actor_right, action,
      subjects, details, origin, request_id, hash, sha256('x') from audit_entries where sequence = ${last}`;
    expect(placesOf(await afterTampering([copy]))).toEqual([
      [last + 1, 'hash'],
      [last + 1, 'head'],
    ]);
    expect(placesOf(await afterTampering([`delete from audit_entries where sequence = ${last}`]))).toEqual([
      [last - 1, 'head'],
    ]);
  });

  it('finds an end that was cut off with its head, and a trail that was written anew, against an anchor', async () => {
    const anchor = await anchorOfEntry(world.db, last - 1);
    const cut = [
      `delete from audit_entries where sequence > 5`,
      `update audit_head set (sequence, hash) = (select sequence, hash from audit_entries where sequence = 5)`,
    ];
    expect(placesOf(await afterTampering(cut))).toEqual([]);
    expect(placesOf(await afterTampering(cut, [anchor]))).toEqual([[last - 1, 'cut_behind_anchor']]);

    const anew = [
      ...cut,
      ...Array(last).fill(`select set_config('shokai.kind', 'system', true),
      audit_append('[{"action": "case.look", "subjects": [], "details": {}}]')`),
    ];
    expect(placesOf(await afterTampering(anew, [anchor]))).toEqual([[last - 1, 'anchor']]);
  });

  it('tells an anchor of an entry that is not there at all', async () => {
    const anchor = await anchorOfEntry(world.db, 4);
    const result = await afterTampering(['delete from audit_entries where sequence = 4'], [anchor]);
    expect(placesOf(result)).toEqual([
      [5, 'missing'],
      [4, 'anchor'],
    ]);
  });
});
