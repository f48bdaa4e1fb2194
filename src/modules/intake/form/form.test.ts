import { beforeAll, describe, expect, it } from 'vitest';
import { aMerchant, anInstitution, anOperator, aRequest, as, startWorld } from '#tests/support/world.ts';

const world = startWorld();
let merchant: Awaited<ReturnType<typeof aMerchant>>;
let institution: Awaited<ReturnType<typeof anInstitution>>;
let mori: Awaited<ReturnType<typeof anOperator>>;
let ito: Awaited<ReturnType<typeof anOperator>>;

beforeAll(async () => {
  merchant = await aMerchant(world);
  institution = await anInstitution(world);
  mori = await anOperator(world, 'agent');
  ito = await anOperator(world, 'auditor');
});

const sent = (options = {}) => ({
  institutionId: institution.institutionId,
  ...aRequest(merchant.mid, options),
});
const cases = () =>
  world.db.selectFrom('cases').select('id').where('institution_id', '=', institution.institutionId).execute();

describe('a request that is checked', () => {
  it('falls due by the institution’s rule, and nothing is stored', async () => {
    const before = await cases();
    const { status, body } = await as(world, mori).post('/intake/check', sent({ dueAt: null }));
    expect([status, body.caseId]).toEqual([200, null]);
    expect(body.dueAt).toMatch(/T23:59:59\+09:00$/);
    expect(await cases()).toEqual(before);
  });

  it('is told what it leaves to its service, and that a product name lacks', async () => {
    await world.db
      .updateTable('services')
      .set({ goods: 'digital', links_product_names: true })
      .where('mid', '=', merchant.mid)
      .where('sid', '=', '002')
      .execute();
    const { goods: _, ...payment } = sent().payment;
    const check = async (given: object) =>
      (
        await as(world, mori).post('/intake/check', {
          ...sent({ sid: '002' }),
          payment: { ...payment, ...given },
        })
      ).body;
    expect(await check({ productName: null })).toMatchObject({ goods: 'digital', lacksProductName: true });
    expect(await check({ goods: 'physical' })).toMatchObject({ goods: 'physical', lacksProductName: false });
  });

  it('is told at each field what is wrong', async () => {
    const request = sent();
    const wrong = {
      ...request,
      sid: '999',
      payment: { ...request.payment, customerId: '4111 1111 1111 1111' },
    };
    const { status, body } = await as(world, mori).post('/intake/check', wrong);
    expect(status).toBe(422);
    expect(body.errors).toMatchObject([{ pointer: '/payment/customerId', code: 'card_number' }]);
    const { body: second } = await as(world, mori).post('/intake/check', { ...request, sid: '999' });
    expect(second.errors).toMatchObject([{ pointer: '/sid', code: 'unknown_service' }]);
  });

  it('is known when it was taken in before, and refused when it says something else', async () => {
    const request = sent();
    const taken = await as(world, mori).post('/cases', request);
    const again = await as(world, mori).post('/intake/check', request);
    expect(again.body.caseId).toBe(taken.body.id);
    const other = await as(world, mori).post('/intake/check', { ...request, supplement: '別の内容' });
    expect([other.status, other.body.code]).toEqual([409, 'different_content']);
  });

  it('is registered once, however often the button is pressed', async () => {
    const request = sent();
    const press = () =>
      as(world, mori).post('/cases', request, { 'idempotency-key': request.institutionReference });
    const replies = await Promise.all([press(), press(), press()]);
    expect(new Set(replies.map(({ body }) => body.id)).size).toBe(1);
  });
});

describe('a payment by its tracking id', () => {
  it('is known from an earlier case of the merchant, and of no other', async () => {
    const request = sent();
    const taken = await as(world, mori).post('/cases', request);
    const other = await aMerchant(world);
    const of = (mid: string) =>
      as(world, mori).get(`/intake/payments?mid=${mid}&trackingId=${request.payment.trackingId}`);
    expect((await of(merchant.mid)).body).toMatchObject({
      caseId: taken.body.id,
      payment: { customerId: 'C-1001', amount: { value: 12_800 } },
    });
    expect((await of(other.mid)).body).toEqual({ caseId: null, payment: null });
  });

  it('is looked up by operators alone, and the look is recorded', async () => {
    const request = sent();
    const taken = await as(world, mori).post('/cases', request);
    const path = `/intake/payments?mid=${merchant.mid}&trackingId=${request.payment.trackingId}`;
    for (const caller of [merchant.hanako, institution, ito])
      expect((await as(world, caller).get(path)).status).toBe(403);
    await as(world, mori).get(path);
    const entry = await world.db
      .selectFrom('audit_entries')
      .select(['action', 'subjects'])
      .where('actor_id', '=', mori.id)
      .orderBy('sequence', 'desc')
      .executeTakeFirst();
    expect(entry).toEqual({ action: 'case.look', subjects: [taken.body.id] });
  });
});

describe('templates of the supplement', () => {
  const words = { name: '会員照会', body: 'ご登録の情報をお知らせください。' };
  const added = async (own = institution) =>
    (await as(world, mori).post('/supplement-templates', { institutionId: own.institutionId, ...words }))
      .body;

  it('are added, changed and removed by operators who take requests in', async () => {
    const own = await anInstitution(world);
    const template = await added(own);
    const path = `/supplement-templates/${template.id}`;
    const changed = await as(world, mori).put(path, { ...words, body: '改訂' }, { 'if-match': '"1"' });
    expect(changed.body).toEqual({ ...template, body: '改訂', version: 2 });
    const stale = await as(world, mori).put(path, words, { 'if-match': '"1"' });
    expect([stale.status, stale.body.code]).toEqual([412, 'changed_meanwhile']);
    const removed = await as(world, mori).send('DELETE', path, { headers: { 'if-match': '"2"' } });
    expect(removed.status).toBe(204);
    const list = await as(world, mori).get(`/supplement-templates?institutionId=${own.institutionId}`);
    expect(list.body.data).toEqual([]);
  });

  it('of one institution have different names, also when two add them at once', async () => {
    const own = await anInstitution(world);
    const body = { institutionId: own.institutionId, ...words };
    const replies = await Promise.all(
      [1, 2, 3].map(() => as(world, mori).post('/supplement-templates', body)),
    );
    expect(replies.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
  });

  it('are not an auditor’s, a merchant’s or an institution’s to see or change', async () => {
    const path = `/supplement-templates?institutionId=${institution.institutionId}`;
    for (const caller of [ito, merchant.hanako, institution])
      expect((await as(world, caller).get(path)).status).toBe(403);
  });
});
