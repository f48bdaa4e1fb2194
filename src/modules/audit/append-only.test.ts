import { randomUUID } from 'node:crypto';
import { type RawBuilder, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type Database, openDatabase, portalRole } from '#src/platform/database.ts';
import type { Tx } from '#src/platform/transaction.ts';
import { aMerchant, givenCase, type Merchant, startWorld } from '#tests/support/world.ts';

const world = startWorld();

let portal: Database;
let merchant: Merchant;
let caseId: string;

beforeAll(async () => {
  portal = openDatabase({ connectionString: inject('connectionString'), role: portalRole, poolSize: 2 });
  merchant = await aMerchant(world);
  caseId = await givenCase(world, merchant, { draft: {} });
});

afterAll(() => portal.destroy());

const one = sql`update audit_entries set action = 'case.look' where sequence = 1`;
const changes: [string, RawBuilder<unknown>][] = [
  ['an update', one],
  ['a delete', sql`delete from audit_entries where sequence = 1`],
  ['a truncate', sql`truncate audit_entries`],
  ['a change of the head', sql`update audit_head set sequence = 1, hash = sha256('x')`],
  [
    'a step back of the head',
    sql`update audit_head set (sequence, hash) = (select sequence, hash from audit_entries where sequence = 1)`,
  ],
  ['a delete of the head', sql`delete from audit_head`],
  ['a second head', sql`insert into audit_head (sequence, hash) values (0, sha256('x'))`],
];

describe('the audit trail', () => {
  it.each(changes)('takes no plain %s from the owner of the database', async (_, change) => {
    await expect(change.execute(world.db)).rejects.toThrow(/append-only|follows its entries|duplicate key/);
  });

  it.each([
    ...changes,
    ['an insert', sql`insert into audit_entries select * from audit_entries limit 1`],
    ['an anchor taken away', sql`delete from audit_anchors`],
    ['a table of its own', sql`create table audit_entries_2 (x int)`],
    ['triggers switched off', sql`set session_replication_role = replica`],
    [
      'the function of the hash replaced',
      sql`create or replace function audit_field(text) returns text language sql as 'select 1'`,
    ],
  ])('takes no %s from the portal', async (_, change) => {
    await expect(change.execute(portal)).rejects.toMatchObject({ code: '42501' });
  });

  it('takes no entry of nobody', async () => {
    const nobody = sql`select audit_append('[{"action": "case.look", "subjects": [], "details": {}}]')`;
    await expect(nobody.execute(portal)).rejects.toThrow('audit_entries');
    // A connection that worked for somebody before has the settings, emptied.
    await portal
      .transaction()
      .execute((tx) => sql`select set_config('shokai.kind', 'system', true)`.execute(tx));
    for (let count = 0; count < 3; count += 1)
      await expect(nobody.execute(portal)).rejects.toThrow('audit_entries');
  });

  it.each([
    ['a mail address', ['hanako@example.jp'], {}],
    ['a name', ['山田花子'], {}],
    ['two words', ['Yamada Hanako'], {}],
    ['an id of nothing', ['x', ''], {}],
    ['a name among the details', [], { name: '山田' }],
    ['a mail address among the details', [], { to: 'hanako@example.jp' }],
    ['much', [], { text: 'x'.repeat(2_100) }],
  ])('takes no personal data by mistake: %s', async (_, subjects, details) => {
    const recording = world.bySystem.inTransaction(async (tx) => tx.record('case.look', subjects, details));
    await expect(recording).rejects.toMatchObject({ code: '23514' });
  });
});

const unrecorded: [string, (tx: Tx) => Promise<unknown>][] = [
  [
    'an answer',
    (tx) =>
      sql`insert into answers (case_id, version, draft_version, sealed_answer, locale, sha256, registered_by_kind, registered_by, registered_at, late)
     values (${caseId}, 1, 1, '\\x00', 'ja', repeat('0', 64), 'merchant', ${merchant.hanako.id}, now(), false)`.execute(
        tx,
      ),
  ],
  [
    'a step of a case',
    (tx) =>
      sql`insert into case_events (case_id, sequence, action, from_status, to_status, actor_kind, actor_id)
     values (${caseId}, 2, 'withdraw', 'received', 'withdrawn', 'system', null)`.execute(tx),
  ],
  [
    'a draft',
    (tx) =>
      tx
        .updateTable('drafts')
        .set({ sealed_content: Buffer.alloc(1) })
        .where('case_id', '=', caseId)
        .execute(),
  ],
  [
    'a contact',
    (tx) =>
      sql`insert into contacts (id, mid, sid, category, name, email) values (${randomUUID()}, ${merchant.mid}, '001', 'inquiry_cancellation', 'x', 'x@example.jp')`.execute(
        tx,
      ),
  ],
  [
    'a user',
    (tx) =>
      tx.updateTable('users').set({ disabled_at: new Date() }).where('id', '=', merchant.yuki.id).execute(),
  ],
  [
    'a role',
    (tx) =>
      tx
        .updateTable('memberships')
        .set({ roles: ['admin'] })
        .where('user_id', '=', merchant.yuki.id)
        .execute(),
  ],
  [
    'a key',
    (tx) =>
      sql`insert into api_keys (id, key_hash, name, rights, mid) values (${randomUUID()}, sha256('x'), 'x', '{read_cases}', ${merchant.mid})`.execute(
        tx,
      ),
  ],
  [
    'a session',
    (tx) =>
      sql`insert into sessions (token_hash, user_id, membership_id, expires_at)
     select sha256(${randomUUID()}::bytea), user_id, id, now() from memberships where user_id = ${merchant.yuki.id}`.execute(
        tx,
      ),
  ],
];

describe('a change that is not recorded', () => {
  it.each(unrecorded)('is not committed: %s', async (_, change) => {
    const before = await world.db.selectFrom('audit_head').select('sequence').executeTakeFirstOrThrow();
    const changing = world.bySystem.inTransaction(change);
    await expect(changing).rejects.toThrow('was not recorded in the audit trail');
    expect(before.sequence).toBeGreaterThan(0);
  });

  it.each(unrecorded)('would be committed with an entry: %s', async (_, change) => {
    class Undo extends Error {}
    const changing = world.bySystem.inTransaction(async (tx) => {
      await change(tx);
      await sql`select audit_append('[{"action": "case.look", "subjects": [], "details": {}}]')`.execute(tx);
      await sql`set constraints all immediate`.execute(tx);
      throw new Undo();
    });
    await expect(changing).rejects.toBeInstanceOf(Undo);
  });
});
