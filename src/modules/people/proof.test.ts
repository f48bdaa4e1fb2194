import { describe, expect, it } from 'vitest';
import type { Right } from '#src/domain/rights.ts';
import { aBrowser, type Browser, session } from '#tests/support/browser.ts';
import {
  aPersonOf,
  codesOf,
  type Person,
  password,
  withApp,
  withRecoveryCodes,
} from '#tests/support/person.ts';
import { aMerchant, aMerchantKey, anOperator, as, startWorld } from '#tests/support/world.ts';
import { resetSecondFactors } from './reset-second-factors.ts';

const world = startWorld();
const otherNode = startWorld();

type Factors = (hanako: Person) => Promise<unknown>;

async function aSignedIn(
  factors: Factors = async () => undefined,
): Promise<{ hanako: Person; browser: Browser }> {
  const hanako = await aPersonOf(world, { mids: [(await aMerchant(world)).mid], roles: ['admin'] });
  const browser = aBrowser(world);
  await browser.signIn(hanako.loginId, password);
  await factors(hanako);
  return { hanako, browser };
}

const longAgo = ({ id }: Person) =>
  world.db
    .updateTable('sessions')
    .set({ proved_at: new Date(Date.now() - 11 * 60_000) })
    .where('user_id', '=', id)
    .execute();

const prove = (browser: Browser, proof: object) => browser.post('/session/proof', { proof });

describe('a proof of who one is', () => {
  it('is asked for when the last was long ago, and gives the session a new id', async () => {
    const { hanako, browser } = await aSignedIn();
    expect((await browser.get('/session/proof')).status).toBe(204);
    await longAgo(hanako);
    for (const path of ['/session/proof', '/cases.csv']) {
      expect((await browser.get(path)).body.code).toBe('proof_required');
    }
    const before = browser.at(world);
    const reply = await prove(browser, { method: 'password', password });

    expect(reply.status).toBe(200);
    expect(browser.cookies.get(session)).not.toBe(before.cookies.get(session));
    expect((await before.get('/session')).status).toBe(401);
    expect((await browser.get('/session/proof')).status).toBe(204);
    expect((await browser.get('/cases.csv')).status).toBe(200);
  });

  it('is nothing that keys can give: they need none', async () => {
    const { mid } = await aMerchant(world);
    const key = await aMerchantKey(world, mid);
    expect((await as(world, key).get('/cases.csv')).status).toBe(200);
    expect(
      (await as(world, key).post('/session/proof', { proof: { method: 'totp', code: '1' } })).status,
    ).toBe(401);
  });

  it('is a second factor for who has one: a password proves nothing then', async () => {
    let app = (): string => '';
    const { hanako, browser } = await aSignedIn(async (person) => {
      app = await withApp(world, person);
    });
    await longAgo(hanako);
    expect((await prove(browser, { method: 'password', password })).body.code).toBe('wrong_password');
    expect((await browser.get('/session/proof')).status).toBe(403);
    const code = app();
    expect((await prove(browser, { method: 'totp', code })).status).toBe(200);
    expect((await prove(browser, { method: 'totp', code })).body.code).toBe('wrong_factor');
  });

  it('is guessed at five times at most, together with logging in, and the session goes on', async () => {
    const { hanako, browser } = await aSignedIn();
    const guesses = await Promise.all(
      Array.from({ length: 20 }, (_, number) =>
        prove(browser.at(number % 2 ? world : otherNode), {
          method: 'password',
          password: `guess ${number}`,
        }),
      ),
    );
    expect(guesses.filter(({ body }) => body.code === 'wrong_password').length).toBeLessThanOrEqual(5);
    expect((await prove(browser, { method: 'password', password })).status).toBe(429);
    expect((await browser.signIn(hanako.loginId, password)).status).toBe(429);
    expect((await browser.get('/session')).status).toBe(200);
  });

  it('wants the proof against other sites, like every change', async () => {
    const { browser } = await aSignedIn();
    const cookie = `${session}=${browser.cookies.get(session)}`;
    const reply = await as(world).post(
      '/session/proof',
      { proof: { method: 'password', password } },
      { cookie },
    );
    expect(reply.body.code).toBe('cross_site');
  });
});

describe('a change of one’s second factors', () => {
  it('wants a fresh proof, each of them', async () => {
    const { hanako, browser } = await aSignedIn(async (person) => withApp(world, person));
    await longAgo(hanako);
    const replies = [
      await browser.post('/second-factors/totp'),
      await browser.post('/second-factors/passkey'),
      await browser.post('/second-factors', { factor: { method: 'totp', code: '1' } }),
      await browser.post('/second-factors/recovery-codes'),
      await browser.remove('/second-factors/totp'),
      await browser.remove('/second-factors/passkeys/018f0000-0000-7000-8000-000000000000'),
    ];
    expect(replies.map(({ body }) => body.code)).toEqual(replies.map(() => 'proof_required'));
  });

  it('gives the session a new id and keeps what was being set up', async () => {
    const { hanako, browser } = await aSignedIn();
    const { secret } = (await browser.post('/second-factors/totp')).body;
    await longAgo(hanako);
    await prove(browser, { method: 'password', password });
    const before = browser.at(world);
    const added = await browser.post('/second-factors', {
      factor: { method: 'totp', code: codesOf(secret)() },
    });

    expect([added.status, added.body.recoveryCodes.length]).toEqual([200, 10]);
    expect((await before.get('/session')).status).toBe(401);
    expect((await browser.get('/second-factors')).body).toMatchObject({
      totp: { createdAt: expect.any(String) },
      recoveryCodesLeft: 10,
      isRequired: false,
    });
    const renewed = await browser.post('/second-factors/recovery-codes');
    expect(renewed.body.recoveryCodes).not.toEqual(added.body.recoveryCodes);
    expect((await browser.remove('/second-factors/totp')).status).toBe(200);
    expect((await aBrowser(world).signIn(hanako.loginId, password)).status).toBe(200);
  });

  it('touches nobody else’s', async () => {
    const [{ hanako }, taros] = [
      await aSignedIn(async (person) => withApp(world, person)),
      await aSignedIn(),
    ];
    await withRecoveryCodes(world, hanako);
    expect((await taros.browser.get('/second-factors')).body).toMatchObject({
      totp: null,
      recoveryCodesLeft: 0,
    });
    expect((await taros.browser.remove('/second-factors/totp')).status).toBe(404);
    expect((await aBrowser(world).signIn(hanako.loginId, password)).body.step).toBe('second_factor');
  });
});

describe('a reset of somebody’s second factors', () => {
  const reset = (actor: Parameters<typeof resetSecondFactors>[1], { id }: Person) =>
    world
      .actingFor({ actor, right: 'manage_users' })
      .inTransaction((tx) => resetSecondFactors(tx, actor, { userId: id }));
  const adminOf = async (mid: string) =>
    ({
      kind: 'merchant',
      id: (await aMerchant(world)).hanako.id,
      name: '',
      mid,
      sids: null,
      rights: new Set<Right>(),
    }) as const;
  const midOf = async ({ memberships }: Person): Promise<string> =>
    (
      await world.db
        .selectFrom('memberships')
        .select('mid')
        .where('id', '=', memberships[0] ?? '')
        .executeTakeFirstOrThrow()
    ).mid ?? '';

  it('is done by the merchant’s admin, ends all sessions and leaves the password', async () => {
    const { hanako, browser } = await aSignedIn(async (person) => withApp(world, person));
    await reset(await adminOf(await midOf(hanako)), hanako);
    expect((await browser.get('/session')).status).toBe(401);
    expect((await aBrowser(world).signIn(hanako.loginId, password)).status).toBe(200);
  });

  it('is not found for somebody of another merchant', async () => {
    const { hanako } = await aSignedIn(async (person) => withApp(world, person));
    await expect(reset(await adminOf((await aMerchant(world)).mid), hanako)).rejects.toThrow('not_found');
    expect((await aBrowser(world).signIn(hanako.loginId, password)).body.step).toBe('second_factor');
  });

  it('is an operator’s to do for who belongs to several merchants', async () => {
    const mids = [(await aMerchant(world)).mid, (await aMerchant(world)).mid];
    const hanako = await aPersonOf(world, { mids });
    await withApp(world, hanako);
    await expect(reset(await adminOf(mids[0] ?? ''), hanako)).rejects.toThrow('factors_shared');
    expect((await aBrowser(world).signIn(hanako.loginId, password)).body.step).toBe('second_factor');

    const { id, name } = await anOperator(world);
    await reset({ kind: 'operator', id, name, rights: new Set<Right>() }, hanako);
    expect((await aBrowser(world).signIn(hanako.loginId, password)).body.step).toBe('membership');
  });
});
