import { sql } from 'kysely';
import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { usualOutlet } from '#src/domain/replies.ts';
import { eraseDue } from '#src/modules/retention/index.ts';
import { ageCase } from '#tests/support/age-case.ts';
import { aProviderServer } from '#tests/support/provider-server.ts';
import { type Came, startReplyWorld } from '#tests/support/reply-world.ts';
import { aMerchant, anInstitution, anOperator, as } from '#tests/support/world.ts';

const provider = await aProviderServer();
const { world, words, send, letPass, anOutlet, stripeCase, adyenCase, mappedCase, answer, repliesOf } =
  startReplyWorld(provider);
const otherKey = `sk_${'test'}_another0123456789`;

const outletOf = async (adapter: { id: string; operator: Awaited<ReturnType<typeof anOperator>> }) =>
  (await as(world, adapter.operator).get('/adapters')).body.data.find(
    ({ id }: { id: string }) => id === adapter.id,
  ).outlet;

describe('the secret that answers are sent with', () => {
  it('is sealed, is shown to nobody, and stays when the rest is changed', async () => {
    const adapter = await anOutlet('stripe');
    const shown = await outletOf(adapter);
    expect(shown).toMatchObject({ isOn: true, settings: { submit: true }, brokenAt: null });
    expect(JSON.stringify((await as(world, adapter.operator).get('/adapters')).body)).not.toContain(
      provider.keys.stripe,
    );
    const row = await world.db
      .selectFrom('adapter_outlets')
      .selectAll()
      .where('adapter_id', '=', adapter.id)
      .executeTakeFirstOrThrow();
    expect(row.sealed_secret?.includes(provider.keys.stripe)).toBe(false);
    const body = { isOn: true, settings: { ...usualOutlet, submit: false } };
    await as(world, adapter.operator).put(`/adapters/${adapter.id}/outlet`, body);
    expect(await outletOf(adapter)).toMatchObject({
      settings: { submit: false },
      secretSetAt: shown.secretSetAt,
    });
    const trail = JSON.stringify(
      await world.db
        .selectFrom('audit_entries')
        .selectAll()
        .where('action', '=', 'adapter.change_outlet')
        .execute(),
    );
    expect(trail).not.toContain(provider.keys.stripe);
  });

  it.each([
    ['stripe', 'pk_live_0123456789abcdef', '/secret'],
    ['adyen', 'short but long enough', '/secret'],
    ['mapping', 'not a whsec at all', '/secret'],
    ['stripe', undefined, '/secret'],
  ] as const)('of %s has its form: %s is refused', async (kind, secret, pointer) => {
    const adapter = await words.anAdapter(kind);
    const settings = { ...usualOutlet, url: 'https://example.jp/answers', mapping: '$' };
    const refused = await as(world, adapter.operator).put(`/adapters/${adapter.id}/outlet`, {
      ...{ isOn: true, settings },
      ...(secret && { secret }),
    });
    expect([refused.status, refused.body.errors?.[0]?.pointer]).toEqual([400, pointer]);
    expect(await outletOf(adapter)).toBeNull();
  });

  it('that the provider refuses stops the adapter and costs no tries; with another one all is sent', async () => {
    const adapter = await anOutlet('stripe');
    const [one, two] = [await stripeCase(adapter), await stripeCase(adapter)];
    await answer(one);
    await answer(two);
    provider.keys.stripe = otherKey;
    await send();
    await send();
    expect(provider.asked.length).toBeLessThanOrEqual(2);
    expect((await repliesOf(one))[0]).toMatchObject({ state: 'waiting', reason: 'not_let_in', tries: 0 });
    expect((await outletOf(adapter)).brokenAt).not.toBeNull();
    const inbox = await as(world, adapter.operator).get('/inbox');
    expect(inbox.body.outletsBroken).toBe(1);
    // An adapter of another provider is not held up.
    const other = await adyenCase(await anOutlet('adyen'));
    await answer(other);
    await send();
    expect((await repliesOf(other))[0]).toMatchObject({ state: 'sent' });
    const body = { isOn: true, settings: usualOutlet, secret: otherKey };
    await as(world, adapter.operator).put(`/adapters/${adapter.id}/outlet`, body);
    expect((await outletOf(adapter)).brokenAt).toBeNull();
    await send();
    for (const came of [one, two])
      expect((await repliesOf(came))[0]).toMatchObject({ state: 'sent', tries: 1 });
  });

  it('is tried without sending anything of a case; once the provider lets us in, what waited is sent', async () => {
    const adapter = await anOutlet('stripe');
    const came = await stripeCase(adapter);
    await answer(came);
    provider.instead = () => ({ status: 401, json: { error: { message: 'This account is restricted.' } } });
    await send();
    const trial = () => as(world, adapter.operator).post(`/adapters/${adapter.id}/outlet/trials`);
    expect((await trial()).body).toEqual({
      ...{ works: false, status: 401, reason: null, said: 'This account is restricted.' },
    });
    provider.instead = () => undefined;
    provider.asked.length = 0;
    expect((await trial()).body).toMatchObject({ works: true, status: 200 });
    expect(provider.asked.map(({ method, path }) => [method, path])).toEqual([
      ['GET', '/v1/disputes?limit=1'],
    ]);
    await send();
    expect((await repliesOf(came))[0]).toMatchObject({ state: 'sent' });
  });

  it('that may not answer one dispute fails that answer alone', async () => {
    const adapter = await anOutlet('stripe');
    const [restricted, other] = [await stripeCase(adapter), await stripeCase(adapter)];
    await answer(restricted);
    await answer(other);
    provider.instead = ({ path }) =>
      path.endsWith(restricted.reference)
        ? { status: 403, json: { error: { message: 'restricted' } } }
        : undefined;
    await send();
    expect((await repliesOf(restricted))[0]).toMatchObject({
      ...{ state: 'failed', reason: 'not_permitted', canSendAgain: true },
    });
    expect((await repliesOf(other))[0]).toMatchObject({ state: 'sent' });
    expect((await outletOf(adapter)).brokenAt).toBeNull();
  });

  it('that was not let in is tried anew once it is saved, also with the secret it has', async () => {
    const adapter = await anOutlet('stripe');
    const came = await stripeCase(adapter);
    await answer(came);
    provider.instead = () => ({ status: 401 });
    await send();
    expect((await outletOf(adapter)).brokenAt).not.toBeNull();
    provider.instead = () => undefined;
    const body = { isOn: true, settings: { ...usualOutlet, environment: 'test' } };
    await as(world, adapter.operator).put(`/adapters/${adapter.id}/outlet`, body);
    await send();
    expect((await repliesOf(came))[0]).toMatchObject({ state: 'sent' });
  });

  it('of Adyen is tried with a dispute that does not exist', async () => {
    const adapter = await anOutlet('adyen');
    provider.instead = () => ({ status: 422, json: { message: 'Dispute not found' } });
    const trial = await as(world, adapter.operator).post(`/adapters/${adapter.id}/outlet/trials`);
    expect(trial.body).toMatchObject({ works: true, status: 422 });
    expect(provider.asked.map(({ path }) => path)).toEqual(['/disputes/retrieveApplicableDefenseReasons']);
  });
});

describe('an answer while sending is off', () => {
  it('is not sent, and can be once it is set up', async () => {
    const adapter = await words.anAdapter('stripe', { goods: 'physical' });
    const came = await stripeCase(adapter);
    await answer(came);
    await send();
    const [reply] = await repliesOf(came);
    expect(reply).toMatchObject({ state: 'none', reason: 'replies_off', canSendAgain: true });
    const body = { isOn: true, settings: usualOutlet, secret: provider.keys.stripe };
    await as(world, adapter.operator).put(`/adapters/${adapter.id}/outlet`, body);
    await as(world, came.operator).post(`/adapter-replies/${reply.id}/sendings`);
    await send();
    expect((await repliesOf(came))[0]).toMatchObject({ state: 'sent' });
  });
});

describe('an answer by a mapping of the institution’s', () => {
  const rule = '{ "ref": institutionReference, "who": answer.content.purchaser.name, "no": answer.version }';
  const mapping =
    '{"reference": id, "reason": "general", "account": "*", "requestedAt": $now(), "method": "credit_card",' +
    ' "amount": {"value": 1000, "currency": "JPY"}, "paymentReference": id}';

  async function aMapped(more: object = {}) {
    const adapter = await words.anAdapter('mapping', {
      ...{ mapping, goods: 'physical' },
      reasons: [{ reason: '*', notificationType: 'inquiry.usage_detail' }],
    });
    const settings = { ...usualOutlet, url: `${provider.url}/answers`, mapping: rule, ...more };
    const secret = `whsec_${Buffer.alloc(32, 9).toString('base64')}`;
    const set = await as(world, adapter.operator).put(`/adapters/${adapter.id}/outlet`, {
      ...{ isOn: true, settings, secret },
    });
    return { adapter, set, secret };
  }

  /** A rule is given three seconds, which a machine that is busy with tests may not have at once. */
  async function sentBy(came: Came) {
    for (let tries = 0; tries < 10; tries += 1) {
      await send();
      const [reply] = await repliesOf(came);
      if (reply.state !== 'waiting' || reply.reason !== 'mapping_failed') return reply;
      await letPass();
    }
  }

  it('is posted as the rule makes it, signed, and the same under the same id when it is tried again', async () => {
    const { adapter, secret } = await aMapped();
    const came = await mappedCase(adapter, { id: `M-${Date.now()}` });
    await answer(came, {
      purchaser: { name: '山田 花子', address: null, email: 'h@example.jp', phone: null },
    });
    provider.instead = () => ({ status: 503 });
    await sentBy(came);
    provider.instead = () => ({ status: 202 });
    await letPass();
    expect(await sentBy(came)).toMatchObject({ state: 'sent' });
    const [first, second] = provider.asked;
    expect(first?.headers['webhook-id']).toBe(second?.headers['webhook-id']);
    expect(new Webhook(secret).verify(second?.body ?? '', second?.headers as Record<string, string>)).toEqual(
      {
        ...{ ref: came.reference, who: '山田 花子', no: 1 },
      },
    );
  });

  it('whose rule fails has failed, and says where', async () => {
    const { adapter } = await aMapped({ mapping: '$uppercase(answer.version' });
    const came = await mappedCase(adapter, { id: `F-${Date.now()}` });
    await answer(came);
    const reply = await sentBy(came);
    expect(reply).toMatchObject({ state: 'failed', reason: 'mapping_failed' });
    expect(reply.calls.at(-1).reason).toMatch(/^S\d+/);
  });

  it('that comes to nothing is not sent, and costs only tries where a gate is shut', async () => {
    const empty = await aMapped({ mapping: 'answer.content.noSuchThing' });
    const lost = await mappedCase(empty.adapter, { id: `E-${Date.now()}` });
    await answer(lost);
    expect(await sentBy(lost)).toMatchObject({ state: 'failed', reason: 'mapping_failed' });
    expect(provider.asked).toEqual([]);

    const { adapter } = await aMapped();
    const came = await mappedCase(adapter, { id: `G-${Date.now()}` });
    await answer(came);
    provider.instead = () => ({ status: 403 });
    expect(await sentBy(came)).toMatchObject({ state: 'waiting', reason: 'refused' });
    expect((await outletOf(adapter)).brokenAt).toBeNull();
    provider.instead = () => ({ status: 202 });
    await letPass();
    expect(await sentBy(came)).toMatchObject({ state: 'sent' });
  });

  it('goes to no address inside, whether it is set or slipped in', async () => {
    const { set } = await aMapped({ url: 'http://127.0.0.1:1/answers' });
    expect([set.status, set.body.code]).toEqual([400, 'url_not_callable']);
    const { adapter } = await aMapped();
    const came = await mappedCase(adapter, { id: `S-${Date.now()}` });
    await sql`update adapter_outlets set settings = settings || '{"url": "http://169.254.169.254/answers"}'
      where adapter_id = ${adapter.id}`.execute(world.db);
    await answer(came);
    const reply = await sentBy(came);
    expect(reply).toMatchObject({ state: 'waiting', reason: 'not_reached' });
    expect(reply.calls.at(-1).reason).toMatch(/^forbidden_/);
  });

  it('has nothing to try: a test could be taken for an answer', async () => {
    const { adapter } = await aMapped();
    const trial = await as(world, adapter.operator).post(`/adapters/${adapter.id}/outlet/trials`);
    expect([trial.status, trial.body.code]).toEqual([409, 'outlet_not_set']);
  });
});

describe('what is sent to providers', () => {
  it('is nothing for merchants and institutions, not even that there is something', async () => {
    const came = await stripeCase(await anOutlet('stripe'));
    await answer(came);
    const [reply] = await repliesOf(came);
    for (const somebody of [
      came.merchant.hanako,
      (await aMerchant(world)).hanako,
      await anInstitution(world),
    ]) {
      const asked = as(world, somebody);
      expect((await asked.get(`/cases/${came.caseId}/replies`)).status).toBe(403);
      expect((await asked.get('/adapter-replies')).status).toBe(403);
      expect((await asked.post(`/adapter-replies/${reply.id}/sendings`)).status).toBe(403);
    }
    const auditor = as(world, await anOperator(world, 'auditor'));
    expect((await auditor.get(`/cases/${came.caseId}/replies`)).status).toBe(200);
    expect((await auditor.post(`/adapter-replies/${reply.id}/sendings`)).status).toBe(403);
  });

  it('is listed in pages, the newest first, each once', async () => {
    const adapter = await anOutlet('stripe');
    for (let count = 0; count < 3; count += 1) await answer(await stripeCase(adapter));
    const asked = as(world, adapter.operator);
    const first = (await asked.get(`/adapter-replies?adapterId=${adapter.id}&limit=2`)).body;
    const cursor = encodeURIComponent(first.nextCursor);
    const second = (await asked.get(`/adapter-replies?adapterId=${adapter.id}&limit=2&cursor=${cursor}`))
      .body;
    const ids = [...first.data, ...second.data].map(({ id }: { id: string }) => id);
    expect([new Set(ids).size, second.nextCursor]).toEqual([3, null]);
    expect((await asked.get('/adapter-replies?cursor=nonsense')).status).toBe(400);
  });

  it('is in the audit trail before it leaves, with its outcome, and without anything personal', async () => {
    const came = await stripeCase(await anOutlet('stripe'));
    await answer(came);
    const entries = () =>
      world.db
        .selectFrom('audit_entries')
        .select(['action', 'details'])
        .where(sql<boolean>`subjects @> ${[came.adapterId, came.caseId]}`)
        .where('action', 'like', 'adapter.%')
        .orderBy('sequence')
        .execute();
    provider.instead = () => 'never';
    await send();
    expect((await entries()).at(-1)).toEqual({
      action: 'adapter.send_answer',
      details: { tries: 1, version: 1 },
    });
    provider.instead = () => undefined;
    await letPass();
    await send();
    expect((await entries()).at(-1)).toEqual({
      action: 'adapter.settle_reply',
      details: { state: 'sent', version: 1 },
    });
  });

  it('is queued with the registration, or not at all', async () => {
    const came = await stripeCase(await anOutlet('stripe'));
    const jobs = async () =>
      (
        await sql<{
          n: number;
        }>`select count(*)::int as n from pgboss.job where name = 'send-replies'`.execute(world.db)
      ).rows[0]?.n ?? 0;
    const before = await jobs();
    await sql`create function fail_late() returns trigger language plpgsql as $$ begin raise exception 'late'; end $$`.execute(
      world.db,
    );
    await sql`create constraint trigger fail_late after insert on answers deferrable initially deferred
      for each row execute function fail_late()`.execute(world.db);
    await expect(answer(came)).rejects.toThrow('not registered');
    expect([await repliesOf(came), await jobs()]).toEqual([[], before]);
    await sql`drop trigger fail_late on answers`.execute(world.db);
    await answer(came);
    expect([(await repliesOf(came)).length, await jobs()]).toEqual([1, before + 1]);
  });
});

describe('an answer that waits while its case', () => {
  const whileWaiting = async () => {
    const came = await stripeCase(await anOutlet('stripe'));
    await answer(came);
    provider.instead = () => ({ status: 503 });
    await send();
    const [waiting] = await repliesOf(came);
    expect(waiting).toMatchObject({ state: 'waiting', reason: 'busy' });
    provider.instead = () => undefined;
    provider.asked.length = 0;
    return came;
  };

  const callsOf = ({ reference }: Came) => provider.asked.filter(({ path }) => path.endsWith(reference));

  it('is withdrawn is not sent any more', async () => {
    const came = await whileWaiting();
    const operator = as(world, came.operator);
    expect(
      (await operator.post(`/cases/${came.caseId}/corrections`, { reason: '誤記' })).status,
    ).toBeLessThan(300);
    const withdrawn = await operator.post(`/cases/${came.caseId}/withdrawal`, { reason: '取下げ' });
    expect(withdrawn.status, JSON.stringify(withdrawn.body)).toBeLessThan(300);
    await letPass();
    await send();
    expect(callsOf(came)).toEqual([]);
    expect((await repliesOf(came))[0]).toMatchObject({ state: 'none', reason: 'case_withdrawn' });
  });

  it('is erased cannot be sent, and what the provider said goes too', async () => {
    const came = await whileWaiting();
    await ageCase(world, came.caseId, 2000);
    await eraseDue(world.bySystem.inTransaction);
    await letPass();
    await send();
    expect(callsOf(came)).toEqual([]);
    expect((await repliesOf(came))[0]).toMatchObject({ state: 'failed', reason: 'erased' });
    const calls = await world.db
      .selectFrom('adapter_reply_calls')
      .select('sealed_said')
      .where('case_id', '=', came.caseId)
      .execute();
    expect(calls.map(({ sealed_said }) => sealed_said)).toEqual(calls.map(() => null));
  });

  it('does not open fails and holds up nobody', async () => {
    const adapter = await anOutlet('stripe');
    const [broken, well] = [await stripeCase(adapter), await stripeCase(adapter)];
    await answer(broken);
    await answer(well);
    await world.db.transaction().execute(async (tx) => {
      await sql`set local session_replication_role = replica`.execute(tx);
      await sql`update answers set sealed_answer = substring(sealed_answer from 1 for 40) where case_id = ${broken.caseId}`.execute(
        tx,
      );
    });
    await send();
    expect((await repliesOf(broken))[0]).toMatchObject({ state: 'failed', reason: 'unreadable' });
    expect((await repliesOf(well))[0]).toMatchObject({ state: 'sent' });
  });
});
