import { describe, expect, it } from 'vitest';
import {
  aKey,
  aMerchant,
  aMerchantKey,
  anInstitution,
  anOperator,
  aPerson,
  as,
  startWorld,
} from '#tests/support/world.ts';

const world = startWorld();
const settings = { name: '基幹システム', url: 'https://example.jp/hooks', eventTypes: ['case.received'] };

describe('an endpoint', () => {
  it('is made by an admin, shows its secret once, and is changed, switched off and removed', async () => {
    const { hanako, mid } = await aMerchant(world);
    const made = await as(world, hanako).post('/webhook-endpoints', settings);
    expect(made).toMatchObject({ status: 201, body: { secret: expect.stringMatching(/^whsec_/) } });
    expect(made.body.endpoint).toMatchObject({
      ...settings,
      mid,
      sids: null,
      isOn: true,
      waiting: 0,
      dead: 0,
    });
    const path = `/webhook-endpoints/${made.body.endpoint.id}`;
    const read = await as(world, hanako).get(path);
    expect(JSON.stringify(read.body)).not.toContain('whsec_');
    const changed = await as(world, hanako).put(path, {
      ...settings,
      name: '別の名称',
      eventTypes: ['case.expired', 'case.answered', 'case.expired'],
    });
    expect(changed.body).toMatchObject({ name: '別の名称', eventTypes: ['case.answered', 'case.expired'] });
    expect(await as(world, hanako).send('DELETE', path)).toMatchObject({
      status: 409,
      body: { code: 'webhook_is_on' },
    });
    expect((await as(world, hanako).post(`${path}/deactivation`)).body).toMatchObject({
      isOn: false,
      offReason: 'by_owner',
    });
    expect(await as(world, hanako).post(`${path}/deactivation`)).toMatchObject({ status: 409 });
    expect((await as(world, hanako).send('DELETE', path)).status).toBe(204);
    expect((await as(world, hanako).get('/webhook-endpoints')).body).toEqual({ data: [], nextCursor: null });
    const told = await world.db
      .selectFrom('audit_entries')
      .select('action')
      .where('actor_id', '=', hanako.id)
      .orderBy('sequence')
      .execute();
    expect(told.map(({ action }) => action)).toEqual([
      'webhook.add',
      'webhook.change',
      'webhook.switch_off',
      'webhook.remove',
    ]);
  });

  it.each([
    'http://example.jp/hooks',
    'https://127.0.0.1/',
    'https://10.1.2.3/hooks',
    'https://[::1]/',
    'https://169.254.169.254/latest',
    'https://user:password@example.jp/',
    'https://example.jp:22/',
    'file:///etc/passwd',
    'example.jp',
  ])('is refused at %s, which nothing can be sent to', async (url) => {
    const { hanako } = await aMerchant(world);
    const reply = await as(world, hanako).post('/webhook-endpoints', { ...settings, url });
    expect(reply).toMatchObject({
      status: 400,
      body: { code: 'url_not_callable' },
    });
  });

  it.each([
    ['no types', { eventTypes: [] }],
    ['a type that there is not', { eventTypes: ['case.dreamt'] }],
    ['no name', { name: ' ' }],
    ['a card number for a name', { name: '4111 1111 1111 1111' }],
    ['something more', { secret: 'whsec_AAAA' }],
  ])('is refused with %s', async (_, wrong) => {
    const { hanako } = await aMerchant(world);
    expect((await as(world, hanako).post('/webhook-endpoints', { ...settings, ...wrong })).status).toBe(400);
  });

  it('is not for who may not, and not for keys without the right', async () => {
    const { taro, yuki, mid } = await aMerchant(world);
    for (const caller of [
      taro,
      yuki,
      await aMerchantKey(world, mid),
      await anInstitution(world),
      await anOperator(world, 'agent'),
    ])
      expect((await as(world, caller).post('/webhook-endpoints', settings)).status).toBe(403);
    const key = await aKey(world, { mid, institution_id: null }, ['manage_webhooks']);
    expect((await as(world, key).post('/webhook-endpoints', settings)).body.endpoint).toMatchObject({ mid });
  });

  it('is its owner’s alone; an operator names whose it is', async () => {
    const [{ hanako, mid }, { hanako: stranger }] = [await aMerchant(world), await aMerchant(world)];
    const [jcb, sato] = [await anInstitution(world), await anOperator(world)];
    const limited = await aPerson(world, { name: '佐々木', mid, roles: ['admin'], sids: ['002'] });
    const { body } = await as(world, hanako).post('/webhook-endpoints', settings);
    const own = await as(world, limited).post('/webhook-endpoints', settings);
    expect(own.body.endpoint).toMatchObject({ mid, sids: ['002'] });
    const path = `/webhook-endpoints/${body.endpoint.id}`;
    for (const caller of [stranger, limited]) {
      const replies = [
        await as(world, caller).get(path),
        await as(world, caller).put(path, settings),
        await as(world, caller).post(`${path}/secret-rotation`),
        await as(world, caller).post(`${path}/test-events`),
        await as(world, caller).post(`${path}/replay`),
        await as(world, caller).get(`${path}/deliveries`),
        await as(world, caller).send('DELETE', path),
      ];
      expect(replies.map(({ status }) => status)).toEqual(replies.map(() => 404));
    }
    expect((await as(world, stranger).post('/webhook-endpoints', { ...settings, mid })).status).toBe(404);
    const forInstitution = await as(world, sato).post('/webhook-endpoints', {
      ...settings,
      institutionId: jcb.institutionId,
    });
    expect(forInstitution.body.endpoint).toMatchObject({ institutionId: jcb.institutionId, mid: null });
    expect((await as(world, sato).post('/webhook-endpoints', settings)).status).toBe(400);
    expect(
      (await as(world, sato).post('/webhook-endpoints', { ...settings, institutionId: 'NOBODY' })).status,
    ).toBe(404);
    const list = await as(world, sato).get(`/webhook-endpoints?mid=${mid}&limit=1`);
    expect(list.body.data).toHaveLength(1);
    const rest = await as(world, sato).get(`/webhook-endpoints?mid=${mid}&cursor=${list.body.nextCursor}`);
    expect(rest.body).toMatchObject({ data: [{ id: own.body.endpoint.id }], nextCursor: null });
  });

  it('is one of ten at most, however many are asked for at once', async () => {
    const { hanako } = await aMerchant(world);
    const replies = await Promise.all(
      Array.from({ length: 13 }, () => as(world, hanako).post('/webhook-endpoints', settings)),
    );
    const statuses = replies.map(({ status }) => status).sort();
    expect(statuses).toEqual([...Array(10).fill(201), 409, 409, 409]);
  });
});
