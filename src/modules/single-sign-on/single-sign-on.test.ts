import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, describe, expect, it } from 'vitest';
import { aBrowser, type Browser } from '#tests/support/browser.ts';
import {
  type Account,
  client,
  goThere,
  startProvider,
  type Tampering,
} from '#tests/support/identity-provider.ts';
import { aPersonOf, withApp } from '#tests/support/person.ts';
import { aMerchant, anOperator, as, startWorld } from '#tests/support/world.ts';

const provider = await startProvider('https://portal.example.jp/login/single-sign-on');
afterAll(() => provider.stop());
const settings = {
  BASE_URL: 'https://portal.example.jp',
  OIDC_ISSUER: provider.issuer,
  OIDC_CLIENT_ID: client.id,
  OIDC_CLIENT_SECRET: client.secret,
};
const allowed = { ...settings, OUTBOUND_ALLOW: new URL(provider.issuer).host };
const world = startWorld({ settings: allowed });
const strictWorld = startWorld({ settings: { ...allowed, MFA: 'required' } });
/** Nothing of its own network may be called. */
const closedWorld = startWorld({ settings });
const plainWorld = startWorld();

type Operator = { id: string; email: string; account: Account };

async function anOperatorAtTheProvider(account: Partial<Account> = {}): Promise<Operator> {
  const email = `${randomUUID()}@psp.example.jp`;
  const { id } = await aPersonOf(world, { mids: [null] });
  await sql`update users set email = ${email} where id = ${id}`.execute(world.db);
  return { id, email, account: { subject: randomUUID(), email, ...account } };
}

async function signIn({ account }: Pick<Operator, 'account'>, browser = aBrowser(world)) {
  provider.account = account;
  const { body } = await browser.post('/session/single-sign-on', { nextPage: '/cases' });
  const query = await goThere(body.address);
  const reply = await browser.post('/session/single-sign-on/completion', { query });
  return { browser, query, ...reply };
}

const trailOf = async (userId: string): Promise<string[]> => {
  const { rows } = await sql<{ action: string }>`
    select action from audit_entries where ${userId} = any (subjects) order by sequence`.execute(world.db);
  return rows.map(({ action }) => action);
};

/** The newest refusal of a single sign-on, by its code and reason. */
const lastRefusal = async (): Promise<unknown> => {
  const { rows } = await sql<{ details: unknown }>`
    select details from audit_entries where action = 'sso.refuse' order by sequence desc limit 1`.execute(
    world.db,
  );
  return rows[0]?.details;
};

describe('somebody the identity provider vouches for', () => {
  it('is signed in as the operator of their verified mail address, in whatever case, and comes to their page', async () => {
    const operator = await anOperatorAtTheProvider();
    operator.account.email = operator.email.toUpperCase();
    const { status, body, browser } = await signIn(operator);
    expect({ status, body }).toMatchObject({
      status: 200,
      body: { nextPage: '/cases', reply: { user: { id: operator.id, kind: 'operator' } } },
    });
    expect((await browser.get('/cases')).status).toBe(200);
    expect(await trailOf(operator.id)).toEqual(['session.start', 'identity.link']);
  });

  it('is known by issuer and subject from then on, whatever becomes of the mail address', async () => {
    const operator = await anOperatorAtTheProvider();
    await signIn(operator);
    const { account } = operator;
    for (const changed of [{ email: 'new@psp.example.jp' }, { isVerified: false }])
      expect((await signIn({ account: { ...account, ...changed } })).body.reply.user.id).toBe(operator.id);
    // Whoever was given the address at the provider does not become the operator.
    const other = await signIn({ account: { subject: randomUUID(), email: operator.email } });
    expect(other).toMatchObject({ status: 403, body: { code: 'sso_unknown_person' } });
    expect(await lastRefusal()).toEqual({ code: 'sso_unknown_person' });
  });

  it('of two who come for the first time at once, as one person, is one', async () => {
    const operator = await anOperatorAtTheProvider();
    const twin = { ...operator.account, subject: randomUUID() };
    const came = [];
    for (const account of [operator.account, twin]) {
      provider.account = account;
      const browser = aBrowser(world);
      const { body } = await browser.post('/session/single-sign-on', {});
      came.push({ browser, query: await goThere(body.address) });
      // The provider has to know both while their codes are read.
      provider.accounts.push(account);
    }
    const replies = await Promise.all(
      came.map(({ browser, query }) => browser.post('/session/single-sign-on/completion', { query })),
    );
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 403]);
  });

  it.each([
    ['an unverified mail address', { isVerified: false }, 'sso_email_not_verified'],
    ['no mail address', { email: '' }, 'sso_unknown_person'],
    ['a mail address nobody has', { email: 'nobody@psp.example.jp' }, 'sso_unknown_person'],
  ])('is refused with %s', async (_, account, code) => {
    const operator = await anOperatorAtTheProvider(account);
    expect(await signIn(operator)).toMatchObject({ status: 403, body: { code } });
    expect(await trailOf(operator.id)).toEqual([]);
  });

  it.each([
    ['is disabled', sql`update users set disabled_at = now()`],
    ['is no operator any more', sql`update memberships set disabled_at = now()`],
  ])('is refused when the operator %s, also one who came before', async (_, change) => {
    const operator = await anOperatorAtTheProvider();
    const column = sql.ref(_ === 'is disabled' ? 'id' : 'user_id');
    const first = await signIn(operator);
    await sql`${change} where ${column} = ${operator.id}`.execute(world.db);
    expect((await first.browser.get('/cases')).status).toBe(401);
    expect(await signIn(operator)).toMatchObject({ status: 403, body: { code: 'sso_unknown_person' } });
  });

  it('is refused when the mail address is that of a merchant’s user', async () => {
    const { mid } = await aMerchant(world);
    const email = `${randomUUID()}@example.jp`;
    const { id } = await aPersonOf(world, { mids: [mid], roles: ['admin'] });
    await sql`update users set email = ${email} where id = ${id}`.execute(world.db);
    const { status, body } = await signIn({ account: { subject: randomUUID(), email } });
    expect([status, body.code]).toEqual([403, 'sso_unknown_person']);
    expect(await trailOf(id)).toEqual([]);
  });
});

describe('the second factor', () => {
  it('is asked for here where the provider shows none, and not again where it shows one', async () => {
    const operator = await anOperatorAtTheProvider();
    const code = await withApp(world, { ...operator, loginId: '', memberships: [] });
    const { body, browser } = await signIn(operator);
    expect(body.reply).toMatchObject({ step: 'second_factor', methods: ['totp'] });
    expect((await browser.get('/cases')).status).toBe(401);
    const proof = { method: 'totp', code: code() };
    expect((await browser.post('/session/second-factor', { proof })).body.user.id).toBe(operator.id);

    for (const amr of [['pwd'], ['otp']])
      expect((await signIn({ account: { ...operator.account, amr } })).body.reply.step).toBe('second_factor');
    for (const amr of [['mfa'], ['pwd', 'otp']])
      expect((await signIn({ account: { ...operator.account, amr } })).body.reply.user.id).toBe(operator.id);
  });

  it('leads to nothing but the operators, also for somebody who works for a merchant too', async () => {
    const { mid } = await aMerchant(world);
    const operator = await anOperatorAtTheProvider();
    await sql`insert into memberships (id, user_id, mid, roles) values (gen_random_uuid(), ${operator.id}, ${mid}, '{admin}')`.execute(
      world.db,
    );
    expect((await signIn(operator)).body.reply.user.kind).toBe('operator');
    const code = await withApp(world, { ...operator, loginId: '', memberships: [] });
    const passed = async () => {
      const { browser } = await signIn(operator);
      return async () => browser.post('/session/second-factor', { proof: { method: 'totp', code: code() } });
    };
    const [first, second] = [await passed(), await passed()];
    expect((await first()).body.user.kind).toBe('operator');
    await sql`update totp_secrets set last_step = 0 where user_id = ${operator.id}`.execute(world.db);
    await sql`update memberships set disabled_at = now() where user_id = ${operator.id} and mid is null`.execute(
      world.db,
    );
    expect((await second()).body.code).toBe('sign_in_expired');
  });

  it('has to be set up where everybody needs one and the provider shows none', async () => {
    const operator = await anOperatorAtTheProvider();
    const strict = aBrowser(strictWorld);
    expect((await signIn(operator, strict)).body.reply).toMatchObject({ step: 'enrolment' });
    const shown = { account: { ...operator.account, amr: ['mfa'] } };
    expect((await signIn(shown, aBrowser(strictWorld))).body.reply.user.id).toBe(operator.id);
  });
});

describe('what somebody comes back with', () => {
  const aKey = () => generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  const tampered: [string, Tampering, string][] = [
    [
      'for another client',
      { claims: (all) => ({ ...all, aud: 'another' }) },
      'OAUTH_JWT_CLAIM_COMPARISON_FAILED',
    ],
    [
      'of another issuer',
      { claims: (all) => ({ ...all, iss: 'https://evil.example' }) },
      'OAUTH_JWT_CLAIM_COMPARISON_FAILED',
    ],
    [
      'that is over',
      { claims: (all) => ({ ...all, exp: 1_700_000_000 }) },
      'OAUTH_JWT_TIMESTAMP_CHECK_FAILED',
    ],
    [
      'of another sign-in',
      { claims: (all) => ({ ...all, nonce: 'another' }) },
      'OAUTH_JWT_CLAIM_COMPARISON_FAILED',
    ],
    ['without a nonce', { claims: ({ nonce: _, ...all }) => all }, 'OAUTH_INVALID_RESPONSE'],
    ['signed by another key', { key: aKey() }, 'OAUTH_INVALID_RESPONSE'],
    ['signed by nobody', { header: { alg: 'none' } }, 'OAUTH_INVALID_RESPONSE'],
    ['signed with the client’s secret', { header: { alg: 'HS256' } }, 'OAUTH_INVALID_RESPONSE'],
  ];
  it.each(tampered)('is refused with a token %s', async (_, tampering, reason) => {
    const operator = await anOperatorAtTheProvider();
    provider.tampering = tampering;
    const { status, body } = await signIn(operator).finally(() => {
      provider.tampering = undefined;
    });
    expect([status, body.code]).toEqual([401, 'sso_failed']);
    expect(await lastRefusal()).toMatchObject({ code: 'sso_failed', reason: expect.stringMatching(reason) });
    expect(await trailOf(operator.id)).toEqual([]);
  });

  it('works once, in the browser it was begun in, within ten minutes', async () => {
    const operator = await anOperatorAtTheProvider();
    const complete = (browser: Browser, query: string) =>
      browser.post('/session/single-sign-on/completion', { query });
    const done = await signIn(operator);
    expect((await complete(done.browser, done.query)).body.code).toBe('sso_expired');

    provider.account = operator.account;
    const browser = aBrowser(world);
    const begin = async () => (await browser.post('/session/single-sign-on', {})).body.address;
    const query = await goThere(await begin());
    expect((await complete(aBrowser(world), query)).body.code).toBe('sso_expired');
    // Another attempt of the same browser takes the place of the first.
    const second = await goThere(await begin());
    expect((await complete(browser, query)).body.code).toBe('sso_expired');
    await sql`update single_sign_ons set expires_at = now()`.execute(world.db);
    expect((await complete(browser, second)).body.code).toBe('sso_expired');
    const third = await goThere(await begin());
    expect(
      (await Promise.all([complete(browser, third), complete(browser, third)]))
        .map(({ status }) => status)
        .sort(),
    ).toEqual([200, 401]);
  });

  it('is refused with a code of another sign-in, and with an issuer that is not the one asked', async () => {
    const operator = await anOperatorAtTheProvider();
    const victim = await anOperatorAtTheProvider();
    provider.account = victim.account;
    const stolen = new URLSearchParams(
      await goThere((await aBrowser(world).post('/session/single-sign-on', {})).body.address),
    );
    provider.account = operator.account;
    for (const [name, value] of [
      ['code', stolen.get('code') ?? ''],
      ['iss', 'https://evil.example'],
    ] as const) {
      const browser = aBrowser(world);
      const query = new URLSearchParams(
        await goThere((await browser.post('/session/single-sign-on', {})).body.address),
      );
      query.set(name, value);
      const reply = await browser.post('/session/single-sign-on/completion', { query: `${query}` });
      expect([name, reply.status, reply.body.code]).toEqual([name, 401, 'sso_failed']);
    }
  });

  it('is refused with a code that was read before, in an attempt of its own', async () => {
    const operator = await anOperatorAtTheProvider();
    const { query, browser } = await signIn(operator);
    const { address } = (await browser.post('/session/single-sign-on', {})).body;
    const again = new URLSearchParams(query);
    again.set('state', new URL(address).searchParams.get('state') ?? '');
    const reply = await browser.post('/session/single-sign-on/completion', { query: `${again}` });
    expect([reply.status, reply.body.code]).toEqual([401, 'sso_failed']);
  });

  it.each(['http://10.0.0.1/token', 'https://169.254.169.254/token', 'https://192.168.1.1/token'])(
    'has nothing called at %s, whatever the provider says of itself',
    async (endpoint) => {
      const operator = await anOperatorAtTheProvider();
      provider.tampering = { metadata: { token_endpoint: endpoint, jwks_uri: endpoint } };
      const { status, body } = await signIn(operator).finally(() => {
        provider.tampering = undefined;
      });
      expect([status, body.code, body.facts.reason]).toEqual([
        503,
        'sso_unreachable',
        expect.stringMatching(/^forbidden/),
      ]);
    },
  );

  it('is told when it was cancelled there', async () => {
    const browser = aBrowser(world);
    const { address } = (await browser.post('/session/single-sign-on', {})).body;
    const query = new URLSearchParams({
      error: 'access_denied',
      state: new URL(address).searchParams.get('state') ?? '',
      iss: provider.issuer,
    });
    const reply = await browser.post('/session/single-sign-on/completion', { query: `${query}` });
    expect([reply.status, reply.body.code]).toEqual([401, 'sso_cancelled']);
  });

  it('is read by the keys that the provider has now', async () => {
    const operator = await anOperatorAtTheProvider();
    expect((await signIn(operator)).status).toBe(200);
    await provider.rollKey();
    expect((await signIn(operator)).status).toBe(200);
  });

  it('cannot be read while the provider is gone, which is told', async () => {
    const operator = await anOperatorAtTheProvider();
    const browser = aBrowser(world);
    provider.account = operator.account;
    const query = await goThere((await browser.post('/session/single-sign-on', {})).body.address);
    await provider.stop();
    const reply = await browser.post('/session/single-sign-on/completion', { query });
    expect([reply.status, reply.body.code]).toEqual([503, 'sso_unreachable']);
    await provider.start();
    expect((await signIn(operator)).status).toBe(200);
  });
});

describe('sending somebody to the provider', () => {
  it('asks for a code with PKCE, state and nonce, for what is needed and no more', async () => {
    const { body } = await aBrowser(world).post('/session/single-sign-on', {});
    const { origin, searchParams } = new URL(body.address);
    expect(origin).toBe(provider.issuer);
    expect(Object.fromEntries(searchParams)).toEqual({
      client_id: client.id,
      response_type: 'code',
      redirect_uri: 'https://portal.example.jp/login/single-sign-on',
      scope: 'openid email',
      state: expect.stringMatching(/^sign_in\.[\w-]{43}$/),
      nonce: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge_method: 'S256',
      ui_locales: 'ja',
    });
  });

  it.each(['https://evil.example', '//evil.example', '/\\\\evil.example', 'cases'])(
    'does not take %s for a page to go on with',
    async (nextPage) => {
      expect((await aBrowser(world).post('/session/single-sign-on', { nextPage })).status).toBe(400);
    },
  );

  it('keeps nothing by which to come back in its place', async () => {
    const browser = aBrowser(world);
    const { address } = (await browser.post('/session/single-sign-on', {})).body;
    const token = browser.cookies.get('__Host-single-sign-on') ?? '';
    const { rows } = await sql<{
      text: string;
    }>`select single_sign_ons::text as text from single_sign_ons`.execute(world.db);
    const kept = rows.map(({ text }) => text).join();
    for (const secret of [
      token,
      ...['state', 'nonce'].map((name) => new URL(address).searchParams.get(name)),
    ])
      expect(kept).not.toContain(secret);
  });
});

describe('a fresh proof of who one is', () => {
  const sensitive = { path: '/session/proof', fresh: 204, stale: 403 };
  const prove = async (browser: Browser) => {
    const { body, status } = await browser.post('/session/proof/single-sign-on');
    if (status !== 200) return { status, body };
    const query = await goThere(body.address, jar);
    return browser.post('/session/proof/single-sign-on/completion', { query });
  };
  let jar = new Map<string, string>();
  const signedInLongAgo = async () => {
    jar = new Map();
    const operator = await anOperatorAtTheProvider();
    const { browser } = await signIn(operator);
    await sql`update sessions set proved_at = now() - interval '1 hour' where user_id = ${operator.id}`.execute(
      world.db,
    );
    expect((await browser.get(sensitive.path)).status).toBe(sensitive.stale);
    return { operator, browser };
  };

  it('is made by logging in at the provider anew, and gives the session a new id', async () => {
    const { browser, operator } = await signedInLongAgo();
    expect((await browser.get('/second-factors')).body.allowsSingleSignOn).toBe(true);
    const before = browser.at(world);
    expect((await prove(browser)).status).toBe(200);
    expect((await browser.get(sensitive.path)).status).toBe(sensitive.fresh);
    expect((await before.get('/session')).status).toBe(401);
    expect(await trailOf(operator.id)).toContain('session.prove');
  });

  it('is none with a log-in of before, of somebody else, for another session, or at a sign-in', async () => {
    const { browser } = await signedInLongAgo();
    provider.agoSeconds = 120;
    expect((await prove(browser)).body.code).toBe('sso_failed');
    provider.agoSeconds = 0;
    provider.account = (await anOperatorAtTheProvider()).account;
    jar = new Map();
    expect((await prove(browser)).body.code).toBe('sso_unknown_person');

    const other = await signedInLongAgo();
    provider.account = other.operator.account;
    const { address } = (await other.browser.post('/session/proof/single-sign-on')).body;
    const query = await goThere(address, new Map());
    const attempt = other.browser.cookies.get('__Host-single-sign-on') ?? '';
    browser.cookies.set('__Host-single-sign-on', attempt);
    expect((await browser.post('/session/proof/single-sign-on/completion', { query })).body.code).toBe(
      'sso_expired',
    );
    expect((await other.browser.post('/session/single-sign-on/completion', { query })).body.code).toBe(
      'sso_expired',
    );
    expect((await browser.get(sensitive.path)).status).toBe(sensitive.stale);
  });

  it('takes two factors there where everybody needs two', async () => {
    const operator = await anOperatorAtTheProvider({ amr: ['mfa'] });
    const { browser } = await signIn(operator, aBrowser(strictWorld));
    jar = new Map();
    provider.account = { ...operator.account, amr: ['pwd'] };
    expect(await prove(browser)).toMatchObject({ status: 401, body: { facts: { reason: 'one_factor' } } });
    provider.account = operator.account;
    expect((await prove(browser)).status).toBe(200);
  });

  it('is not to be had there by who has a second factor here', async () => {
    const { browser, operator } = await signedInLongAgo();
    await withApp(world, { ...operator, loginId: '', memberships: [] });
    expect((await browser.get('/second-factors')).body.allowsSingleSignOn).toBe(false);
    provider.account = operator.account;
    expect((await prove(browser)).body.code).toBe('sso_unknown_person');
  });
});

describe('an admin of the operators', () => {
  it('sees whose account is linked, and unlinks it, which ends their sessions', async () => {
    const operator = await anOperatorAtTheProvider();
    const { browser } = await signIn(operator);
    const admin = await anOperator(world);
    const membership = (await browser.get('/session')).body.membershipId;
    const look = async () => (await as(world, admin).get(`/users/${membership}`)).body.hasIdentity;
    expect(await look()).toBe(true);
    expect((await as(world, admin).send('DELETE', `/users/${membership}/identity`)).status).toBe(204);
    expect(await look()).toBe(false);
    expect((await browser.get('/session')).status).toBe(401);
    expect((await signIn({ account: { ...operator.account, subject: randomUUID() } })).status).toBe(200);
    expect(await trailOf(operator.id)).toContain('identity.unlink');
  });
});

describe('without a provider', () => {
  it('there is no single sign-on, and the pages are told so', async () => {
    const browser = aBrowser(plainWorld);
    expect((await browser.get('/environment')).body.singleSignOn).toBeNull();
    expect((await aBrowser(world).get('/environment')).body.singleSignOn).toEqual({
      label: 'シングルサインオン',
    });
    expect((await browser.post('/session/single-sign-on', {})).status).toBe(404);
    expect((await browser.post('/session/single-sign-on/completion', { query: 'code=1' })).status).toBe(404);
  });

  it('that may be called, the login says so and goes on by password', async () => {
    const reply = await aBrowser(closedWorld).post('/session/single-sign-on', {});
    expect([reply.status, reply.body.code, reply.body.facts]).toEqual([
      503,
      'sso_unreachable',
      { reason: 'forbidden_scheme' },
    ]);
  });
});
