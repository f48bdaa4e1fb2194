import { sql } from 'kysely';
import { Webhook } from 'standardwebhooks';
import { beforeEach, describe, expect, it } from 'vitest';
import { aWebhook, type Hook, hooksOf, startWebhookWorld } from '#tests/support/webhook-world.ts';
import {
  aMerchant,
  anInstitution,
  anOperator,
  aPerson,
  aRequest,
  as,
  givenCase,
} from '#tests/support/world.ts';

const world = startWebhookWorld();
const { sentTo, fail, mend, deliveriesOf, verified } = hooksOf(world);
beforeEach(() => world.atPresent());

describe('a webhook', () => {
  it('is verified by the library of Standard Webhooks, and tells of the case with ids only', async () => {
    const merchant = await aMerchant(world);
    const hook = await aWebhook(world, merchant.hanako);
    const caseId = await givenCase(world, merchant, { answered: true });
    await world.deliver();
    const [received, answered] = sentTo(hook);
    expect(sentTo(hook)).toHaveLength(2);
    if (!received || !answered) throw new Error('two events were expected');
    expect(received.headers['content-type']).toBe('application/json');
    expect(verified(hook, received)).toEqual({
      type: 'case.received',
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      data: {
        ...{
          caseId,
          sequence: 1,
          version: 0,
          status: 'received',
          notificationType: 'cancellation.method_unknown',
        },
        ...{ mid: merchant.mid, sid: '001' },
        institutionId: expect.any(String),
        institutionReference: expect.any(String),
      },
    });
    expect(verified(hook, answered)).toMatchObject({
      type: 'case.answered',
      data: { caseId, sequence: 2, version: 1, status: 'answered' },
    });
  });

  it('that was forged, changed or signed with another secret is not verified', async () => {
    const merchant = await aMerchant(world);
    const [hook, other] = [await aWebhook(world, merchant.hanako), await aWebhook(world, merchant.hanako)];
    await givenCase(world, merchant);
    await world.deliver();
    const [received] = sentTo(hook);
    if (!received) throw new Error('an event was expected');
    expect(() => verified(other, received)).toThrow('No matching signature');
    expect(() => verified(hook, { ...received, body: `${received.body} ` })).toThrow('No matching signature');
    const moved = { ...received, headers: { ...received.headers, 'webhook-id': 'another' } };
    expect(() => verified(hook, moved)).toThrow('No matching signature');
  });

  it('is sent again until it arrives: the same id and body, a fresh timestamp, a valid signature (INV-20)', async () => {
    const merchant = await aMerchant(world);
    const hook = await aWebhook(world, merchant.hanako);
    await givenCase(world, merchant);
    fail(hook);
    await world.deliver();
    world.pass(61);
    await world.deliver();
    mend(hook);
    world.pass(301);
    await world.deliver();
    const tries = sentTo(hook);
    expect(tries).toHaveLength(3);
    expect(new Set(tries.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(new Set(tries.map(({ body }) => body)).size).toBe(1);
    const times = tries.map(({ headers }) => Number(headers['webhook-timestamp']));
    expect(times.map((time) => time - (times[0] ?? 0))).toEqual([0, expect.any(Number), expect.any(Number)]);
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(60);
    expect((times[2] ?? 0) - (times[1] ?? 0)).toBeGreaterThanOrEqual(300);
    for (const { headers, body } of tries) {
      const at = new Date(Number(headers['webhook-timestamp']) * 1000);
      const signed = new Webhook(hook.secret).sign(headers['webhook-id'] ?? '', at, body);
      expect(headers['webhook-signature']).toBe(signed);
    }
    expect(await deliveriesOf(hook)).toMatchObject([{ state: 'delivered', tries: 3 }]);
  });

  it('goes to nobody but the merchant, the service and the institution it is about (INV-22)', async () => {
    const [merchant, other] = [await aMerchant(world), await aMerchant(world)];
    const [jcb, visa] = [await anInstitution(world), await anInstitution(world)];
    const limited = await aPerson(world, {
      name: '佐々木',
      mid: merchant.mid,
      roles: ['admin'],
      sids: ['002'],
    });
    const sato = await anOperator(world);
    const ofInstitution = async (institutionId: string): Promise<Hook> => {
      const settings = {
        name: '機関',
        url: 'https://example.jp/',
        eventTypes: ['case.received'],
        institutionId,
      };
      const { body } = await as(world, sato).post('/webhook-endpoints', settings);
      const path = `/${body.endpoint.id}`;
      await world.db
        .updateTable('webhook_endpoints')
        .set({ url: world.receiver + path })
        .where('id', '=', body.endpoint.id)
        .execute();
      return { id: body.endpoint.id, secret: body.secret, path };
    };
    const hooks = {
      merchant: await aWebhook(world, merchant.hanako),
      limited: await aWebhook(world, limited),
      other: await aWebhook(world, other.hanako),
      jcb: await ofInstitution(jcb.institutionId),
      visa: await ofInstitution(visa.institutionId),
    };
    await as(world, jcb).post('/cases', aRequest(merchant.mid, { sid: '001' }));
    await as(world, visa).post('/cases', aRequest(merchant.mid, { sid: '002' }));
    await world.deliver();
    const told = Object.entries(hooks).map(([name, hook]) => [
      name,
      sentTo(hook).map(({ body }) => JSON.parse(body).data.sid),
    ]);
    expect(Object.fromEntries(told)).toEqual({
      merchant: expect.arrayContaining(['001', '002']),
      limited: ['002'],
      other: [],
      jcb: ['001'],
      visa: ['002'],
    });
  });

  it('cannot be given to another merchant’s endpoint, whoever tries it in the database', async () => {
    const [merchant, other] = [await aMerchant(world), await aMerchant(world)];
    const hook = await aWebhook(world, other.hanako);
    const caseId = await givenCase(world, merchant);
    const give = world.bySystem.inTransaction((tx) =>
      sql`
        insert into webhook_deliveries (id, endpoint_id, event_id, case_id, position, next_attempt_at, created_at)
        select gen_random_uuid(), ${hook.id}, id, case_id, 1, now(), now() from events where case_id = ${caseId}`.execute(
        tx,
      ),
    );
    await expect(give).rejects.toMatchObject({ code: '42501' });
  });

  it('is only of the types that were asked for', async () => {
    const merchant = await aMerchant(world);
    const hook = await aWebhook(world, merchant.hanako, ['case.answered']);
    await givenCase(world, merchant, { answered: true });
    await world.deliver();
    expect(sentTo(hook).map(({ body }) => JSON.parse(body).type)).toEqual(['case.answered']);
  });
});

describe('the order of a case', () => {
  it('is kept: what follows waits for what failed, and other cases do not (INV-21)', async () => {
    const merchant = await aMerchant(world);
    const hook = await aWebhook(world, merchant.hanako);
    const caseId = await givenCase(world, merchant, { answered: true });
    const other = await givenCase(world, merchant);
    world.answers.set(hook.path, ({ body }, response) => {
      response.writeHead(JSON.parse(body).data.caseId === caseId ? 500 : 204).end();
    });
    await world.deliver();
    const seen = () =>
      sentTo(hook).map(({ body }) => [JSON.parse(body).data.caseId, JSON.parse(body).data.sequence]);
    expect(seen()).toEqual(
      expect.arrayContaining([
        [caseId, 1],
        [other, 1],
      ]),
    );
    expect(seen()).toHaveLength(2);
    mend(hook);
    world.pass(61);
    await world.deliver();
    expect(seen().filter(([id]) => id === caseId)).toEqual([
      [caseId, 1],
      [caseId, 1],
      [caseId, 2],
    ]);
  });
});

describe('a delivery', () => {
  it('is sent once by two who look at the same time, and by whoever comes after one that died', async () => {
    const merchant = await aMerchant(world);
    const hook = await aWebhook(world, merchant.hanako);
    for (let count = 0; count < 10; count += 1) await givenCase(world, merchant);
    await Promise.all([world.deliver(), world.deliver(), world.deliver()]);
    expect(sentTo(hook)).toHaveLength(10);
    await givenCase(world, merchant);
    await world.db
      .updateTable('webhook_deliveries')
      .set({ taken_until: new Date(world.now().getTime() + 30_000) })
      .where('endpoint_id', '=', hook.id)
      .execute();
    await world.deliver();
    world.pass(31);
    await world.deliver();
    expect(sentTo(hook)).toHaveLength(11);
  });

  it('ends with its endpoint, also in the middle of a try', async () => {
    const merchant = await aMerchant(world);
    const hook = await aWebhook(world, merchant.hanako);
    await givenCase(world, merchant);
    world.answers.set(hook.path, async (_, response) => {
      await as(world, merchant.hanako).post(`/webhook-endpoints/${hook.id}/deactivation`);
      const { status } = await as(world, merchant.hanako).send('DELETE', `/webhook-endpoints/${hook.id}`);
      response.writeHead(status === 204 ? 500 : 200).end();
    });
    await world.deliver();
    expect(await deliveriesOf(hook)).toEqual([]);
    expect((await as(world, merchant.hanako).get(`/webhook-endpoints/${hook.id}`)).status).toBe(404);
  });
});
