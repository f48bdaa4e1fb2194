import { afterEach, describe, expect, it } from 'vitest';
import { isBusinessDay } from '#src/domain/business-days.ts';
import { dayOf } from '#src/domain/days.ts';
import { confirmYears } from '#tests/support/confirm-years.ts';
import { setClockRight } from '#tests/support/move-clock.ts';
import { anOwnDatabase } from '#tests/support/own-database.ts';
import {
  aMerchant,
  aMerchantKey,
  anInstitution,
  anOperator,
  aRequest,
  as,
  inDays,
  startWorld,
} from '#tests/support/world.ts';

const world = startWorld({ database: anOwnDatabase, isRehearsal: true });
const usual = startWorld();

const path = '/rehearsal/clock';
const move = async (to: string) => as(world, await anOperator(world)).post(`${path}/moves`, { to });
const week = 7 * 86_400;

afterEach(() => setClockRight(world));

describe('the rehearsal clock', () => {
  it('shows everybody the product’s time, and lets every operator move it and nobody else', async () => {
    const { mid, hanako } = await aMerchant(world);
    const others = [hanako, await anInstitution(world), await aMerchantKey(world, mid)];
    for (const other of others) {
      expect((await as(world, other).get(path)).body.aheadSeconds).toBe(0);
      expect((await as(world, other).post(`${path}/moves`, { to: 'one_hour' })).status).toBe(403);
    }
    for (const role of ['admin', 'agent', 'auditor'] as const) {
      const operator = as(world, await anOperator(world, role));
      expect((await operator.post(`${path}/moves`, { to: 'one_hour' })).status).toBe(200);
    }
    expect((await as(world, hanako).get(path)).body.aheadSeconds).toBe(3 * 3600);
    expect((await move('yesterday')).status).toBe(400);
  });

  it('is moved by no other site', async () => {
    const { id, name, token } = (await anOperator(world)) as { id: string; name: string; token: string };
    const cookie = `__Host-session=${token}`;
    const send = (headers: Record<string, string>) =>
      as(world).send('POST', `${path}/moves`, { json: { to: 'one_hour' }, headers: { cookie, ...headers } });
    expect((await send({})).status).toBe(403);
    expect((await send({ 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await as(world, { id, name, token }).get(path)).body.aheadSeconds).toBe(0);
  });

  it('does not exist where nothing is rehearsed', async () => {
    const operator = as(usual, await anOperator(usual));
    expect((await operator.get(path)).status).toBe(404);
    expect((await operator.post(`${path}/moves`, { to: 'one_hour' })).status).toBe(404);
  });

  it('goes to nine in the morning of the next business day, which it knows once the year is confirmed', async () => {
    expect((await move('next_business_morning')).body.code).toBe('clock_not_movable');
    await confirmYears(world.db);
    for (let times = 0; times < 4; times += 1) {
      const { body: before } = await as(world, await anOperator(world)).get(path);
      const { body } = await move('next_business_morning');
      expect(body.now).toMatch(/T09:00:0[0-9]\+09:00$/);
      expect(isBusinessDay(dayOf(new Date(body.now)))).toBe(true);
      expect(dayOf(new Date(body.now)) > dayOf(new Date(before.now))).toBe(true);
    }
  });

  it('has done on the way what the clock does, each thing within half an hour of its time', async () => {
    const { mid, hanako } = await aMerchant(world);
    const institution = await anInstitution(world);
    await world.db
      .updateTable('institutions')
      .set({ expiry_days: 0 })
      .where('id', '=', institution.institutionId)
      .execute();
    const taken: string[] = [];
    for (const days of [1, 3, 5, 20]) {
      const { body } = await as(world, institution).post('/cases', aRequest(mid, { dueAt: inDays(days) }));
      taken.push(body.id);
    }
    const seen = async () => {
      const cases = await Promise.all(taken.map((id) => as(world, hanako).get(`/cases/${id}`)));
      return cases.map(({ body }) => body);
    };

    const { body: clock } = await move('one_week');

    expect(clock.aheadSeconds).toBe(week);
    expect((await seen()).map(({ status }) => status)).toEqual(['expired', 'expired', 'expired', 'received']);
    for (const { events, expiresAt } of (await seen()).slice(0, 3)) {
      const late = Date.parse(events.at(-1).at) - Date.parse(expiresAt);
      expect(late).toBeGreaterThanOrEqual(0);
      expect(late).toBeLessThan(31 * 60_000);
    }

    const before = await seen();
    await move('real_time');
    expect(await seen()).toEqual(before);
    await move('one_hour');
    expect(await seen()).toEqual(before);
  });

  it('is moved by one at a time', async () => {
    const replies = await Promise.all([move('one_week'), move('one_week'), move('one_hour')]);
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    expect(replies.find(({ status }) => status === 409)?.body.code).toBe('clock_not_movable');
  });

  it('does not go further than the years whose holidays are known', async () => {
    await world.db
      .updateTable('product_clock')
      .set({ ahead_ms: 3650 * 86_400_000 })
      .execute();
    expect((await move('one_week')).body.code).toBe('clock_not_movable');
    expect((await move('real_time')).body.aheadSeconds).toBe(0);
  });

  it('leaves a line in the audit trail for every move', async () => {
    const operator = await anOperator(world);
    await as(world, operator).post(`${path}/moves`, { to: 'one_hour' });
    await as(world, operator).post(`${path}/moves`, { to: 'real_time' });
    const entries = await world.db
      .selectFrom('audit_entries')
      .select(['action', 'details'])
      .where('actor_id', '=', operator.id)
      .orderBy('sequence')
      .execute();
    expect(entries).toEqual([
      { action: 'clock.move', details: { to: 'one_hour', minutes: 60 } },
      { action: 'clock.move', details: { to: 'real_time' } },
    ]);
  });
});
