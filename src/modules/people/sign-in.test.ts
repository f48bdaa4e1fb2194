import { createHash, randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { aMerchant, anAddress, as, startWorld, type World } from '#tests/support/world.ts';
import { createUser } from './create-user.ts';
import { tokenHash } from './tokens.ts';

const world = startWorld();
const password = 'correct horse battery staple';

async function aUser({ bySystem }: World, mid: string, loginId: string = randomUUID()): Promise<string> {
  await bySystem.inTransaction((tx) =>
    createUser(tx, { loginId, name: '山田 花子', password, mid, roles: ['responder'] }),
  );
  return loginId;
}

const signIn = (userId: string, typed = password, headers: Record<string, string> = {}) =>
  as(world).post('/session', { userId, password: typed }, { 'x-forwarded-for': anAddress(), ...headers });

const cookieOf = ({ headers }: { headers: Headers }): string =>
  headers
    .getSetCookie()
    .find((cookie) => cookie.startsWith('__Host-session='))
    ?.split(';')[0] ?? '';

describe('signing in', () => {
  it('starts a session whose cookie only we can read and whose token is not stored', async () => {
    const { mid } = await aMerchant(world);
    const reply = await signIn(await aUser(world, mid));

    expect(reply.status).toBe(200);
    expect(reply.body).toMatchObject({
      user: {
        name: '山田 花子',
        kind: 'merchant',
        rights: ['read_cases', 'read_personal_data', 'answer_cases'],
      },
    });
    expect(reply.headers.getSetCookie()[0]).toMatch(
      /^__Host-session=[\w-]{43}; Max-Age=43200; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    );
    const token = cookieOf(reply).split('=')[1] ?? '';
    const { rows } = await world.db.executeQuery<{ hit: number }>(
      world.db
        .selectFrom('sessions')
        .select((eb) => eb.fn.countAll().as('hit'))
        .where('token_hash', '=', Buffer.from(token))
        .compile(),
    );
    expect(Number(rows[0]?.hit)).toBe(0);
    expect((await as(world).get('/session', { cookie: cookieOf(reply) })).body.services).toHaveLength(2);
  });

  it('says the same of a wrong password and an unknown user', async () => {
    const { mid } = await aMerchant(world);
    const wrong = await signIn(await aUser(world, mid), 'wrong');
    const unknown = await signIn(randomUUID(), 'wrong');

    expect(wrong.status).toBe(401);
    expect({ ...wrong.body, requestId: '' }).toEqual({ ...unknown.body, requestId: '' });
    expect(wrong.body.detail).toBe('ユーザーIDまたはパスワードが正しくありません。');
  });

  it('locks a user id after five wrong passwords, however many come at once, and lets live sessions be', async () => {
    const { mid } = await aMerchant(world);
    const loginId = await aUser(world, mid);
    const live = cookieOf(await signIn(loginId));

    const guesses = await Promise.all(
      Array.from({ length: 20 }, (_, guess) => signIn(loginId, `guess ${guess}`)),
    );
    const right = await signIn(loginId);

    expect(guesses.filter(({ body }) => body.code === 'wrong_credentials').length).toBeLessThanOrEqual(5);
    expect(guesses.filter(({ status }) => status === 429).length).toBeGreaterThanOrEqual(15);
    expect(right).toMatchObject({
      status: 429,
      body: { code: 'too_many_attempts', facts: { minutes: expect.any(Number) } },
    });
    expect(right.headers.get('retry-after')).toBe('1800');
    expect((await as(world).get('/session', { cookie: live })).status).toBe(200);
  });

  it('forgets wrong passwords after a right one', async () => {
    const { mid } = await aMerchant(world);
    const loginId = await aUser(world, mid);
    for (let round = 0; round < 3; round += 1) {
      for (let guess = 0; guess < 4; guess += 1) await signIn(loginId, 'wrong');
      expect((await signIn(loginId)).status).toBe(200);
    }
  });

  it('opens again when the lock is over', async () => {
    const { mid } = await aMerchant(world);
    const loginId = await aUser(world, mid);
    for (let guess = 0; guess < 7; guess += 1) await signIn(loginId, 'wrong');
    await world.db
      .updateTable('guess_counts')
      .set({ locked_until: new Date(Date.now() - 1000) })
      .where('counted_for', '=', createHash('sha256').update(`user:${loginId}`).digest())
      .execute();

    expect((await signIn(loginId)).status).toBe(200);
  });

  it('takes no password from another site', async () => {
    const { mid } = await aMerchant(world);
    const reply = await signIn(await aUser(world, mid), password, { 'sec-fetch-site': 'cross-site' });
    expect(reply).toMatchObject({ status: 403, body: { code: 'cross_site' } });
  });
});

describe('a session', () => {
  it('ends with logging out, with lying idle, with its time and with its user', async () => {
    const { mid } = await aMerchant(world);
    const minutesAgo = (minutes: number): Date => new Date(Date.now() - minutes * 60_000);
    const sessionOf = (cookie: string) => tokenHash(cookie.split('=')[1] ?? '');
    const change = (cookie: string, values: { last_used_at?: Date; expires_at?: Date }) =>
      world.db.updateTable('sessions').set(values).where('token_hash', '=', sessionOf(cookie)).execute();
    const ends: ((cookie: string, csrf: string, loginId: string) => Promise<unknown>)[] = [
      (cookie, csrf) => as(world).send('DELETE', '/session', { headers: { cookie, 'x-csrf-token': csrf } }),
      (cookie) => change(cookie, { last_used_at: minutesAgo(16) }),
      (cookie) => change(cookie, { expires_at: minutesAgo(1) }),
      (_, __, loginId) =>
        world.db
          .updateTable('users')
          .set({ disabled_at: new Date() })
          .where('login_id', '=', loginId)
          .execute(),
    ];
    for (const end of ends) {
      const loginId = await aUser(world, mid);
      const reply = await signIn(loginId);
      const cookie = cookieOf(reply);
      expect((await as(world).get('/cases', { cookie })).status).toBe(200);
      await end(cookie, reply.body.csrfToken, loginId);
      expect((await as(world).get('/cases', { cookie })).status).toBe(401);
    }
  });

  it('changes something only with its own proof and from our own pages', async () => {
    const { mid } = await aMerchant(world);
    const reply = await signIn(await aUser(world, mid));
    const cookie = cookieOf(reply);
    const put = (headers: Record<string, string>) =>
      as(world).put('/session/preferences', { locale: 'en', theme: 'dark' }, { cookie, ...headers });

    expect((await put({})).body.code).toBe('cross_site');
    expect((await put({ 'x-csrf-token': 'wrong' })).body.code).toBe('cross_site');
    expect(
      (await put({ 'x-csrf-token': reply.body.csrfToken, 'sec-fetch-site': 'cross-site' })).body.code,
    ).toBe('cross_site');
    expect(
      (await put({ 'x-csrf-token': reply.body.csrfToken, 'sec-fetch-site': 'same-origin' })).status,
    ).toBe(200);
    expect((await as(world).get('/session', { cookie })).body.preferences).toEqual({
      locale: 'en',
      theme: 'dark',
    });
  });

  it.each(['nonsense', '', 'a'.repeat(10_000)])(
    'is not made by a cookie that is none of ours',
    async (token) => {
      expect((await as(world).get('/cases', { cookie: `__Host-session=${token}` })).status).toBe(401);
    },
  );

  it.each(['Bearer nonsense', 'Basic YTpi', 'Bearer ', `Bearer ${'a'.repeat(300)}`])(
    'is not made by the key %s',
    async (authorization) => {
      expect((await as(world).get('/cases', { authorization })).status).toBe(401);
    },
  );
});
