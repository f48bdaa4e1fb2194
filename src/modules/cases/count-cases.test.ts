import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { anOwnDatabase } from '#tests/support/own-database.ts';
import { aMerchant, anInstitution, aRequest, as, givenCase, startWorld } from '#tests/support/world.ts';
import { expireCases } from './close-cases.ts';
import { foldCounts } from './count-cases.ts';

// Of its own, because it has everything closed that is past its last moment: others leave thousands behind.
const world = startWorld({ database: anOwnDatabase });

/** The kept count and the counted one, for a merchant or for everything. */
async function kept(mid: string) {
  const { rows } = await sql<{ kept: object; counted: object }>`
    select
      (select coalesce(jsonb_object_agg(status, n), '{}') from
        (select status, sum(count)::int as n from case_counts where mid = ${mid} group by 1 having sum(count) <> 0) as k) as kept,
      (select coalesce(jsonb_object_agg(status, n), '{}') from
        (select status, count(*)::int as n from cases where mid = ${mid} group by 1) as c) as counted`.execute(
    world.db,
  );
  return rows[0];
}

describe('the kept counts', () => {
  it('equal the counted ones while requests come in, are answered, withdrawn and folded at the same time', async () => {
    const merchant = await aMerchant(world);
    const institution = as(world, await anInstitution(world));
    const send = async (): Promise<void> => {
      const raw = Array.from({ length: 25 }, () => JSON.stringify(aRequest(merchant.mid))).join('\n');
      await institution.send('POST', '/cases/batch', {
        raw,
        headers: { 'content-type': 'application/x-ndjson' },
      });
    };
    const withdraw = async (): Promise<void> => {
      const { body } = await institution.post('/cases', aRequest(merchant.mid));
      await institution.post(`/cases/${body.id}/withdrawal`, { reason: '誤送信' });
    };
    const answer = async (): Promise<void> => void (await givenCase(world, merchant, { answered: true }));
    const fold = (): Promise<void> => world.bySystem.inTransaction(foldCounts);
    const look = async (): Promise<void> => {
      const seen = await kept(merchant.mid);
      // Read in one statement, so both numbers are of one moment.
      expect(seen?.kept).toEqual(seen?.counted);
    };

    const work = [
      send,
      withdraw,
      answer,
      fold,
      look,
      answer,
      withdraw,
      look,
      fold,
      send,
      answer,
      look,
      fold,
      withdraw,
      look,
    ];
    await Promise.all([...work, ...work].map((each) => each()));

    const end = await kept(merchant.mid);
    expect(end?.kept).toEqual({ received: 100, answered: 6, withdrawn: 6 });
    expect(end?.counted).toEqual(end?.kept);
    const { body } = await as(world, merchant.hanako).get('/cases/counts');
    expect(body.categories).toContainEqual({ category: 'inquiry_cancellation', counts: end?.kept });
  });

  it('are folded into one row for each kind', async () => {
    const merchant = await aMerchant(world);
    await givenCase(world, merchant, { answered: true });
    const rows = () =>
      world.db.selectFrom('case_counts').selectAll().where('mid', '=', merchant.mid).execute();
    expect((await rows()).length).toBeGreaterThan(1);

    await world.bySystem.inTransaction(foldCounts);

    expect(await rows()).toMatchObject([{ status: 'answered', count: 1 }]);
  });

  it('say what is overdue, due today and due this week, and how many answers of late were in time', async () => {
    const merchant = await aMerchant(world);
    const overdue = await givenCase(world, merchant);
    await world.db
      .updateTable('cases')
      .set({ due_at: new Date(Date.now() - 1000) })
      .where('id', '=', overdue)
      .execute();
    await givenCase(world, merchant, { answered: true });

    const { body } = await as(world, merchant.hanako).get('/cases/counts');

    expect(body.waiting).toMatchObject({ overdue: 1 });
    expect(body.answeredByWeek).toHaveLength(8);
    expect(body.answeredByWeek.at(-1)).toMatchObject({ inTime: 1, late: 0 });
  });
});

describe('closing cases', () => {
  it('expires those whose time is over, once, and writes it into their history', async () => {
    const merchant = await aMerchant(world);
    const [over, open] = [await givenCase(world, merchant), await givenCase(world, merchant)];
    await world.db
      .updateTable('cases')
      .set({ expires_at: new Date(Date.now() - 1000) })
      .where('id', '=', over)
      .execute();

    await Promise.all([expireCases(world.bySystem.inTransaction), expireCases(world.bySystem.inTransaction)]);

    const hanako = as(world, merchant.hanako);
    expect((await hanako.get(`/cases/${over}`)).body).toMatchObject({
      status: 'expired',
      whyNoAnswer: 'closed_expired',
    });
    expect((await hanako.get(`/cases/${over}/events`)).body.data).toMatchObject([
      { action: 'receive' },
      { action: 'expire', actorKind: 'system', fromStatus: 'received', toStatus: 'expired' },
    ]);
    expect((await hanako.get(`/cases/${open}`)).body.status).toBe('received');
  });

  it('keeps no other open for one that cannot be expired, and tells of it', async () => {
    const merchant = await aMerchant(world);
    const [broken, fine] = [await givenCase(world, merchant), await givenCase(world, merchant)];
    const expireAt = (id: string, at: Date) =>
      world.db.updateTable('cases').set({ expires_at: at }).where('id', '=', id).execute();
    await expireAt(broken, new Date(Date.now() - 2_000));
    await expireAt(fine, new Date(Date.now() - 1_000));
    const moveKey = (from: string, to: string) =>
      world.db.transaction().execute(async (tx) => {
        // Past the database's own guard of keys.
        await sql`set local session_replication_role = replica`.execute(tx);
        await sql`update case_keys set case_id = ${to} where case_id = ${from}`.execute(tx);
      });
    await moveKey(broken, `no-${broken}`);

    await expect(expireCases(world.bySystem.inTransaction)).rejects.toThrow(broken);

    await moveKey(`no-${broken}`, broken);
    await expireAt(broken, new Date(Date.now() + 86_400_000));
    const { body } = await as(world, merchant.hanako).get(`/cases/${fine}`);
    expect(body.status).toBe('expired');
  });

  it('lets an institution withdraw its own open request with a reason, and no other', async () => {
    const merchant = await aMerchant(world);
    const institution = await anInstitution(world);
    const { body: taken } = await as(world, institution).post('/cases', aRequest(merchant.mid));
    const answered = await givenCase(world, merchant, { answered: true });
    const withdraw = (who: typeof institution, id: string, reason = '会員様のお申し出が解決したため') =>
      as(world, who).post(`/cases/${id}/withdrawal`, { reason });

    expect((await withdraw(institution, taken.id, ' ')).status).toBe(400);
    expect((await withdraw(await anInstitution(world), taken.id)).status).toBe(404);
    expect((await withdraw(institution, taken.id)).body).toMatchObject({
      status: 'withdrawn',
      possibleActions: [],
    });
    expect((await withdraw(institution, taken.id)).body.code).toBe('action_not_possible');
    expect((await withdraw(institution, answered)).status).toBe(404);
    const { body } = await as(world, merchant.hanako).get(`/cases/${taken.id}`);
    expect(body).toMatchObject({ whyNoAnswer: 'closed_withdrawn' });
    expect(body.events.at(-1)).toMatchObject({
      action: 'withdraw',
      actorKind: 'institution',
      reason: '会員様のお申し出が解決したため',
    });
  });
});
