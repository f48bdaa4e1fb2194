import { Webhook } from 'standardwebhooks';
import { beforeEach, describe, expect, it } from 'vitest';
import { aWebhook, hooksOf, startWebhookWorld } from '#tests/support/webhook-world.ts';
import { aMerchant, as, givenCase } from '#tests/support/world.ts';

const world = startWebhookWorld();
const { sentTo, live, verified } = hooksOf(world);
beforeEach(() => world.atPresent());

describe('a secret', () => {
  it('that was replaced signs beside the new one until the overlap is over', async () => {
    const merchant = await aMerchant(world);
    const hook = await aWebhook(world, merchant.hanako);
    const rotation = await as(world, merchant.hanako).post(`/webhook-endpoints/${hook.id}/secret-rotation`, {
      overlapHours: 24,
    });
    expect(rotation).toMatchObject({
      status: 201,
      body: { secret: expect.stringMatching(/^whsec_[A-Za-z0-9+/]{43}=$/) },
    });
    const renewed = { ...hook, secret: rotation.body.secret };
    await givenCase(world, merchant);
    await world.deliver();
    const [both] = sentTo(hook);
    if (!both) throw new Error('an event was expected');
    expect(both.headers['webhook-signature']?.split(' ')).toHaveLength(2);
    expect(verified(hook, both)).toEqual(verified(renewed, both));
    const again = await as(world, merchant.hanako).post(`/webhook-endpoints/${hook.id}/secret-rotation`, {
      overlapHours: 1,
    });
    expect(again).toMatchObject({ status: 409, body: { code: 'secrets_overlap' } });
    world.pass(25 * 3600);
    await givenCase(world, merchant);
    await world.deliver();
    const last = sentTo(hook).at(-1);
    expect(last?.headers['webhook-signature']?.split(' ')).toHaveLength(1);
    const at = new Date(Number(last?.headers['webhook-timestamp']) * 1000);
    expect(last?.headers['webhook-signature']).toBe(
      new Webhook(renewed.secret).sign(last?.headers['webhook-id'] ?? '', at, last?.body ?? ''),
    );
  });

  it('ends at once without an overlap, and is stored sealed', async () => {
    const merchant = await aMerchant(world);
    const hook = await aWebhook(world, merchant.hanako);
    const { body } = await as(world, merchant.hanako).post(`/webhook-endpoints/${hook.id}/secret-rotation`, {
      overlapHours: 0,
    });
    await as(world, merchant.hanako).post(`/webhook-endpoints/${hook.id}/test-events`);
    await world.deliver();
    expect(sentTo(hook)[0]?.headers['webhook-signature']?.split(' ')).toHaveLength(1);
    const rows = await world.db
      .selectFrom('webhook_secrets')
      .selectAll()
      .where('endpoint_id', '=', hook.id)
      .execute();
    const stored = JSON.stringify(
      rows.map((row) => ({ ...row, text: row.sealed_secret.toString('latin1') })),
    );
    for (const secret of [hook.secret, body.secret]) expect(stored).not.toContain(secret.slice(6, 20));
    expect(rows).toHaveLength(2);
  });
});

describe('a test', () => {
  it('is sent once, also to an endpoint that is off, and shows what came back', async () => {
    const merchant = await aMerchant(world);
    const hook = await aWebhook(world, merchant.hanako);
    await as(world, merchant.hanako).post(`/webhook-endpoints/${hook.id}/deactivation`);
    world.answers.set(hook.path, (_, response) => void response.writeHead(503).end('under maintenance'));
    const { body } = await as(world, merchant.hanako).post(`/webhook-endpoints/${hook.id}/test-events`);
    expect(body).toMatchObject({ type: 'webhook.test', state: 'pending' });
    const twice = await as(world, merchant.hanako).post(`/webhook-endpoints/${hook.id}/test-events`);
    expect(twice).toMatchObject({ status: 409, body: { code: 'test_under_way' } });
    await world.deliver();
    await live(3);
    const [only] = sentTo(hook);
    expect(sentTo(hook)).toHaveLength(1);
    const full = await as(world, merchant.hanako).get(`/webhook-deliveries/${body.id}`);
    expect(full.body).toMatchObject({
      state: 'dead',
      lastStatus: 503,
      body: only?.body,
      attempts: [
        {
          status: 503,
          responseBody: 'under maintenance',
          headers: {
            'webhook-id': only?.headers['webhook-id'],
            'webhook-timestamp': only?.headers['webhook-timestamp'],
            'webhook-signature': only?.headers['webhook-signature'],
          },
        },
      ],
    });
  });
});
