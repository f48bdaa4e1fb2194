import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterEach, describe, expect, it } from 'vitest';
import { readConfig } from '#src/main/config.ts';
import { createShokai } from '#src/main/shokai.ts';
import { expireCases } from '#src/modules/cases/index.ts';
import { eraseDue } from '#src/modules/retention/index.ts';
import { newLogPath, testLogAt } from '#tests/support/logs.ts';
import { moveClock, setClockRight } from '#tests/support/move-clock.ts';
import { anOwnDatabase } from '#tests/support/own-database.ts';
import {
  aMerchant,
  anInstitution,
  aRequest,
  as,
  cancelled,
  givenCase,
  inDays,
  startWorld,
} from '#tests/support/world.ts';
import { openDatabase, portalRole } from './database.ts';
import { prepareClock } from './product-clock.ts';

const shared = startWorld();
const rehearsal = startWorld({
  database: anOwnDatabase,
  isRehearsal: true,
  settings: { RETENTION_DAYS: '60' },
});

async function secondsAhead({ db }: Pick<typeof shared, 'db'>): Promise<number> {
  const { rows } = await sql<{ s: number }>`
    select extract(epoch from product_now() - now())::float8 as s`.execute(db);
  return rows[0]?.s ?? Number.NaN;
}

describe('where nothing is rehearsed, the portal', () => {
  it('cannot move the product’s time, by any way', async () => {
    const attempts = [
      sql`select move_product_clock(1000)`,
      sql`select move_product_clock(null)`,
      sql`update product_clock set ahead_ms = 1000`,
      sql`insert into product_clock values (true, 1000)`,
      sql`delete from product_clock`,
      sql`select * from product_clock`,
      sql`create or replace function product_ahead() returns interval language sql as 'select interval ''1 day'''`,
      sql`grant execute on function move_product_clock(bigint) to shokai_app`,
    ];
    for (const attempt of attempts) {
      // A grant by somebody who may not give it is a warning and gives nothing.
      const outcome = await shared.bySystem
        .inTransaction((tx) => attempt.execute(tx))
        .catch((error) => error);
      if (outcome instanceof Error) expect(outcome.message).toMatch(/permission denied|must be owner/);
    }
    expect(await secondsAhead(shared)).toBe(0);
    const { rows } = await sql`
      select has_function_privilege(${portalRole}, 'move_product_clock(bigint)', 'execute') as may`.execute(
      shared.db,
    );
    expect(rows).toEqual([{ may: false }]);
  });

  it('finds the time set right, though the database was used for a rehearsal before', async () => {
    const { connectionString, stop } = await anOwnDatabase();
    const start = (isRehearsal: boolean) =>
      createShokai({
        config: readConfig({}),
        storage: { connectionString, ownerConnectionString: connectionString },
        log: testLogAt(newLogPath()),
        work: false,
        isRehearsal,
      });
    const owner = openDatabase({ connectionString, poolSize: 1 });
    const first = await start(true);
    await moveClock(first, { days: 9 });
    expect(await secondsAhead({ db: owner })).toBe(9 * 86_400);
    await first.stop();

    const second = await start(false);

    expect(await secondsAhead({ db: owner })).toBe(0);
    await expect(moveClock(second, { days: 1 })).rejects.toThrow('permission denied');
    expect(await prepareClock(owner, { isRehearsal: false })).toBe(0);
    await second.stop();
    await owner.destroy();
    await stop();
  });
});

describe('in a rehearsal, the product’s time', () => {
  afterEach(() => setClockRight(rehearsal));

  it('goes on and back to the real time, and nowhere else', async () => {
    await moveClock(rehearsal, { hours: 1 });
    await moveClock(rehearsal, { hours: 2 });
    expect(await secondsAhead(rehearsal)).toBe(3 * 3600);
    await expect(moveClock(rehearsal, { hours: -1 })).rejects.toThrow('goes on');
    await expect(moveClock(rehearsal, { milliseconds: 0 })).rejects.toThrow('goes on');
    await setClockRight(rehearsal);
    expect(await secondsAhead(rehearsal)).toBe(0);
  });

  it('decides what is due, overdue and late', async () => {
    const merchant = await aMerchant(rehearsal);
    const hanako = as(rehearsal, merchant.hanako);
    const caseId = await givenCase(rehearsal, merchant, { dueAt: inDays(2), draft: cancelled });
    const seen = async () => {
      const { body: found } = await hanako.get(`/cases/${caseId}`);
      const { body: counts } = await hanako.get('/cases/counts');
      const { body: list } = await hanako.get('/cases?due=overdue');
      return [found.isOverdue, counts.waiting.overdue, list.data.length];
    };
    expect(await seen()).toEqual([false, 0, 0]);

    await moveClock(rehearsal, { days: 2, hours: 1 });

    expect(await seen()).toEqual([true, 1, 1]);
    const { body } = await hanako.post(`/cases/${caseId}/answer`, { draftVersion: 1 });
    expect(body.late).toBe(true);
    expect(Math.round((Date.parse(body.registeredAt) - Date.now()) / 3_600_000)).toBe(49);
    const { body: after } = await hanako.get(`/cases/${caseId}`);
    expect(after.events.at(-1).at).toBe(body.registeredAt);
    const { body: counts } = await hanako.get('/cases/counts');
    const weeks: { late: number }[] = counts.answeredByWeek;
    expect(weeks.at(-1)?.late).toBe(1);
  });

  it('dates what is taken in, and bounds it', async () => {
    const { mid, hanako } = await aMerchant(rehearsal);
    const institution = as(rehearsal, await anInstitution(rehearsal));
    const later = { ...aRequest(mid), requestedAt: inDays(30), dueAt: inDays(40) };
    const refused = await institution.post('/cases', later);
    await moveClock(rehearsal, { days: 30 });
    const taken = await institution.post('/cases', later);

    expect([refused.body.errors[0].code, taken.status]).toEqual(['requested_in_the_future', 201]);
    const { body } = await as(rehearsal, hanako).get(`/cases/${taken.body.id}`);
    expect(Math.round((Date.parse(body.receivedAt) - Date.now()) / 86_400_000)).toBe(30);
    expect(body.events[0].at).toBe(body.receivedAt);
  });

  it('closes what has expired, and nothing re-opens when it is set back', async () => {
    const merchant = await aMerchant(rehearsal);
    const [caseId, other] = [await givenCase(rehearsal, merchant), await givenCase(rehearsal, merchant)];
    const closed = async () => (await as(rehearsal, merchant.hanako).get(`/cases/${caseId}`)).body.status;
    await moveClock(rehearsal, { days: 40 });
    expect(await closed()).toBe('received');
    await expireCases(rehearsal.bySystem.inTransaction);
    expect(await closed()).toBe('expired');

    await setClockRight(rehearsal);

    expect(await closed()).toBe('expired');
    await expireCases(rehearsal.bySystem.inTransaction);
    const { body: list } = await as(rehearsal, merchant.hanako).get('/cases?status=expired');
    expect(list.data.map(({ id }: { id: string }) => id).sort()).toEqual([caseId, other].sort());
  });

  it('erases what has been kept for long enough', async () => {
    const merchant = await aMerchant(rehearsal);
    const caseId = await givenCase(rehearsal, merchant, { answered: true });
    const erasedAt = async () => (await as(rehearsal, merchant.hanako).get(`/cases/${caseId}`)).body.erasedAt;
    await moveClock(rehearsal, { days: 59 });
    await eraseDue(rehearsal.bySystem.inTransaction);
    expect(await erasedAt()).toBe(null);
    await moveClock(rehearsal, { days: 2 });
    await eraseDue(rehearsal.bySystem.inTransaction);
    expect(Math.round((Date.parse(await erasedAt()) - Date.now()) / 86_400_000)).toBe(61);
  });

  it('leaves sessions, and what is recorded of it all, in the real time', async () => {
    const { hanako } = await aMerchant(rehearsal);
    await moveClock(rehearsal, { days: 30 });
    expect((await as(rehearsal, hanako).get('/session')).status).toBe(200);
    await rehearsal.bySystem.inTransaction(async (tx) => tx.record('case.look', [randomUUID()]));
    const { rows } = await sql<{ s: number }>`
      select extract(epoch from clock_timestamp() - max(at))::float8 as s from audit_entries`.execute(
      rehearsal.db,
    );
    expect(Math.abs(rows[0]?.s ?? 1000)).toBeLessThan(60);
  });
});
