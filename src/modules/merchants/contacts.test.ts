import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { categoryCodes } from '#src/domain/categories.ts';
import {
  aLimitedAdmin,
  aMerchant,
  aMerchantKey,
  anInstitution,
  anOperator,
  as,
  type Caller,
  startWorld,
} from '#tests/support/world.ts';
import { contactsFor } from './contacts-for.ts';

const world = startWorld();

const category = 'inquiry_cancellation';
const aContact = (rest: object = {}) => ({
  sid: '001',
  category,
  name: '受付窓口',
  email: 'desk@example.jp',
  ...rest,
});

const add = (caller: Caller, mid: string, rest: object = {}, headers?: Record<string, string>) =>
  as(world, caller).post(`/merchants/${mid}/contacts`, aContact(rest), headers);
const change = (caller: Caller, id: string, version: number, rest: object = {}) =>
  as(world, caller).put(`/contacts/${id}`, aContact(rest), { 'if-match': `"${version}"` });
const remove = (caller: Caller, id: string, version: number) =>
  as(world, caller).send('DELETE', `/contacts/${id}`, { headers: { 'if-match': `"${version}"` } });
const list = async (caller: Caller, mid: string) =>
  (await as(world, caller).get(`/merchants/${mid}/contacts`)).body;
const told = (mid: string, sid: string) =>
  world.bySystem.inTransaction(async (tx) =>
    (await contactsFor(tx, { mid, sid, category })).map(({ email }) => email),
  );

describe('contacts', () => {
  it('are added, changed and removed, and are told from then on', async () => {
    const { mid, hanako } = await aMerchant(world);
    const added = await add(hanako, mid);
    expect(added).toMatchObject({
      status: 201,
      body: { ...aContact(), version: 1, locale: 'ja', hasLogin: false },
    });
    expect(added.headers.get('etag')).toBe('"1"');
    expect([await told(mid, '001'), await told(mid, '002')]).toEqual([['desk@example.jp'], []]);
    const { id } = added.body;
    const changed = await change(hanako, id, 1, { sid: null, email: 'all@example.jp', locale: 'en' });
    expect(changed).toMatchObject({ status: 200, body: { sid: null, version: 2, locale: 'en' } });
    expect([await told(mid, '001'), await told(mid, '002')]).toEqual([
      ['all@example.jp'],
      ['all@example.jp'],
    ]);
    expect((await remove(hanako, id, 2)).status).toBe(204);
    expect(await told(mid, '001')).toEqual([]);
    const entries = await world.db
      .selectFrom('audit_entries')
      .select(['action', 'subjects', 'details'])
      .where('actor_id', '=', hanako.id)
      .orderBy('sequence')
      .execute();
    expect(entries).toEqual([
      { action: 'contact.add', subjects: [id], details: { mid } },
      { action: 'contact.change', subjects: [id], details: { mid, version: 2 } },
      { action: 'contact.remove', subjects: [id], details: { mid } },
    ]);
  });

  it('are listed with the services of which nobody would be told, and whether somebody logs in with the address', async () => {
    const { mid, hanako, yuki } = await aMerchant(world);
    const other = await aMerchant(world);
    await sql`update users set email = ${`Hanako-${mid}@example.jp`} where id = ${hanako.id}`.execute(
      world.db,
    );
    await sql`update users set email = ${`other-${mid}@example.jp`} where id = ${other.hanako.id}`.execute(
      world.db,
    );
    expect(await list(hanako, mid)).toEqual({
      data: [],
      isLimited: false,
      services: [
        { sid: '001', name: 'サービス001', withoutContact: [...categoryCodes] },
        { sid: '002', name: 'サービス002', withoutContact: [...categoryCodes] },
      ],
    });
    await add(hanako, mid, { email: `hanako-${mid}@example.jp` });
    await add(hanako, mid, { email: `other-${mid}@example.jp` });
    const { data, services } = await list(hanako, mid);
    expect(
      data.map(({ email, hasLogin }: { email: string; hasLogin: boolean }) => [email, hasLogin]),
    ).toEqual([
      [`hanako-${mid}@example.jp`, true],
      // Somebody of another merchant does log in with it, which is nobody's business here.
      [`other-${mid}@example.jp`, false],
    ]);
    const lacks = services.map(({ withoutContact }: { withoutContact: string[] }) =>
      withoutContact.includes(category),
    );
    expect(lacks).toEqual([false, true]);
    await add(hanako, mid, { sid: null });
    expect((await list(hanako, mid)).services[1].withoutContact).not.toContain(category);
    // Nor is it an operator's, whom the database shows everybody.
    const sato = await anOperator(world);
    const seen = (await list(sato, mid)).data.map(({ hasLogin }: { hasLogin: boolean }) => hasLogin);
    expect(seen).toEqual([false, true, false]);
    await sql`update memberships set disabled_at = now() where user_id = ${hanako.id}`.execute(world.db);
    expect((await list(sato, mid)).data[1].hasLogin).toBe(false);
    expect(yuki.id).toBeTruthy();
  });

  it('are there once: a second one of the same service and address is refused, however it is written', async () => {
    const { mid, hanako } = await aMerchant(world);
    const replies = await Promise.all(
      ['desk@example.jp', 'Desk@Example.JP', ' desk@example.jp '].map((email) => add(hanako, mid, { email })),
    );
    expect(replies.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    const other = await add(hanako, mid, { email: 'other@example.jp' });
    expect(await change(hanako, other.body.id, 1)).toMatchObject({
      status: 409,
      body: { code: 'contact_exists' },
    });
    expect((await add(hanako, mid, { sid: '002' })).status).toBe(201);
    const races = await Promise.all([
      change(hanako, other.body.id, 1, { email: 'third@example.jp' }),
      add(hanako, mid, { email: 'third@example.jp' }),
    ]);
    expect(races.map(({ status }) => status).filter((status) => status < 300)).toHaveLength(1);
    expect(races.map(({ status }) => status)).toContain(409);
  });

  it('keep what was saved first when two people change one', async () => {
    const { mid, hanako } = await aMerchant(world);
    const { id } = (await add(hanako, mid)).body;
    const replies = await Promise.all(['甲', '乙', '丙'].map((name) => change(hanako, id, 1, { name })));
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 412, 412]);
    const late = replies.find(({ status }) => status === 412);
    expect(late?.body).toMatchObject({ code: 'contact_changed', facts: { version: 2 } });
    expect(await remove(hanako, id, 1)).toMatchObject({ status: 412 });
    const bare = await as(world, hanako).put(`/contacts/${id}`, aContact());
    expect(bare).toMatchObject({ status: 428, body: { code: 'version_required' } });
    expect((await as(world, hanako).send('DELETE', `/contacts/${id}`)).status).toBe(428);
    expect((await list(hanako, mid)).data).toHaveLength(1);
  });

  it('are added once when the call is repeated with its Idempotency-Key', async () => {
    const { mid, hanako } = await aMerchant(world);
    const headers = { 'idempotency-key': randomUUID() };
    const replies = [await add(hanako, mid, {}, headers), await add(hanako, mid, {}, headers)];
    expect(replies.map(({ status }) => status)).toEqual([201, 201]);
    expect(replies[0]?.body).toEqual(replies[1]?.body);
  });

  it.each([
    ['two addresses', { email: 'a@example.jp, b@example.jp' }, '/email', 'not_an_email'],
    ['a name beside the address', { email: '窓口 <a@example.jp>' }, '/email', 'not_an_email'],
    ['a line break', { email: 'a@example.jp\nbcc:b@example.jp' }, '/email', 'not_an_email'],
    ['no name', { name: '  ' }, '/name', 'missing'],
    ['a card number', { name: '4111111111111111' }, '/name', 'card_number'],
    ['a service that is not there', { sid: '999' }, '/sid', 'unknown_service'],
    ['a category that is not there', { category: 'other' }, '/category', 'wrong_form'],
    ['a field too many', { mid: '12345' }, '/mid', 'unknown_field'],
  ])('are refused with %s', async (_, rest, pointer, code) => {
    const { mid, hanako } = await aMerchant(world);
    expect(await add(hanako, mid, rest)).toMatchObject({
      status: 400,
      body: { code: 'invalid_request', errors: [{ pointer, code }] },
    });
    expect((await list(hanako, mid)).data).toEqual([]);
  });
});

describe('contacts of others', () => {
  it('do not exist for another merchant’s admin', async () => {
    const { mid, hanako } = await aMerchant(world);
    const { hanako: stranger, mid: own } = await aMerchant(world);
    const { id } = (await add(hanako, mid)).body;
    const replies = [
      await add(stranger, mid),
      await change(stranger, id, 1, { name: '別人' }),
      await remove(stranger, id, 1),
      await as(world, stranger).get(`/merchants/${mid}/contacts`),
      await as(world, stranger).get(`/merchants/00000/contacts`),
      await change(stranger, randomUUID(), 1),
    ];
    expect(replies.map(({ status, body }) => [status, body.code])).toEqual(
      replies.map(() => [404, 'not_found']),
    );
    expect((await list(hanako, mid)).data).toMatchObject([{ name: '受付窓口', version: 1 }]);
    expect((await list(stranger, own)).data).toEqual([]);
  });

  it('of other services are kept from who is limited to some; those of all services are seen and stay', async () => {
    const { mid, hanako } = await aMerchant(world);
    const minoru = await aLimitedAdmin(world, mid, ['002']);
    const first = (await add(hanako, mid)).body.id;
    const all = (await add(hanako, mid, { sid: null, email: 'all@example.jp' })).body.id;
    const own = (await add(minoru, mid, { sid: '002', email: 'own@example.jp' })).body.id;
    const seen = await list(minoru, mid);
    expect(seen.isLimited).toBe(true);
    expect(seen.data.map(({ id }: { id: string }) => id)).toEqual([all, own]);
    expect(seen.services.map(({ sid }: { sid: string }) => sid)).toEqual(['002']);
    for (const id of [first, all]) {
      expect((await change(minoru, id, 1, { sid: '002', email: 'new@example.jp' })).status).toBe(404);
      expect((await remove(minoru, id, 1)).status).toBe(404);
    }
    for (const sid of ['001', null]) {
      const code = 'unknown_service';
      expect(await add(minoru, mid, { sid })).toMatchObject({ status: 400, body: { errors: [{ code }] } });
      expect(await change(minoru, own, 1, { sid })).toMatchObject({
        status: 400,
        body: { errors: [{ code }] },
      });
    }
    expect((await remove(minoru, own, 1)).status).toBe(204);
  });

  it('are an operator admin’s to change, and nobody’s without the right or a fresh proof', async () => {
    const { mid, hanako, taro, yuki } = await aMerchant(world);
    const sato = await anOperator(world);
    const { id } = (await add(sato, mid)).body;
    expect((await change(sato, id, 1, { name: '新しい窓口' })).status).toBe(200);
    const others = [taro, yuki, await anOperator(world, 'agent'), await anOperator(world, 'auditor')];
    for (const caller of [...others, await aMerchantKey(world, mid), await anInstitution(world)]) {
      const replies = [await add(caller, mid), await change(caller, id, 2), await remove(caller, id, 2)];
      expect(replies.map(({ status }) => status)).toEqual([403, 403, 403]);
      expect((await as(world, caller).get(`/merchants/${mid}/contacts`)).status).toBe(403);
    }
    await sql`update sessions set proved_at = now() - interval '1 hour' where user_id = ${hanako.id}`.execute(
      world.db,
    );
    expect(await add(hanako, mid)).toMatchObject({ status: 403, body: { code: 'proof_required' } });
    expect((await as(world, hanako).get(`/merchants/${mid}/contacts`)).status).toBe(200);
  });
});

describe('the institutions', () => {
  it('are listed page by page for operators, and for nobody else', async () => {
    const { institutionId } = await anInstitution(world);
    const ito = await anOperator(world, 'auditor');
    const found: string[] = [];
    for (let cursor = ''; ; ) {
      const { body } = await as(world, ito).get(`/institutions?limit=2${cursor && `&cursor=${cursor}`}`);
      found.push(...body.data.map(({ id }: { id: string }) => id));
      if (body.nextCursor === null) break;
      cursor = encodeURIComponent(body.nextCursor);
    }
    expect(found).toContain(institutionId);
    expect(found).toEqual([...new Set(found)].sort());
    const { hanako } = await aMerchant(world);
    expect((await as(world, hanako).get('/institutions')).status).toBe(403);
  });
});
