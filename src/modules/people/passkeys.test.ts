import { describe, expect, it } from 'vitest';
import { anAuthenticator } from '#tests/support/authenticator.ts';
import { aBrowser, type Browser, session } from '#tests/support/browser.ts';
import { aPersonOf, type Person, password } from '#tests/support/person.ts';
import { aMerchant, startWorld } from '#tests/support/world.ts';

const origin = 'https://portal.example.jp';
const world = startWorld({ settings: { BASE_URL: origin } });
/** Where the portal is reached by its address; passkeys need a name. */
const addressed = startWorld();

type Authenticator = ReturnType<typeof anAuthenticator>;

async function aPersonWithPasskey(): Promise<{ hanako: Person; passkey: Authenticator; browser: Browser }> {
  const hanako = await aPersonOf(world, { mids: [(await aMerchant(world)).mid] });
  const passkey = anAuthenticator(origin);
  const browser = aBrowser(world);
  await browser.signIn(hanako.loginId, password);
  const asked = (await browser.post('/second-factors/passkey')).body;
  const response = passkey.make(asked);
  const added = await browser.post('/second-factors', {
    factor: { method: 'passkey', name: '社用PC', response },
  });
  expect([added.status, added.body.recoveryCodes.length]).toEqual([200, 10]);
  return { hanako, passkey, browser };
}

async function atSecondFactor({ loginId }: Person) {
  const browser = aBrowser(world);
  expect((await browser.signIn(loginId, password)).body.methods).toContain('passkey');
  return { browser, asked: (await browser.post('/session/second-factor/passkey')).body };
}

const give = (browser: Browser, response: object) =>
  browser.post('/session/second-factor', { proof: { method: 'passkey', response } });

describe('a passkey', () => {
  it('is called something else by its person, and by nobody else', async () => {
    const { browser } = await aPersonWithPasskey();
    const [{ id }] = (await browser.get('/second-factors')).body.passkeys;
    const renamed = await browser.put(`/second-factors/passkeys/${id}`, { name: ' 会社のパソコン ' });
    expect(renamed).toMatchObject({ status: 200, body: { passkeys: [{ id, name: '会社のパソコン' }] } });
    expect((await browser.put(`/second-factors/passkeys/${id}`, { name: 'あ'.repeat(61) })).status).toBe(400);
    const other = await aPersonWithPasskey();
    expect((await other.browser.put(`/second-factors/passkeys/${id}`, { name: '別' })).status).toBe(404);
    expect((await browser.get('/second-factors')).body.passkeys).toMatchObject([{ name: '会社のパソコン' }]);
  });

  it('is set up, named, signs in and is removed', async () => {
    const { hanako, passkey, browser } = await aPersonWithPasskey();
    const second = await atSecondFactor(hanako);
    expect((await give(second.browser, passkey.sign(second.asked))).status).toBe(200);

    const { body } = await browser.get('/second-factors');
    expect(body.passkeys).toMatchObject([{ name: '社用PC', lastUsedAt: expect.any(String) }]);
    expect((await browser.remove(`/second-factors/passkeys/${body.passkeys[0].id}`)).status).toBe(200);
    expect((await browser.get('/second-factors')).body).toMatchObject({ passkeys: [], recoveryCodesLeft: 0 });
    expect((await aBrowser(world).signIn(hanako.loginId, password)).status).toBe(200);
  });

  it.each([
    ['another site', { origin: 'https://portal.example.jp.evil.example' }],
    ['another name', { rpId: 'evil.example' }],
    ['another challenge', { challenge: 'bm90IHRoZSBjaGFsbGVuZ2U' }],
    ['nobody having been verified', { isVerified: false }],
  ])('is refused with what was signed for %s', async (_, odd) => {
    const { hanako, passkey } = await aPersonWithPasskey();
    const { browser, asked } = await atSecondFactor(hanako);
    expect(await give(browser, passkey.sign(asked, odd))).toMatchObject({
      status: 401,
      body: { code: 'wrong_factor' },
    });
    expect(browser.cookies.has(session)).toBe(false);
  });

  it('signs a challenge for one sign-in, once', async () => {
    const { hanako, passkey } = await aPersonWithPasskey();
    const one = await atSecondFactor(hanako);
    const other = await atSecondFactor(hanako);
    expect((await give(other.browser, passkey.sign(one.asked))).status).toBe(401);
    // That guess used the other's challenge up.
    expect((await give(other.browser, passkey.sign(other.asked))).status).toBe(401);

    const signed = passkey.sign(one.asked);
    const replies = await Promise.all([1, 2, 3].map(() => give(one.browser.at(world), signed)));
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  it('is refused with a counter that does not go on, and with the key of somebody else', async () => {
    const { hanako, passkey } = await aPersonWithPasskey();
    const first = await atSecondFactor(hanako);
    expect((await give(first.browser, passkey.sign(first.asked, { count: 7 }))).status).toBe(200);
    const copied = await atSecondFactor(hanako);
    expect((await give(copied.browser, passkey.sign(copied.asked, { count: 7 }))).status).toBe(401);

    const taro = await aPersonWithPasskey();
    const { browser, asked } = await atSecondFactor(hanako);
    expect((await give(browser, taro.passkey.sign(asked))).status).toBe(401);
  });

  it.each([{ id: 'nonsense' }, { id: '', response: {} }, { id: 'x', response: { clientDataJSON: '%' } }])(
    'is not %j',
    async (response) => {
      const { hanako } = await aPersonWithPasskey();
      const { browser } = await atSecondFactor(hanako);
      expect((await give(browser, response)).status).toBe(401);
    },
  );

  it.each([
    ['another site', { origin: 'https://evil.example' }],
    ['another challenge', { challenge: 'bm90IHRoZSBjaGFsbGVuZ2U' }],
    ['nobody having been verified', { isVerified: false }],
  ])('is not added when made for %s', async (_, odd) => {
    const { browser } = await aPersonWithPasskey();
    const asked = (await browser.post('/second-factors/passkey')).body;
    const response = anAuthenticator(origin).make(asked, odd);
    const reply = await browser.post('/second-factors', {
      factor: { method: 'passkey', name: 'x', response },
    });
    expect(reply.body.code).toBe('factor_refused');
    expect((await browser.get('/second-factors')).body.passkeys).toHaveLength(1);
  });

  it('is not offered where the portal has an address and no name', async () => {
    const hanako = await aPersonOf(addressed, { mids: [(await aMerchant(addressed)).mid] });
    const browser = aBrowser(addressed);
    await browser.signIn(hanako.loginId, password);
    expect((await browser.get('/second-factors')).body.allowsPasskeys).toBe(false);
    expect((await browser.post('/second-factors/passkey')).status).toBe(404);
  });
});
