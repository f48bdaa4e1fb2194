import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { aMerchant, aMerchantKey, anOperator, as, startWorld, type World } from '#tests/support/world.ts';
import { createUser } from './create-user.ts';

/** Two nodes at one database. */
const world = startWorld();
const otherNode = startWorld();
const password = 'five small green boats';
const chosen = 'nine tall silver ladders';

type Person = { userId: string; id: string; membershipId: string; cookie: string; csrf: string };

async function aUser(mid: string | null, roles: 'viewer'[] | 'auditor'[] = ['viewer']): Promise<Person> {
  const userId = randomUUID();
  const person = { loginId: userId, name: '中村 四季', email: `${userId}@example.jp`, password };
  const id = await world.bySystem.inTransaction((tx) =>
    createUser(
      tx,
      mid === null ? { ...person, mid, roles: ['auditor'] } : { ...person, mid, roles: roles as ['viewer'] },
    ),
  );
  const { rows } = await sql<{ id: string }>`select id from memberships where user_id = ${id}`.execute(
    world.db,
  );
  return { userId, id, membershipId: rows[0]?.id ?? '', ...(await logIn(userId)) };
}

async function logIn(
  userId: string,
  typed = password,
): Promise<{ cookie: string; csrf: string; status: number }> {
  const userAgent = 'Mozilla/5.0 (Windows NT 10.0) Chrome/142.0.0.0 Safari/537.36';
  const { status, headers, body } = await as(world).post(
    '/session',
    { userId, password: typed },
    { 'user-agent': userAgent },
  );
  return { status, cookie: headers.get('set-cookie')?.split(';')[0] ?? '', csrf: body.csrfToken };
}

const headersOf = ({ cookie, csrf }: { cookie: string; csrf: string }) => ({ cookie, 'x-csrf-token': csrf });

const sees = async (cookie: string, node: World = otherNode): Promise<number> =>
  (await as(node).get('/cases', { cookie })).status;

const changePassword = (person: { cookie: string; csrf: string }, json: object) =>
  as(world).put('/account/password', json, headersOf(person));

describe('changing one’s password', () => {
  it('ends every other session on every node, and renews one’s own', async () => {
    const { mid } = await aMerchant(world);
    const person = await aUser(mid);
    const elsewhere = await logIn(person.userId);
    const reply = await changePassword(person, { currentPassword: password, password: chosen });

    expect(reply.status).toBe(200);
    const renewed = reply.headers.get('set-cookie')?.split(';')[0] ?? '';
    expect([await sees(person.cookie), await sees(elsewhere.cookie), await sees(renewed)]).toEqual([
      401, 401, 200,
    ]);
    const again = { cookie: renewed, csrf: reply.body.csrfToken };
    expect(
      (await as(otherNode).send('DELETE', '/account/sessions', { headers: headersOf(again) })).status,
    ).toBe(204);
    expect((await logIn(person.userId)).status).toBe(401);
    expect((await logIn(person.userId, chosen)).status).toBe(200);
  });

  it('is refused with a wrong current one, and takes five guesses at most, however many come at once', async () => {
    const { mid } = await aMerchant(world);
    const person = await aUser(mid);
    const replies = await Promise.all(
      Array.from({ length: 12 }, (_, guess) =>
        changePassword(person, { currentPassword: `guess ${guess}`, password: chosen }),
      ),
    );
    const wrong = replies.filter(({ body }) => body.errors?.[0].code === 'wrong_password');
    expect(wrong[0]?.body.errors[0].pointer).toBe('/currentPassword');
    expect(wrong).toHaveLength(5);
    expect(replies.filter(({ status }) => status === 429)).toHaveLength(7);
    expect((await changePassword(person, { currentPassword: password, password: chosen })).status).toBe(429);
    expect(await sees(person.cookie)).toBe(200);
  });

  it('takes no weak one, and none of the last four', async () => {
    const { mid } = await aMerchant(world);
    const person = await aUser(mid);
    const codes = [];
    for (const each of [`${person.userId}!`, 'password password', password, 'momsanaladventure']) {
      codes.push(
        (await changePassword(person, { currentPassword: password, password: each })).body.errors[0].code,
      );
    }
    expect(codes).toEqual([
      'password_known_words',
      'password_known_words',
      'password_used_before',
      'password_common',
    ]);
    expect(await sees(person.cookie)).toBe(200);
  });

  it('takes it exactly as it was typed: case, blanks and the form of its letters count', async () => {
    const { mid } = await aMerchant(world);
    const person = await aUser(mid);
    const odd = ' Ünüsual Pässwörter ガギグ ';
    expect((await changePassword(person, { currentPassword: password, password: odd })).status).toBe(200);
    for (const other of [odd.trim(), odd.toLowerCase(), odd.normalize('NFD'), odd.slice(0, -2)]) {
      expect((await logIn(person.userId, other)).status).toBe(401);
    }
    expect((await logIn(person.userId, odd)).status).toBe(200);
  });

  it('is nothing for a key', async () => {
    const { mid } = await aMerchant(world);
    const key = await aMerchantKey(world, mid);
    const reply = await as(world, key).put('/account/password', {
      currentPassword: password,
      password: chosen,
    });
    expect(reply.status).toBe(401);
  });
});

describe('one’s own sessions', () => {
  it('are shown by device, network and time, and never by what opens them', async () => {
    const { mid, hanako } = await aMerchant(world);
    const person = await aUser(mid);
    await logIn(person.userId);
    const { body } = await as(world).get('/account/sessions', { cookie: person.cookie });

    expect(body.data).toMatchObject([
      {
        isThis: true,
        device: 'Chrome (Windows)',
        network: expect.stringMatching(/^[\d.]+\.0\/24$/),
        merchantName: `加盟店${mid}`,
      },
      { isThis: false, device: 'Chrome (Windows)' },
    ]);
    const { rows } = await sql<{ hash: string }>`
      select encode(token_hash, 'hex') as hash from sessions where user_id = ${person.id}`.execute(world.db);
    for (const { hash } of rows) expect(JSON.stringify(body)).not.toContain(hash);
    expect((await as(world, hanako).get('/account/sessions')).body.data).toHaveLength(1);
  });

  it('end one by one or all but this one, on every node; another person’s are not found', async () => {
    const { mid, hanako } = await aMerchant(world);
    const person = await aUser(mid);
    const others = [await logIn(person.userId), await logIn(person.userId), await logIn(person.userId)];
    const listed = (await as(world).get('/account/sessions', { cookie: person.cookie })).body.data;
    const end = (path: string, headers: Record<string, string>) =>
      as(world).send('DELETE', path, { headers });

    expect((await as(world, hanako).send('DELETE', `/account/sessions/${listed[1].id}`)).status).toBe(404);
    expect((await end(`/account/sessions/${listed[1].id}`, headersOf(person))).status).toBe(204);
    expect((await end(`/account/sessions/${listed[1].id}`, headersOf(person))).status).toBe(404);
    const seen = await Promise.all(others.map(({ cookie }) => sees(cookie)));
    expect(seen.sort()).toEqual([200, 200, 401]);
    expect((await end('/account/sessions', headersOf(person))).status).toBe(204);
    expect(await Promise.all(others.map(({ cookie }) => sees(cookie)))).toEqual([401, 401, 401]);
    expect(await sees(person.cookie)).toBe(200);
  });
});

describe('what an admin takes away is gone with the next request on every node', () => {
  const taken: [string, (id: string) => [method: string, path: string, json?: object]][] = [
    ['being disabled', (id) => ['PUT', `/users/${id}/suspension`]],
    ['its sessions', (id) => ['DELETE', `/users/${id}/sessions`]],
    ['a role', (id) => ['PUT', `/users/${id}`, { name: 'x', roles: ['responder'], sids: null }]],
    ['a service', (id) => ['PUT', `/users/${id}`, { name: 'x', roles: ['viewer'], sids: ['002'] }]],
  ];
  it.each(taken)('%s', async (_, call) => {
    const { mid, hanako } = await aMerchant(world);
    const { membershipId, cookie } = await aUser(mid);
    expect([await sees(cookie, world), await sees(cookie)]).toEqual([200, 200]);
    const [method, path, json = {}] = call(membershipId);
    const reply = await as(world, hanako).send(method, path, { json, headers: { 'if-match': '"1"' } });
    expect(reply.status).toBeLessThan(300);
    expect([await sees(cookie, world), await sees(cookie)]).toEqual([401, 401]);
  });

  it('a role, also in a session that was left alone', async () => {
    const { mid, hanako } = await aMerchant(world);
    const id = (await as(world, hanako).get('/users?q=花子')).body.data[0].id;
    await sql`update memberships set roles = '{viewer}' where id = ${id} and mid = ${mid}`.execute(world.db);
    expect((await as(otherNode, hanako).get('/users')).status).toBe(403);
    expect((await as(world, hanako).get('/users')).status).toBe(403);
  });

  it('and not what they are elsewhere', async () => {
    const [one, other] = [await aMerchant(world), await aMerchant(world)];
    const person = await aUser(one.mid);
    const membership = { id: randomUUID(), user_id: person.id, mid: other.mid, roles: ['viewer'] };
    await world.db.insertInto('memberships').values(membership).execute();
    expect((await as(world, other.hanako).put(`/users/${membership.id}/suspension`, {})).status).toBe(200);
    expect(await sees(person.cookie)).toBe(200);
    expect((await as(world, other.hanako).put(`/users/${person.membershipId}/suspension`, {})).status).toBe(
      404,
    );
  });

  it('from an operator by an admin of the operators', async () => {
    const sato = await anOperator(world);
    const auditor = await aUser(null);
    expect((await as(world, sato).put(`/users/${auditor.membershipId}/suspension`, {})).status).toBe(200);
    expect(await sees(auditor.cookie)).toBe(401);
    expect((await as(world, sato).send('DELETE', `/users/${auditor.membershipId}/suspension`)).status).toBe(
      200,
    );
    expect((await logIn(auditor.userId)).status).toBe(200);
  });
});

describe('somebody who is locked out after wrong guesses', () => {
  it('is shown so to their admin, who lets them in again; another merchant sees and does nothing', async () => {
    const [one, other] = [await aMerchant(world), await aMerchant(world)];
    const { userId, membershipId } = await aUser(one.mid);
    for (let guess = 0; guess < 5; guess += 1) await logIn(userId, 'wrong');
    const stateOf = async (): Promise<string> =>
      (await as(otherNode, one.hanako).get(`/users/${membershipId}`)).body.state;

    expect([await stateOf(), (await logIn(userId)).status]).toEqual(['locked', 429]);
    const path = `/users/${membershipId}/lock`;
    expect((await as(world, other.hanako).send('DELETE', path)).status).toBe(404);
    expect((await as(world, one.yuki).send('DELETE', path)).status).toBe(403);
    expect(await stateOf()).toBe('locked');
    expect((await as(world, one.hanako).send('DELETE', path)).status).toBe(204);
    expect([await stateOf(), (await logIn(userId)).status]).toEqual(['active', 200]);
  });

  it('is mailed about it once', async () => {
    const { mid } = await aMerchant(world);
    const { userId, id } = await aUser(mid);
    for (let guess = 0; guess < 8; guess += 1) await logIn(userId, 'wrong');
    const { rows } = await sql<{ data: object }>`
      select data from pgboss.job where name = 'tell-person' and data ->> 'userId' = ${id}`.execute(world.db);
    expect(rows).toMatchObject([{ data: { kind: 'account_locked', minutes: 30 } }]);
  });
});

describe('second factors', () => {
  it('are taken away by the admin, which ends the sessions and tells the person, and not for who works elsewhere too', async () => {
    const [one, other] = [await aMerchant(world), await aMerchant(world)];
    const { id, membershipId, cookie } = await aUser(one.mid);
    const path = `/users/${membershipId}/second-factors`;
    const membership = { id: randomUUID(), user_id: id, mid: other.mid, roles: ['viewer'] };
    await world.db.insertInto('memberships').values(membership).execute();
    expect((await as(world, one.hanako).send('DELETE', path)).body.code).toBe('factors_shared');
    await world.db.deleteFrom('memberships').where('id', '=', membership.id).execute();
    expect((await as(world, other.hanako).send('DELETE', path)).status).toBe(404);
    expect((await as(world, one.hanako).send('DELETE', path)).status).toBe(204);
    expect(await sees(cookie)).toBe(401);
    const { rows } = await sql`
      select from pgboss.job where name = 'tell-person' and data ->> 'userId' = ${id}`.execute(world.db);
    expect(rows).toHaveLength(1);
  });
});

describe('asking for a new password', () => {
  it('is answered alike, after the same statements, whether there is such a user or not', async () => {
    const { mid } = await aMerchant(world);
    const { userId } = await aUser(mid);
    const asked = [];
    for (const typed of [
      userId,
      `${userId}@example.jp`,
      `${userId}@EXAMPLE.jp`,
      randomUUID(),
      `${randomUUID()}@example.jp`,
    ]) {
      await world.db.deleteFrom('attempt_counts').execute();
      const before = world.statements.length;
      const { status, body } = await as(world).post('/password-resets', { userId: typed });
      asked.push(JSON.stringify({ status, body, statements: world.statements.slice(before) }));
    }
    expect(new Set(asked).size).toBe(1);
    expect(asked[0]).toContain('"status":204,"body":""');
  });
});
