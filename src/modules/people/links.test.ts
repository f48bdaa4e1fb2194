import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { startMailWorld } from '#tests/support/mail-world.ts';
import { mailsTo, tokenIn } from '#tests/support/mailbox.ts';
import { aMerchant, anOperator, as, type Merchant } from '#tests/support/world.ts';

const world = startMailWorld({ work: true, settings: () => ({ BASE_URL: 'https://portal.example.jp' }) });
const password = 'five small green boats';

const anAddress = (): string => `${randomUUID().slice(0, 8)}@example.jp`;
const send = (path: string, json: object, headers: Record<string, string> = {}) =>
  as(world).post(path, json, headers);
const logIn = (userId: string, typed = password) => send('/session', { userId, password: typed });

async function invited(
  { hanako }: Merchant,
  change: object = {},
): Promise<{ id: string; email: string; token: string }> {
  const email = anAddress();
  const person = { name: '中村 四季', email, roles: ['viewer'], sids: null, ...change };
  const reply = await as(world, hanako).post('/users', person, { host: 'evil.example' });
  expect(reply.status).toBe(201);
  const [mail = ''] = await mailsTo(world, email);
  return { id: reply.body.id, email, token: tokenIn(mail) };
}

/** Somebody who has come by an invitation, and their session. */
async function arrived(
  merchant: Merchant,
): Promise<{ email: string; id: string; cookie: string; csrf: string }> {
  const { id, email, token } = await invited(merchant);
  expect((await send('/invitations/acceptance', { token, password })).status).toBe(201);
  return { id, email, ...(await sessionOf(email)) };
}

async function sessionOf(email: string, typed = password): Promise<{ cookie: string; csrf: string }> {
  const { headers, body } = await logIn(email, typed);
  return { cookie: headers.get('set-cookie')?.split(';')[0] ?? '', csrf: body.csrfToken };
}

/** The link of a mail that was asked for with a form that anybody can fill in. */
async function resetTokenOf(email: string, count = 2): Promise<string> {
  await send('/password-resets', { userId: email });
  const [mail = ''] = await mailsTo(world, email, count);
  return tokenIn(mail);
}

const setPassword = (token: string, chosen: string) =>
  send('/password-resets/completion', { token, password: chosen });

describe('the link of an invitation', () => {
  it('leads to a first password and the login, once', async () => {
    const merchant = await aMerchant(world);
    const { id, email, token } = await invited(merchant, { roles: ['responder'], sids: ['002'] });
    expect((await send('/invitations/look', { token })).body).toEqual({
      ...{ merchantName: `加盟店${merchant.mid}`, name: '中村 四季', email, isKnown: false },
    });
    const accepted = await send('/invitations/acceptance', { token, name: '中村 志希', password });

    expect(accepted).toMatchObject({ status: 201, body: { userId: email } });
    expect((await logIn(email)).body).toMatchObject({
      user: { name: '中村 志希', roles: ['responder'] },
      services: [{ mid: merchant.mid, sid: '002' }],
    });
    expect((await send('/invitations/acceptance', { token, password })).body.code).toBe('link_not_valid');
    expect((await send('/invitations/look', { token })).body.code).toBe('link_not_valid');
    const user = (await as(world, merchant.hanako).get(`/users/${id}`)).body;
    expect(user).toMatchObject({ state: 'active', userId: email, lastSignedInAt: expect.any(String) });
  });

  it('makes one user of two who use it at the same time', async () => {
    const { token } = await invited(await aMerchant(world));
    const replies = await Promise.all(
      Array.from({ length: 6 }, () => send('/invitations/acceptance', { token, password })),
    );
    expect(replies.map(({ status }) => status).sort()).toEqual([201, 404, 404, 404, 404, 404]);
  });

  it('stays as it was when the password is refused, and says why', async () => {
    const { token, email } = await invited(await aMerchant(world));
    const refused = [
      ['short', 'password_too_short'],
      [`${email} ${email}`, 'password_known_words'],
      ['momsanaladventure', 'password_common'],
      [undefined, 'password_too_short'],
    ];
    for (const [chosen, code] of refused) {
      expect(await send('/invitations/acceptance', { token, password: chosen })).toMatchObject({
        status: 422,
        body: { code: 'password_refused', errors: [{ pointer: '/password', code }] },
      });
    }
    expect((await send('/invitations/acceptance', { token, password })).status).toBe(201);
  });

  it('dies when a new one is sent, when it is taken back, and with its time', async () => {
    const merchant = await aMerchant(world);
    const admin = as(world, merchant.hanako);
    const { id, email, token } = await invited(merchant);
    expect((await admin.post(`/users/${id}/invitation`)).status).toBe(201);
    // At once, also before the new mail is written.
    expect((await send('/invitations/acceptance', { token, password })).status).toBe(404);
    const [second = ''] = await mailsTo(world, email, 2);
    await world.db.updateTable('invitations').set({ expires_at: new Date() }).where('id', '=', id).execute();
    expect((await send('/invitations/acceptance', { token: tokenIn(second), password })).status).toBe(404);

    const other = await invited(merchant);
    await admin.send('DELETE', `/users/${other.id}/invitation`);
    expect((await send('/invitations/acceptance', { token: other.token, password })).status).toBe(404);
  });

  it('gives a person who is known elsewhere a further membership, and keeps their password', async () => {
    const [one, other] = [await aMerchant(world), await aMerchant(world)];
    const { email } = await arrived(one);
    await as(world, other.hanako).post('/users', { name: '中村さん', email, roles: ['viewer'], sids: null });
    const [mail = ''] = await mailsTo(world, email, 2);
    const token = tokenIn(mail);

    expect((await send('/invitations/look', { token })).body.isKnown).toBe(true);
    expect(
      (await send('/invitations/acceptance', { token, password: 'another long way home' })).body.userId,
    ).toBe(email);
    expect((await logIn(email, 'another long way home')).status).toBe(401);
    // The password is right, and the merchant is to be chosen.
    expect((await logIn(email)).status).toBe(202);
    const { body } = await as(world, other.hanako).get(`/users?q=${email}`);
    expect(body.data).toMatchObject([{ name: '中村さん', state: 'active' }]);
  });
});

describe('the mails', () => {
  it('carry our own address whatever the Host header says, and the secret behind # alone', async () => {
    const merchant = await aMerchant(world);
    const { email } = await arrived(merchant);
    await send(
      '/password-resets',
      { userId: email },
      { host: 'evil.example', 'x-forwarded-host': 'evil.example' },
    );
    const [reset = '', invitation = ''] = await mailsTo(world, email, 2);

    expect(reset).toMatch(/https:\/\/portal\.example\.jp\/reset-password#[\w-]{43}\n/);
    expect(invitation).toMatch(/https:\/\/portal\.example\.jp\/invitation#[\w-]{43}\n/);
    expect(reset + invitation).not.toContain('evil');
    expect(reset).toContain('このメールの送信から60分');
    expect(invitation).toContain('このメールの送信から24時間');
  });

  it('lead to pages that send the secret in a body: no route takes one in its address, where logs would keep it', async () => {
    const { paths } = (await as(world).get('/openapi.json')).body;
    const inAddresses = Object.entries<Record<string, { parameters?: { name: string }[] }>>(paths).flatMap(
      ([path, operations]) =>
        Object.values(operations).flatMap(({ parameters = [] }) =>
          parameters.map(({ name }) => `${path} ${name}`),
        ),
    );
    expect(inAddresses.length).toBeGreaterThan(10);
    expect(inAddresses.filter((each) => /token|secret|password/i.test(each.split(' ')[1] ?? ''))).toEqual([]);
    const page = await fetch(`${world.url}/invitation`, { headers: { accept: 'text/html' } });
    expect(page.headers.get('referrer-policy')).toBe('no-referrer');
  });

  it('leave nothing by which to use a link in the database', async () => {
    const { token } = await invited(await aMerchant(world));
    const stored = await world.db.selectFrom('invitations').selectAll().execute();
    expect(stored.length).toBeGreaterThan(0);
    expect(JSON.stringify(stored)).not.toContain(token);
    const jobs = await sql`select data from pgboss.job where name = 'tell-person'`.execute(world.db);
    expect(jobs.rows.length).toBeGreaterThan(0);
    expect(JSON.stringify(jobs.rows)).not.toMatch(/example\.jp|#/);
  });
});

describe('a forgotten password', () => {
  it('is set anew once by the link, which ends every session and tells the person', async () => {
    const { email, cookie } = await arrived(await aMerchant(world));
    const token = await resetTokenOf(email);
    const chosen = 'nine tall silver ladders';

    expect((await send('/password-resets/look', { token })).body).toEqual({ userId: email });
    const replies = await Promise.all(Array.from({ length: 4 }, () => setPassword(token, chosen)));
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 404, 404, 404]);
    expect((await as(world).get('/cases', { cookie })).status).toBe(401);
    expect((await logIn(email)).status).toBe(401);
    expect((await logIn(email, chosen)).status).toBe(200);
    const [told] = await mailsTo(world, email, 3);
    expect(told).toContain('パスワードが変更されました');
    expect(told).not.toMatch(/#[\w-]{43}/);
  });

  it('takes none of the last four passwords again', async () => {
    const { email } = await arrived(await aMerchant(world));
    const chosen = [
      'one quiet brown owl',
      'two quick grey hares',
      'three slow red snails',
      'four odd blue herons',
    ];
    let token = await resetTokenOf(email);
    expect((await setPassword(token, password)).body.errors[0].code).toBe('password_used_before');
    for (const [place, next] of chosen.entries()) {
      expect((await setPassword(token, next)).status).toBe(200);
      if (place === 2) await world.db.deleteFrom('attempt_counts').execute();
      token = await resetTokenOf(email, 4 + 2 * place);
      const again = await setPassword(token, place < 3 ? password : (chosen[0] ?? ''));
      expect([place, again.body.errors?.[0].code]).toEqual([place, 'password_used_before']);
    }
    expect((await setPassword(token, password)).status).toBe(200);
  });

  it('is bound to its user, dies with a new link, with its time and with the user', async () => {
    const merchant = await aMerchant(world);
    const [one, other] = [await arrived(merchant), await arrived(merchant)];
    const first = await resetTokenOf(one.email);
    const second = await resetTokenOf(one.email, 3);
    expect((await setPassword(first, 'nine tall silver ladders')).body.code).toBe('link_not_valid');
    expect((await setPassword(second, 'nine tall silver ladders')).body).toEqual({ userId: one.email });
    expect((await logIn(other.email)).status).toBe(200);

    const third = await resetTokenOf(other.email);
    await world.db.updateTable('password_resets').set({ expires_at: new Date() }).execute();
    expect((await setPassword(third, 'nine tall silver ladders')).status).toBe(404);
    expect((await send('/password-resets/look', { token: third })).status).toBe(404);
    await world.db.deleteFrom('attempt_counts').execute();
    const fourth = await resetTokenOf(other.email, 3);
    await world.db
      .updateTable('users')
      .set({ disabled_at: new Date() })
      .where('email', '=', other.email)
      .execute();
    expect((await setPassword(fourth, 'nine tall silver ladders')).status).toBe(404);
  });

  it('is mailed three times an hour at most, and a network may ask thirty times', async () => {
    const { email } = await arrived(await aMerchant(world));
    await world.db.deleteFrom('attempt_counts').execute();
    const statuses = [];
    for (let time = 0; time < 31; time += 1)
      statuses.push((await send('/password-resets', { userId: email })).status);
    expect(statuses.filter((status) => status === 204)).toHaveLength(30);
    expect(statuses.at(-1)).toBe(429);
    await world.db.deleteFrom('attempt_counts').execute();
    await resetTokenOf(email, 5);
    expect(await mailsTo(world, email, 5)).toHaveLength(5); // The invitation, three of the thirty, and this one.
  });
});

describe('a mail address', () => {
  it('changes once its link is opened, and both addresses are told', async () => {
    const { email, cookie, csrf } = await arrived(await aMerchant(world));
    const headers = { cookie, 'x-csrf-token': csrf };
    const wanted = anAddress();
    expect((await as(world).put('/account/email', { email: wanted }, headers)).body).toEqual({
      email,
      emailWanted: wanted,
    });
    const [mail = ''] = await mailsTo(world, wanted);
    expect(mail).toMatch(/https:\/\/portal\.example\.jp\/confirm-email#[\w-]{43}\n/);
    const token = tokenIn(mail);
    const confirmed = await Promise.all([
      send('/email-confirmations', { token }),
      send('/email-confirmations', { token }),
    ]);
    expect(confirmed.map(({ status }) => status).sort()).toEqual([204, 404]);
    expect((await as(world).get('/account', { cookie })).body).toEqual({ email: wanted, emailWanted: null });
    expect((await mailsTo(world, email, 2))[0]).toContain('メールアドレスが変更されました');
    expect((await mailsTo(world, wanted, 2))[0]).toContain('メールアドレスが変更されました');
  });

  it('that is another person’s stays theirs', async () => {
    const merchant = await aMerchant(world);
    const [one, other] = [await arrived(merchant), await arrived(merchant)];
    const headers = { cookie: one.cookie, 'x-csrf-token': one.csrf };
    expect((await as(world).put('/account/email', { email: other.email }, headers)).status).toBe(200);
    const [mail = ''] = await mailsTo(world, other.email, 2);
    expect((await send('/email-confirmations', { token: tokenIn(mail) })).status).toBe(404);
    expect((await as(world).get('/account', { cookie: one.cookie })).body.email).toBe(one.email);
  });
});

describe('the operators', () => {
  it('are invited by an admin of theirs', async () => {
    const sato = await anOperator(world);
    const email = anAddress();
    await as(world, sato).post('/users', {
      mid: null,
      name: '加藤 七海',
      email,
      roles: ['agent'],
      sids: null,
    });
    const [mail = ''] = await mailsTo(world, email);
    await send('/invitations/acceptance', { token: tokenIn(mail), password });
    expect((await logIn(email)).body.user).toMatchObject({ kind: 'operator', roles: ['agent'] });
  });
});
