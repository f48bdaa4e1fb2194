import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { newToken, tokenHash } from '#src/modules/people/tokens.ts';
import { untilSomebodyWaits } from '#tests/support/until-somebody-waits.ts';
import {
  aMerchant,
  aMerchantKey,
  anInstitution,
  anOperator,
  as,
  type Caller,
  startWorld,
} from '#tests/support/world.ts';

const world = startWorld();

const mine = { name: '自分の担当', query: { assignee: 'me', status: 'received,correcting', sort: '-due' } };
const listed = async (who: Caller): Promise<string[]> => {
  const { body } = await as(world, who).get('/saved-filters');
  return body.data.map(({ name }: { name: string }) => name);
};

describe('a saved filter', () => {
  it('is kept as the list’s query, renamed, given another query, and removed', async () => {
    const agent = as(world, await anOperator(world, 'agent'));
    const { status, body: saved } = await agent.post('/saved-filters', mine);
    expect([status, saved.query]).toEqual([201, mine.query]);

    const changed = await agent.put(`/saved-filters/${saved.id}`, {
      name: '期限超過',
      query: { due: 'overdue' },
    });

    expect(changed.body).toEqual({ id: saved.id, name: '期限超過', query: { due: 'overdue' } });
    expect((await agent.get('/saved-filters')).body.data).toEqual([changed.body]);
    expect((await agent.send('DELETE', `/saved-filters/${saved.id}`)).status).toBe(204);
    expect((await agent.send('DELETE', `/saved-filters/${saved.id}`)).status).toBe(404);
    const { body: trail } = await as(world, await anOperator(world)).get(
      `/audit-entries?subject=${saved.id}`,
    );
    expect(trail.data.map(({ action }: { action: string }) => action)).toEqual([
      // The second removal found nothing.
      ...['access.refuse', 'filter.remove', 'filter.change', 'filter.save'],
    ]);
    expect(JSON.stringify(trail)).not.toContain('自分の担当');
  });

  it('is one’s own: not a colleague’s, not an operator’s, and another for each merchant one works for', async () => {
    const [midori, akane] = [await aMerchant(world), await aMerchant(world)];
    const { body } = await as(world, midori.hanako).post('/saved-filters', mine);
    for (const other of [midori.taro, midori.yuki, akane.hanako, await anOperator(world)]) {
      expect(await listed(other)).toEqual([]);
      expect((await as(world, other).put(`/saved-filters/${body.id}`, mine)).status).toBe(404);
      expect((await as(world, other).send('DELETE', `/saved-filters/${body.id}`)).status).toBe(404);
    }
    const token = newToken();
    const membership = { id: randomUUID(), user_id: midori.hanako.id };
    await world.db
      .insertInto('memberships')
      .values({ ...membership, mid: akane.mid, roles: ['viewer'], sids: null })
      .execute();
    await world.db
      .insertInto('sessions')
      .values({
        ...{ token_hash: tokenHash(token), user_id: membership.user_id, membership_id: membership.id },
        expires_at: new Date(Date.now() + 3_600_000),
      })
      .execute();
    expect(await listed({ ...midori.hanako, token } as Caller)).toEqual([]);
    expect(await listed(midori.hanako)).toEqual(['自分の担当']);
  });

  it('has a name that none of one’s others has, also when two are saved at once', async () => {
    const { hanako, taro } = await aMerchant(world);
    const replies = await Promise.all(
      Array.from({ length: 4 }, () => as(world, hanako).post('/saved-filters', mine)),
    );
    expect(replies.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
    expect((await as(world, taro).post('/saved-filters', mine)).status).toBe(201);
    const other = await as(world, hanako).post('/saved-filters', { ...mine, name: 'ほか' });
    const renamed = await as(world, hanako).put(`/saved-filters/${other.body.id}`, mine);
    expect(renamed.body.code).toBe('filter_exists');
    expect(
      (await as(world, hanako).put(`/saved-filters/${other.body.id}`, { ...mine, name: 'ほか' })).status,
    ).toBe(200);
  });

  it('is one of thirty at most, also when several are saved at once', async () => {
    const { hanako } = await aMerchant(world);
    for (let n = 1; n <= 28; n += 1)
      await as(world, hanako).post('/saved-filters', { name: `${n}`, query: {} });
    const replies = await Promise.all(
      ['a', 'b', 'c', 'd'].map((name) => as(world, hanako).post('/saved-filters', { name, query: {} })),
    );
    expect(replies.map(({ status }) => status).sort()).toEqual([201, 201, 409, 409]);
    expect(replies.find(({ status }) => status === 409)?.body).toMatchObject({
      code: 'too_many_filters',
      detail: expect.stringContaining('30件'),
    });
  });

  it.each(['PUT', 'DELETE'] as const)('is gone for a %s that waited for its removal', async (method) => {
    const { hanako } = await aMerchant(world);
    const { body } = await as(world, hanako).post('/saved-filters', mine);
    let running: Promise<{ status: number }> | undefined;
    await world.db.transaction().execute(async (tx) => {
      await tx.deleteFrom('saved_filters').where('id', '=', body.id).execute();
      const path = `/saved-filters/${body.id}`;
      running = method === 'PUT' ? as(world, hanako).put(path, mine) : as(world, hanako).send('DELETE', path);
      await untilSomebodyWaits(world);
    });
    expect((await running)?.status).toBe(404);
  });

  it.each([
    ['without a name', { name: ' ', query: {} }],
    ['with a name that is too long', { name: 'あ'.repeat(61), query: {} }],
    ['with a card number for a name', { name: '4111111111111111', query: {} }],
    ['with what was searched for', { name: 'x', query: { q: 'C-1001' } }],
    ['with a page', { name: 'x', query: { cursor: 'abc' } }],
    ['with an unknown status', { name: 'x', query: { status: 'received,gone' } }],
    ['with an unknown type', { name: 'x', query: { notificationType: 'inquiry.none' } }],
    ['with no query', { name: 'x' }],
  ])('is refused %s', async (_, sent) => {
    const { hanako } = await aMerchant(world);
    expect((await as(world, hanako).post('/saved-filters', sent)).status).toBe(400);
    expect(await listed(hanako)).toEqual([]);
  });

  it('is nothing for keys and institutions', async () => {
    const { mid } = await aMerchant(world);
    const key = await aMerchantKey(world, mid);
    expect(await listed(key)).toEqual([]);
    expect((await as(world, key).post('/saved-filters', mine)).status).toBe(403);
    expect((await as(world, await anInstitution(world)).get('/saved-filters')).status).toBe(403);
  });
});
