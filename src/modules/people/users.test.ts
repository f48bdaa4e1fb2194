import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import {
  aMerchant,
  aMerchantKey,
  anInstitution,
  anOperator,
  as,
  type Caller,
  type Merchant,
  startWorld,
} from '#tests/support/world.ts';

const world = startWorld();

const anAddress = (): string => `${randomUUID().slice(0, 8)}@example.jp`;
const invitation = (change: object = {}) => ({
  name: '中村 四季',
  email: anAddress(),
  roles: ['viewer'],
  sids: null,
  ...change,
});

const invite = (admin: Caller, change: object = {}) => as(world, admin).post('/users', invitation(change));

/** The id of somebody's membership of a merchant, or of the operators. */
async function memberId({ id }: Caller, mid: string | null): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    select id from memberships where user_id = ${id} and mid is not distinct from ${mid}`.execute(world.db);
  return rows[0]?.id ?? '';
}

async function change(admin: Caller, id: string, values: object) {
  const before = await as(world, admin).get(`/users/${id}`);
  const { name, roles, sids, version } = before.body;
  return as(world, admin).put(
    `/users/${id}`,
    { name, roles, sids, ...values },
    { 'if-match': `"${version}"` },
  );
}

const suspend = (admin: Caller, id: string) => as(world, admin).put(`/users/${id}/suspension`, {});
const remove = (admin: Caller, path: string) => as(world, admin).send('DELETE', path);

describe('inviting', () => {
  it('adds somebody who is 招待中, and neither a user nor a membership', async () => {
    const { mid, hanako } = await aMerchant(world);
    const email = anAddress();
    const reply = await invite(hanako, { email, roles: ['viewer', 'responder'], sids: ['002'] });

    expect(reply).toMatchObject({
      status: 201,
      body: {
        ...{ mid, merchantName: `加盟店${mid}`, userId: null, name: '中村 四季', email, state: 'invited' },
        ...{ roles: ['viewer', 'responder'], sids: ['002'], isOneself: false },
      },
    });
    const hours = (Date.parse(reply.body.invitedUntil) - Date.now()) / 3_600_000;
    expect(Math.round(hours)).toBe(24);
    expect(await world.db.selectFrom('users').where('email', '=', email).selectAll().execute()).toEqual([]);
  });

  it('says the same of an address that another merchant knows as of one that nobody knows', async () => {
    const [one, other] = [await aMerchant(world), await aMerchant(world)];
    const known = anAddress();
    await world.db.updateTable('users').set({ email: known }).where('id', '=', other.hanako.id).execute();
    const unknown = anAddress();
    const replies = [];
    const statements = [];
    for (const email of [unknown, known]) {
      const before = world.statements.length;
      replies.push(await invite(one.hanako, { email }));
      statements.push(world.statements.slice(before));
    }

    const constant = { id: '', email: '', invitedUntil: '' };
    expect(replies.map(({ status }) => status)).toEqual([201, 201]);
    expect({ ...replies[1]?.body, ...constant }).toEqual({ ...replies[0]?.body, ...constant });
    expect(statements[1]).toEqual(statements[0]);
  });

  it('refuses an address that the merchant has already, as a user or invited, and at the same time', async () => {
    const { hanako, taro } = await aMerchant(world);
    const email = anAddress();
    await world.db.updateTable('users').set({ email }).where('id', '=', taro.id).execute();
    expect((await invite(hanako, { email: email.toUpperCase() })).body.code).toBe('user_exists');

    const twice = anAddress();
    const replies = await Promise.all([invite(hanako, { email: twice }), invite(hanako, { email: twice })]);
    expect(replies.map(({ status }) => status).sort()).toEqual([201, 409]);
  });

  it.each([
    [{ email: 'a@b.example.jp, evil@example.com' }, '/email', 'not_an_email'],
    [{ name: '改\n行' }, '/name', 'not_readable'],
    [{ name: ' ' }, '/name', 'missing'],
    [{ roles: ['agent'] }, '/roles/0', 'not_a_choice'],
    [{ roles: ['nonsense'] }, '/roles/0', 'wrong_form'],
    [{ roles: [] }, '/roles', 'wrong_form'],
    [{ sids: ['999'] }, '/sids/0', 'unknown_service'],
    [{ sids: [] }, '/sids', 'wrong_form'],
    [{ mid: null }, '/mid', 'unknown_merchant'],
  ])('refuses %j', async (values, pointer, code) => {
    const { hanako } = await aMerchant(world);
    expect(await invite(hanako, values)).toMatchObject({
      status: 400,
      body: { errors: [expect.objectContaining({ pointer, code })] },
    });
  });

  it('knows no other merchant, and lets an operator name any, or the operators', async () => {
    const [one, other] = [await aMerchant(world), await aMerchant(world)];
    const sato = await anOperator(world);
    expect((await invite(one.hanako, { mid: other.mid })).body.errors[0].code).toBe('unknown_merchant');
    expect((await invite(one.hanako, { mid: one.mid })).status).toBe(201);
    expect((await invite(sato, { mid: other.mid })).body.mid).toBe(other.mid);
    expect((await invite(sato, { mid: null, roles: ['auditor'] })).body).toMatchObject({ mid: null });
    expect((await invite(sato, { mid: null, roles: ['responder'] })).body.errors[0].code).toBe(
      'not_a_choice',
    );
    expect((await invite(sato, { mid: null, roles: ['agent'], sids: ['001'] })).status).toBe(400);
    expect((await invite(sato)).body.errors[0].code).toBe('unknown_merchant');
  });
});

describe('the list of users', () => {
  it('shows a merchant its own, by name, page by page, and narrows them', async () => {
    const { hanako, yuki, taro } = await aMerchant(world);
    await invite(hanako, { name: '渡辺 五月' });
    const names = async (query: string): Promise<string[]> =>
      (await as(world, hanako).get(`/users${query}`)).body.data.map(({ name }: { name: string }) => name);

    expect(await names('')).toEqual(['山田 花子', '渡辺 五月', '鈴木 太郎', '高橋 雪']);
    expect(await names('?role=responder')).toEqual(['山田 花子', '鈴木 太郎']);
    expect(await names('?state=invited')).toEqual(['渡辺 五月']);
    expect(await names('?q=%E9%9B%AA')).toEqual([yuki.name]);
    expect(await names(`?q=${taro.id.slice(0, 12)}`)).toEqual([taro.name]);
    expect(await names('?q=%25')).toEqual([]);
    const first = (await as(world, hanako).get('/users?limit=3')).body;
    const second = (await as(world, hanako).get(`/users?limit=3&cursor=${first.nextCursor}`)).body;
    expect([first.data.length, second.data.length, second.nextCursor]).toEqual([3, 1, null]);
    expect((await as(world, hanako).get('/users?cursor=nonsense')).status).toBe(400);
  });

  it('is one statement, and shows an operator everybody, a merchant’s and the operators’ apart', async () => {
    const { mid, hanako } = await aMerchant(world);
    const sato = await anOperator(world);
    const before = world.statements.length;
    const { body } = await as(world, sato).get(`/users?mid=${mid}`);
    expect(world.statements.length - before).toBe(2); // Who asks, and the list.
    expect(body.data).toHaveLength(3);
    expect((await as(world, hanako).get('/users?mid=operators')).body.data).toEqual([]);
    const operators = (await as(world, sato).get(`/users?mid=operators&q=${sato.id}`)).body.data;
    expect(operators).toMatchObject([{ mid: null, roles: ['admin'], isOneself: true }]);
  });
});

describe('who may', () => {
  const calls = async (caller: Caller | undefined, id: string): Promise<number[]> => {
    const replies = [
      await as(world, caller).get('/users'),
      await as(world, caller).post('/users', invitation()),
      await as(world, caller).get(`/users/${id}`),
      await as(world, caller).put(
        `/users/${id}`,
        { name: 'x', roles: ['viewer'], sids: null },
        { 'if-match': '"1"' },
      ),
      await as(world, caller).post(`/users/${id}/invitation`),
      await remove(caller as Caller, `/users/${id}/invitation`),
      await as(world, caller).put(`/users/${id}/suspension`, {}),
      await remove(caller as Caller, `/users/${id}/suspension`),
      await remove(caller as Caller, `/users/${id}/sessions`),
    ];
    return replies.map(({ status }) => status);
  };

  it('manage users is an admin, and nobody else', async () => {
    const { mid, taro, yuki } = await aMerchant(world);
    const id = await memberId(yuki, mid);
    const others = [
      ...[taro, yuki, await anOperator(world, 'agent'), await anOperator(world, 'auditor')],
      ...[await anInstitution(world), await aMerchantKey(world, mid)],
    ];
    for (const caller of others) expect(await calls(caller, id)).toEqual(Array(9).fill(403));
    expect(await calls(undefined, id)).toEqual(Array(9).fill(401));
  });

  it('see nothing of another merchant’s users, or of none: it looks the same', async () => {
    const [one, other] = [await aMerchant(world), await aMerchant(world)];
    const foreign = [
      await memberId(other.yuki, other.mid),
      (await invite(other.hanako)).body.id,
      randomUUID(),
    ];
    for (const id of foreign) {
      const statuses = await calls(one.hanako, id);
      expect(statuses.slice(2)).toEqual(Array(7).fill(404));
    }
    const operator = await memberId(await anOperator(world), null);
    expect((await calls(one.hanako, operator)).slice(2)).toEqual(Array(7).fill(404));
  });

  it('are limited to some services manage those limited to the same, and give nothing they lack', async () => {
    const { mid, hanako, taro, yuki } = await aMerchant(world);
    await world.db
      .updateTable('memberships')
      .set({ sids: ['002'] })
      .where('user_id', '=', hanako.id)
      .execute();
    const names = (await as(world, hanako).get('/users')).body.data.map(({ name }: { name: string }) => name);
    expect(names).toEqual([hanako.name, taro.name]);
    expect((await as(world, hanako).get(`/users/${await memberId(yuki, mid)}`)).status).toBe(404);
    const own = await memberId(taro, mid);
    expect((await change(hanako, own, { sids: null })).body.errors[0].code).toBe('more_than_own_services');
    expect((await invite(hanako, { sids: ['001'] })).body.errors[0].code).toBe('more_than_own_services');
    expect((await invite(hanako, { sids: ['002'] })).status).toBe(201);
  });

  it('change users have to prove it first', async () => {
    const { mid, hanako, yuki } = await aMerchant(world);
    await world.db
      .updateTable('sessions')
      .set({ proved_at: new Date(Date.now() - 3_600_000) })
      .where('user_id', '=', hanako.id)
      .execute();
    const id = await memberId(yuki, mid);
    const statuses = await calls(hanako, id);
    expect(statuses).toEqual([200, 403, 200, 403, 403, 403, 403, 403, 403]);
    expect((await suspend(hanako, id)).body.code).toBe('proof_required');
  });
});

describe('a change of a user', () => {
  it('is kept with its version, and not made over somebody else’s', async () => {
    const { mid, hanako, yuki } = await aMerchant(world);
    const id = await memberId(yuki, mid);
    const values = { name: '高橋 由紀', roles: ['responder'], sids: ['001'] };
    const put = (headers: Record<string, string>) => as(world, hanako).put(`/users/${id}`, values, headers);

    expect((await put({})).body.code).toBe('version_required');
    expect((await put({ 'if-match': '"7"' })).body.code).toBe('changed_meanwhile');
    const both = await Promise.all([put({ 'if-match': '"1"' }), put({ 'if-match': '"1"' })]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 412]);
    const reply = await as(world, hanako).get(`/users/${id}`);
    expect(reply.headers.get('etag')).toBe('"2"');
    expect(reply.body).toMatchObject(values);
  });

  it('leaves the name that a person has elsewhere', async () => {
    const { mid, hanako, yuki } = await aMerchant(world);
    await change(hanako, await memberId(yuki, mid), { name: 'だれか' });
    const { name } = (await as(world, yuki).get('/session')).body.user;
    expect(name).toBe('高橋 雪');
  });
});

describe('admins', () => {
  const promoted = async ({ mid, hanako, yuki }: Merchant): Promise<[string, string]> => {
    const [first, second] = [await memberId(hanako, mid), await memberId(yuki, mid)];
    await world.db
      .updateTable('memberships')
      .set({ roles: ['admin'] })
      .where('id', 'in', [first, second])
      .execute();
    return [first, second];
  };

  it('neither disable themselves nor give up their own role', async () => {
    const merchant = await aMerchant(world);
    const { hanako } = merchant;
    const [own] = await promoted(merchant);
    expect((await suspend(hanako, own)).body.code).toBe('not_oneself');
    expect((await change(hanako, own, { roles: ['viewer'] })).body.code).toBe('not_oneself');
  });

  it('who change their own roles go on in a session with another id', async () => {
    const { mid, hanako } = await aMerchant(world);
    const changed = await change(hanako, await memberId(hanako, mid), { roles: ['admin'] });
    expect(changed.status).toBe(200);
    const cookie = changed.headers.get('set-cookie')?.split(';')[0] ?? '';
    expect((await as(world, hanako).get('/users')).status).toBe(401);
    expect((await as(world).get('/users', { cookie })).status).toBe(200);
  });

  it('who are the last cannot be taken away, not even by an operator', async () => {
    const { mid, hanako } = await aMerchant(world);
    const sato = await anOperator(world);
    const id = await memberId(hanako, mid);
    expect((await suspend(sato, id)).body.code).toBe('last_admin');
    expect((await change(sato, id, { roles: ['responder'] })).body.code).toBe('last_admin');
    // One who was only invited is none yet.
    await invite(hanako, { roles: ['admin'] });
    expect((await suspend(sato, id)).body.code).toBe('last_admin');
  });

  it('who take the role from each other at the same time: one of them keeps it', async () => {
    for (const take of [suspend, (admin: Caller, id: string) => change(admin, id, { roles: ['viewer'] })]) {
      const merchant = await aMerchant(world);
      const [first, second] = await promoted(merchant);
      const replies = await heldTogether(merchant.mid, [
        () => take(merchant.hanako, second),
        () => take(merchant.yuki, first),
      ]);
      expect(replies.map(({ status }) => status).sort()).toEqual([200, 409]);
      expect(replies.find(({ status }) => status === 409)?.body.code).toBe('last_admin');
    }
  });
});

/** Holds the lock that changes of a merchant's users wait for until all calls wait. */
async function heldTogether<Result>(mid: string, calls: (() => Promise<Result>)[]): Promise<Result[]> {
  const { promise: isReleased, resolve: release } = Promise.withResolvers<void>();
  const { promise: isHeld, resolve: held } = Promise.withResolvers<void>();
  const holding = world.db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`users of ${mid}`}, 0))`.execute(tx);
    held();
    await isReleased;
  });
  await isHeld;
  const running = calls.map((call) => call());
  for (let tries = 0; ; tries += 1) {
    const { rows } = await sql<{ waiting: number }>`
      select count(*)::int as waiting from pg_locks where locktype = 'advisory' and not granted`.execute(
      world.db,
    );
    if ((rows[0]?.waiting ?? 0) >= calls.length) break;
    if (tries > 200) throw new Error('the calls did not come to wait for each other');
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  release();
  await holding;
  return Promise.all(running);
}

describe('an invitation', () => {
  it('is sent again while it waits, taken back, and is nothing of a user’s', async () => {
    const { mid, hanako, yuki } = await aMerchant(world);
    const { id } = (await invite(hanako)).body;
    expect((await as(world, hanako).post(`/users/${id}/invitation`)).status).toBe(201);
    expect((await suspend(hanako, id)).status).toBe(404);
    expect((await remove(hanako, `/users/${id}/invitation`)).status).toBe(204);
    expect((await as(world, hanako).get(`/users/${id}`)).status).toBe(404);
    const user = await memberId(yuki, mid);
    expect((await as(world, hanako).post(`/users/${user}/invitation`)).body.code).toBe('invitation_accepted');
    expect((await remove(hanako, `/users/${user}/invitation`)).body.code).toBe('invitation_accepted');
  });
});
