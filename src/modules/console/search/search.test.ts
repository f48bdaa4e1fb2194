import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import type { OperatorActor } from '#src/platform/actor.ts';
import { planOf } from '#tests/support/many-listed-cases.ts';
import {
  aFreeMid,
  aMerchant,
  anInstitution,
  anOperator,
  as,
  type Caller,
  givenCase,
  startWorld,
} from '#tests/support/world.ts';
import { selectEverything } from './find-everything.ts';

const world = startWorld();

const find = async (who: Caller, q: string) =>
  (await as(world, who).get(`/search?${new URLSearchParams({ q })}`)).body;

describe('looking for everything', () => {
  it('finds a case by each of its numbers, and says by which', async () => {
    const merchant = await aMerchant(world);
    const id = await givenCase(world, merchant);
    const agent = await anOperator(world, 'agent');
    const { body } = await as(world, agent).get(`/cases/${id}`);
    const { payment, institutionReference } = body;
    for (const [q, foundBy] of [
      [id, 'caseNumber'],
      [id.toLowerCase().replaceAll('-', ' ').slice(0, 12), 'caseNumber'],
      [payment.trackingId.slice(0, 12), 'trackingId'],
      [institutionReference, 'reference'],
    ] as const) {
      const { cases } = await find(agent, q);
      expect(cases).toContainEqual({
        ...{ id, mid: merchant.mid, sid: '001', notificationType: 'cancellation.method_unknown' },
        ...{ status: 'received', foundBy },
      });
    }
    expect((await find(agent, payment.customerId)).cases[0]).toMatchObject({ foundBy: 'customerId' });
    expect((await find(agent, payment.customerId.slice(0, -1))).cases).toEqual([]);
  });

  it('finds merchants and institutions by any part of a name or id, in any width and case', async () => {
    const agent = await anOperator(world, 'agent');
    const mid = await aFreeMid(world);
    await world.db
      .updateTable('merchants')
      .set({ name: '株式会社 ＡＢＣ みどり書房' })
      .where('mid', '=', mid)
      .execute();
    for (const q of ['みどり', 'abcみど', 'ABC み', '書房'])
      expect((await find(agent, q)).merchants).toContainEqual({
        mid,
        name: '株式会社 ＡＢＣ みどり書房',
        isStopped: false,
      });
    expect((await find(agent, mid)).merchants[0].mid).toBe(mid);
    const { institutionId } = await anInstitution(world);
    expect((await find(agent, institutionId.slice(2).toLowerCase())).institutions[0].id).toBe(institutionId);
  });

  it('finds the name itself before the many that begin with it', async () => {
    const agent = await anOperator(world, 'agent');
    const mids: string[] = [];
    for (let n = 0; n < 7; n += 1) mids.push(await aFreeMid(world));
    const [last, ...others] = mids.toSorted().reverse();
    const word = `ひまわり${last}`;
    for (const mid of mids)
      await world.db
        .updateTable('merchants')
        .set({ name: mid === last ? word : `${word}${others.indexOf(mid)}号店` })
        .where('mid', '=', mid)
        .execute();
    const { merchants } = await find(agent, word);
    expect(merchants).toHaveLength(6);
    expect(merchants[0]).toMatchObject({ mid: last, name: word });
  });

  it('follows a name that changes', async () => {
    const agent = await anOperator(world, 'agent');
    const mid = await aFreeMid(world);
    const rename = (name: string) =>
      world.db.updateTable('merchants').set({ name }).where('mid', '=', mid).execute();
    await rename(`さくら百貨店${mid}`);
    await rename(`やまぶき百貨店${mid}`);
    expect((await find(agent, `さくら百貨店${mid}`)).merchants).toEqual([]);
    expect((await find(agent, `ぶき百貨店${mid}`)).merchants).toHaveLength(1);
  });

  it('finds users for who manages them, and tells nobody else of them', async () => {
    const { mid, hanako } = await aMerchant(world);
    await world.db
      .updateTable('users')
      .set({ name: `検索 花${mid}`, email: `Hanako.${mid}@example.jp` })
      .where('id', '=', hanako.id)
      .execute();
    const admin = await anOperator(world);
    for (const q of [`検索花${mid}`, `花${mid}`, `hanako.${mid}@`, `${mid}@example`]) {
      const { users } = await find(admin, q);
      expect(users).toEqual([
        {
          id: expect.any(String),
          ...{ name: `検索 花${mid}`, email: `Hanako.${mid}@example.jp`, merchantName: `加盟店${mid}` },
        },
      ]);
      const { body } = await as(world, admin).get(`/users/${users[0].id}`);
      expect(body.name).toBe(`検索 花${mid}`);
    }
    for (const role of ['agent', 'auditor'] as const)
      expect((await find(await anOperator(world, role), `検索花${mid}`)).users).toBeNull();
    await world.db.deleteFrom('sessions').where('user_id', '=', hanako.id).execute();
    await world.db.deleteFrom('memberships').where('user_id', '=', hanako.id).execute();
    expect((await find(admin, `検索花${mid}`)).users).toEqual([]);
  });

  it('is one statement, and reads nothing but what an index holds near the word', async () => {
    const { id, name } = await anOperator(world);
    const rights = new Set(['read_cases', 'read_personal_data', 'manage_users'] as const);
    const actor: OperatorActor = { kind: 'operator', id, name, rights };
    for (let n = 0; n < 3; n += 1) await givenCase(world, await aMerchant(world));
    await sql`analyze search_words, cases, merchants, institutions, users, memberships`.execute(world.db);
    const { rows } = await world.actingFor({ actor }).reading(async (db) => {
      // Few rows are read fastest from end to end; what is asked is whether an index could have them.
      await sql`set local enable_seqscan = off`.execute(db);
      return sql<{
        'QUERY PLAN': string;
      }>`explain (analyze, format json) ${selectEverything(db, actor, '加盟店')}`.execute(db);
    });
    const words = planOf(rows, 'search_words');
    expect(words.sequentially).toBe(false);
    expect(words.filtered).toBe(0);
    expect(planOf(rows).sequentially).toBe(false);
    const agent = await anOperator(world, 'agent');
    world.statements.length = 0;
    await find(agent, '加盟店');
    expect(world.statements).toHaveLength(2);
  });
});

describe('who else looks', () => {
  it('is refused: merchants, institutions, and nothing to look for', async () => {
    const { hanako } = await aMerchant(world);
    for (const caller of [hanako, await anInstitution(world)])
      expect((await as(world, caller).get('/search?q=123')).status).toBe(403);
    const agent = as(world, await anOperator(world, 'agent'));
    for (const q of ['', '%20', 'a'.repeat(65)]) expect((await agent.get(`/search?q=${q}`)).status).toBe(400);
    for (const q of ['%25', '_', "'", '\\', '😀', '\u{10ffff}'])
      expect((await agent.get(`/search?q=${encodeURIComponent(q)}`)).status).toBe(200);
  });
});
