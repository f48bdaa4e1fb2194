import type { ServerResponse } from 'node:http';
import { beforeEach, describe, expect, it } from 'vitest';
import { aWebhook, hooksOf, startWebhookWorld } from '#tests/support/webhook-world.ts';
import { aMerchant, as, givenCase } from '#tests/support/world.ts';
import { spreadEvents } from './spread-events.ts';

const world = startWebhookWorld();
const { sentTo, fail, mend, deliveriesOf, live } = hooksOf(world);
beforeEach(() => world.atPresent());

describe('an endpoint that fails', () => {
  it('is tried thirteen times over three days; then the webhook is given up, the endpoint off and its admins told', async () => {
    const merchant = await aMerchant(world);
    await world.db
      .updateTable('users')
      .set({ email: 'hanako@example.jp' })
      .where('id', '=', merchant.hanako.id)
      .execute();
    const hook = await aWebhook(world, merchant.hanako);
    await givenCase(world, merchant);
    fail(hook);
    await world.deliver();
    await live(1, 1);
    await live(80, 30);
    const times = sentTo(hook).map(({ headers }) => Number(headers['webhook-timestamp']));
    expect(times).toHaveLength(13);
    expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(75 * 3600);
    expect(await deliveriesOf(hook)).toMatchObject([{ state: 'dead', tries: 13 }]);
    const { body } = await as(world, merchant.hanako).get(`/webhook-endpoints/${hook.id}`);
    expect(body).toMatchObject({ isOn: false, offReason: 'failing', dead: 1 });
    expect(world.told.filter(({ to }) => to === 'hanako@example.jp')).toMatchObject([
      { news: { reason: 'failing', endpointName: '基幹システム' } },
    ]);
  });

  it('loses nothing meanwhile: what came while it was off is sent in order when it is on again, and the dead on request', async () => {
    const merchant = await aMerchant(world);
    const hook = await aWebhook(world, merchant.hanako);
    const first = await givenCase(world, merchant);
    fail(hook);
    await world.deliver();
    await live(80, 30);
    const second = await givenCase(world, merchant, { answered: true });
    await world.deliver();
    world.received.length = 0;
    mend(hook);
    await live(2, 30);
    expect(sentTo(hook)).toEqual([]);
    expect((await as(world, merchant.hanako).post(`/webhook-endpoints/${hook.id}/activation`)).status).toBe(
      200,
    );
    await world.deliver();
    const seen = () =>
      sentTo(hook).map(({ body }) => [JSON.parse(body).data.caseId, JSON.parse(body).data.sequence]);
    expect(seen()).toEqual([
      [second, 1],
      [second, 2],
    ]);
    const replay = await as(world, merchant.hanako).post(`/webhook-endpoints/${hook.id}/replay`);
    expect(replay.body).toEqual({ replayed: 1 });
    await world.deliver();
    expect(seen()).toEqual([
      [second, 1],
      [second, 2],
      [first, 1],
    ]);
    expect((await deliveriesOf(hook)).map(({ state }) => state)).toEqual([
      'delivered',
      'delivered',
      'delivered',
    ]);
  });

  it('stays on as long as it takes anything', async () => {
    const merchant = await aMerchant(world);
    const hook = await aWebhook(world, merchant.hanako);
    const bad = await givenCase(world, merchant);
    world.answers.set(hook.path, ({ body }, response) => {
      response.writeHead(JSON.parse(body).data.caseId === bad ? 500 : 204).end();
    });
    await world.deliver();
    await live(40, 30);
    await givenCase(world, merchant);
    await live(40, 30);
    expect((await deliveriesOf(hook)).map(({ state }) => state)).toEqual(['dead', 'delivered']);
    expect((await as(world, merchant.hanako).get(`/webhook-endpoints/${hook.id}`)).body).toMatchObject({
      isOn: true,
    });
  });

  it('is off at once when it answers 410, and what it was sent waits', async () => {
    const merchant = await aMerchant(world);
    const hook = await aWebhook(world, merchant.hanako);
    await givenCase(world, merchant);
    fail(hook, 410);
    await world.deliver();
    const { body } = await as(world, merchant.hanako).get(`/webhook-endpoints/${hook.id}`);
    expect(body).toMatchObject({ isOn: false, offReason: 'gone', waiting: 1, dead: 0 });
    await live(3);
    expect(sentTo(hook)).toHaveLength(1);
  });

  it('is left alone for as long as it asks for, up to a day', async () => {
    const merchant = await aMerchant(world);
    const hook = await aWebhook(world, merchant.hanako);
    await givenCase(world, merchant);
    fail(hook, 429, { 'retry-after': '7200' });
    await world.deliver();
    const waits = async () => {
      const [delivery] = await deliveriesOf(hook);
      return ((delivery?.next_attempt_at.getTime() ?? 0) - world.now().getTime()) / 1000;
    };
    expect(await waits()).toBeGreaterThan(7100);
    fail(hook, 503, { 'retry-after': '99999999' });
    world.pass(7201);
    await world.deliver();
    expect(await waits()).toBeLessThanOrEqual(86_400);
    expect(await waits()).toBeGreaterThan(86_000);
  });

  it('is not followed where it redirects to', async () => {
    const merchant = await aMerchant(world);
    const hook = await aWebhook(world, merchant.hanako);
    await givenCase(world, merchant);
    fail(hook, 301, { location: `${world.receiver}/elsewhere` });
    await world.deliver();
    expect(world.received.filter(({ path }) => path === '/elsewhere')).toEqual([]);
    expect(await deliveriesOf(hook)).toMatchObject([{ state: 'pending', tries: 1 }]);
  });
});

describe('one endpoint that hangs', () => {
  it('keeps no other waiting for a second', async () => {
    const [dead, living] = [await aMerchant(world), await aMerchant(world)];
    const [hanging, healthy] = [await aWebhook(world, dead.hanako), await aWebhook(world, living.hanako)];
    for (let count = 0; count < 10; count += 1) await givenCase(world, dead);
    await givenCase(world, living);
    const held: ServerResponse[] = [];
    world.answers.set(hanging.path, (_, response) => void held.push(response));
    const arrived = Promise.withResolvers<number>();
    const started = performance.now();
    world.answers.set(healthy.path, (_, response) => {
      response.writeHead(204).end();
      arrived.resolve(performance.now() - started);
    });
    await spreadEvents(world.bySystem.inTransaction, world.now());
    world.postman.wake(hanging.id);
    world.postman.wake(healthy.id);
    expect(await arrived.promise).toBeLessThan(1000);
    expect(held.length).toBeLessThanOrEqual(8);
    mend(hanging);
    for (const response of held) response.writeHead(204).end();
    await world.postman.idle();
  });
});
