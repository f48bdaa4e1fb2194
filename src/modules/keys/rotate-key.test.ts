import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import {
  aLimitedAdmin,
  aMerchant,
  anOperator,
  aPerson,
  as,
  type Caller,
  type Merchant,
  type Reply,
  startWorld,
  type World,
} from '#tests/support/world.ts';

const world = startWorld();
/** A second process on the same database. */
const elsewhere = startWorld();

type Given = { id: string; key: Caller };

async function givenKey({ mid, hanako }: Merchant): Promise<Given> {
  const { body } = await as(world, hanako).post('/api-keys', {
    name: '基幹システム',
    owner: { kind: 'merchant', mid },
    scopes: ['read_cases', 'answer_cases'],
  });
  return { id: body.apiKey.id, key: keyed(body.secret) };
}

const keyed = (secret: string): Caller => ({ id: '', name: '', key: secret });
const rotate = (caller: Caller, id: string, body: object = {}): Promise<Reply> =>
  as(world, caller).post(`/api-keys/${id}/rotation`, body);
const use = async (node: World, key: Caller): Promise<number> => (await as(node, key).get('/cases')).status;
const find = async (caller: Caller, id: string) =>
  (await as(world, caller).get('/api-keys')).body.data.find((each: { id: string }) => each.id === id);
const later = (id: string, days: number) =>
  sql`update api_keys set expires_at = expires_at - make_interval(days => ${days}) where id = ${id}`.execute(
    world.db,
  );

describe('a new key that takes the place of one', () => {
  it('works beside it for the overlap, on every node, and alone afterwards', async () => {
    const merchant = await aMerchant(world);
    const old = await givenKey(merchant);
    const reply = await rotate(merchant.hanako, old.id, { overlapDays: 7 });
    expect(reply).toMatchObject({
      status: 201,
      body: { apiKey: { name: '基幹システム', scopes: ['read_cases', 'answer_cases'], state: 'active' } },
    });
    const fresh = keyed(reply.body.secret);
    const before = await find(merchant.hanako, old.id);
    expect(before).toMatchObject({ state: 'replaced', replacedBy: reply.body.apiKey.id });
    expect(Math.round((Date.parse(before.expiresAt) - Date.now()) / 86_400_000)).toBe(7);
    for (const node of [world, elsewhere]) {
      expect([await use(node, old.key), await use(node, fresh)]).toEqual([200, 200]);
    }
    await later(old.id, 8);
    for (const node of [world, elsewhere]) {
      expect([await use(node, old.key), await use(node, fresh)]).toEqual([401, 200]);
    }
    expect(await find(merchant.hanako, old.id)).toMatchObject({ state: 'expired' });
  });

  it('ends the old one at once when no overlap is wanted, and never prolongs it', async () => {
    const merchant = await aMerchant(world);
    const [one, two] = [await givenKey(merchant), await givenKey(merchant)];
    await rotate(merchant.hanako, one.id, { overlapDays: 0 });
    expect(await use(world, one.key)).toBe(401);
    await later(two.id, 363);
    await rotate(merchant.hanako, two.id, { overlapDays: 30 });
    const { expiresAt } = await find(merchant.hanako, two.id);
    expect(Date.parse(expiresAt) - Date.now()).toBeLessThan(2 * 86_400_000 + 1);
  });

  it('is one, however many ask for it at once', async () => {
    const merchant = await aMerchant(world);
    const { id } = await givenKey(merchant);
    const replies = await Promise.all(Array.from({ length: 8 }, () => rotate(merchant.hanako, id)));
    expect(replies.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409, 409, 409, 409]);
    const { rows } = await sql<{ count: number }>`
      select count(*)::int as count from api_keys where mid = ${merchant.mid}`.execute(world.db);
    expect(rows).toEqual([{ count: 2 }]);
  });

  it('is refused for one that is revoked, over or replaced, and stored without its secret', async () => {
    const merchant = await aMerchant(world);
    const [revoked, over, good] = [
      await givenKey(merchant),
      await givenKey(merchant),
      await givenKey(merchant),
    ];
    await as(world, merchant.hanako).post(`/api-keys/${revoked.id}/revocation`);
    await later(over.id, 366);
    for (const { id } of [revoked, over]) {
      expect(await rotate(merchant.hanako, id)).toMatchObject({
        status: 409,
        body: { code: 'key_not_active' },
      });
    }
    const headers = { 'idempotency-key': randomUUID() };
    const ask = () => as(world, merchant.hanako).post(`/api-keys/${good.id}/rotation`, {}, headers);
    const first = await ask();
    expect(first.body.secret).toMatch(/^shk_/);
    expect(await ask()).toMatchObject({ status: 201, body: { secret: null, apiKey: first.body.apiKey } });
    expect(await rotate(merchant.hanako, good.id)).toMatchObject({ status: 409 });
  });

  it('holds no more than who makes it has', async () => {
    const merchant = await aMerchant(world);
    const { id, key } = await givenKey(merchant);
    const manager = await aPerson(world, {
      name: '田中 実',
      mid: merchant.mid,
      roles: ['admin'],
      sids: null,
    });
    for (const caller of [manager, await anOperator(world)]) {
      expect(await rotate(caller, id)).toMatchObject({ status: 403, body: { code: 'scopes_not_held' } });
    }
    expect(await use(world, key)).toBe(200);
  });
});

describe('a key that is revoked', () => {
  it('fails on the next request on every node, and stays revoked', async () => {
    const merchant = await aMerchant(world);
    const { id, key } = await givenKey(merchant);
    expect([await use(world, key), await use(elsewhere, key)]).toEqual([200, 200]);
    const reply = await as(world, merchant.hanako).post(`/api-keys/${id}/revocation`);
    expect(reply).toMatchObject({ status: 200, body: { state: 'revoked', revokedAt: expect.any(String) } });
    expect([await use(elsewhere, key), await use(world, key)]).toEqual([401, 401]);
    const again = await as(world, merchant.hanako).post(`/api-keys/${id}/revocation`);
    expect(again.body.revokedAt).toBe(reply.body.revokedAt);
    const renamed = await as(world, merchant.hanako).put(`/api-keys/${id}`, { name: '別の名称' });
    expect(renamed).toMatchObject({ status: 409, body: { code: 'key_not_active' } });
  });
});

describe('another merchant’s key', () => {
  it('does not exist for an admin; an operator admin may end and rename it', async () => {
    const merchant = await aMerchant(world);
    const { id, key } = await givenKey(merchant);
    const { hanako: stranger } = await aMerchant(world);
    const limited = await aLimitedAdmin(world, merchant.mid, ['001']);
    const unknown = randomUUID();
    for (const [caller, keyId] of [
      [stranger, id],
      [limited, id],
      [merchant.hanako, unknown],
    ] as const) {
      const replies = [
        await rotate(caller, keyId),
        await as(world, caller).post(`/api-keys/${keyId}/revocation`),
        await as(world, caller).put(`/api-keys/${keyId}`, { name: '別の名称' }),
      ];
      expect(replies.map(({ status }) => status)).toEqual([404, 404, 404]);
    }
    expect((await as(world, stranger).get(`/api-keys?mid=${merchant.mid}`)).body.data).toEqual([]);
    expect(await use(world, key)).toBe(200);
    const sato = await anOperator(world);
    const renamed = await as(world, sato).put(`/api-keys/${id}`, { name: '別の名称' });
    expect(renamed).toMatchObject({ status: 200, body: { name: '別の名称' } });
    expect((await as(world, sato).post(`/api-keys/${id}/revocation`)).status).toBe(200);
    expect(await use(world, key)).toBe(401);
  });

  it('may be touched by nobody without the right', async () => {
    const merchant = await aMerchant(world);
    const { id, key } = await givenKey(merchant);
    for (const caller of [merchant.taro, merchant.yuki, await anOperator(world, 'agent'), key]) {
      expect((await as(world, caller).post(`/api-keys/${id}/revocation`)).status).toBe(403);
      expect((await rotate(caller, id)).status).toBe(403);
    }
  });
});

describe('the last use of a key', () => {
  it('is noted at most once a minute, in the one statement that finds the key', async () => {
    const merchant = await aMerchant(world);
    const { id, key } = await givenKey(merchant);
    const lastUse = async (): Promise<string | null> => (await find(merchant.hanako, id)).lastUsedAt;
    expect(await lastUse()).toBeNull();
    await use(world, key);
    const first = await lastUse();
    expect(Date.now() - Date.parse(first ?? '')).toBeLessThan(10_000);
    world.statements.length = 0;
    await use(world, key);
    expect(world.statements.filter((each) => each.includes('find_api_key'))).toHaveLength(1);
    expect(await lastUse()).toBe(first);
    await sql`update api_keys set last_used_at = now() - interval '61 seconds' where id = ${id}`.execute(
      world.db,
    );
    await use(world, key);
    expect(Date.now() - Date.parse((await lastUse()) ?? '')).toBeLessThan(10_000);
  });
});

describe('the list of keys', () => {
  it('comes page by page, newest first, and tells the audit trail nothing but ids', async () => {
    const merchant = await aMerchant(world);
    const ids: string[] = [];
    for (const _ of [1, 2, 3]) ids.unshift((await givenKey(merchant)).id);
    const first = await as(world, merchant.hanako).get('/api-keys?limit=2');
    expect(first.body.data.map(({ id }: { id: string }) => id)).toEqual(ids.slice(0, 2));
    const second = await as(world, merchant.hanako).get(`/api-keys?limit=2&cursor=${first.body.nextCursor}`);
    expect(second.body).toMatchObject({ data: [{ id: ids[2] }], nextCursor: null });
    const entries = await world.db
      .selectFrom('audit_entries')
      .select(['action', 'subjects', 'details'])
      .where('actor_id', '=', merchant.hanako.id)
      .execute();
    expect(entries.map(({ action, subjects, details }) => [action, subjects, details])).toEqual(
      ids.toReversed().map((id) => ['key.create', [id], {}]),
    );
  });
});
