import { describe, expect, it } from 'vitest';
import { aBrowser, type Browser, session } from '#tests/support/browser.ts';
import { aPersonOf, codesOf, type Person, password, wrongCode } from '#tests/support/person.ts';
import { aMerchant, startWorld } from '#tests/support/world.ts';

const world = startWorld({ settings: { MFA: 'required' } });

const aPerson = async (): Promise<Person> => aPersonOf(world, { mids: [(await aMerchant(world)).mid] });

async function atEnrolment({ loginId }: Person): Promise<Browser> {
  const browser = aBrowser(world);
  const reply = await browser.signIn(loginId, password);
  expect([reply.status, reply.body.step]).toEqual([202, 'enrolment']);
  return browser;
}

const show = (browser: Browser, code: string) =>
  browser.post('/session/enrolment', { factor: { method: 'totp', code } });

describe('a first login where a second factor is required', () => {
  it('sets up an app and shows the recovery codes before there is a session', async () => {
    const hanako = await aPerson();
    const browser = await atEnrolment(hanako);
    expect(browser.cookies.has(session)).toBe(false);

    const { secret, address } = (await browser.post('/session/enrolment/totp')).body;
    expect(address).toContain(`secret=${secret}`);
    const enrolled = await show(browser, codesOf(secret)());
    expect(enrolled.body.recoveryCodes).toHaveLength(10);
    expect(browser.cookies.has(session)).toBe(false);

    expect((await browser.post('/session/enrolment/completion')).status).toBe(200);
    expect((await browser.get('/cases')).status).toBe(200);
    const again = await aBrowser(world).signIn(hanako.loginId, password);
    expect(again.body).toMatchObject({ step: 'second_factor', methods: ['totp', 'recovery_code'] });
  });

  it('keeps the secret sealed', async () => {
    const hanako = await aPerson();
    const browser = await atEnrolment(hanako);
    const { secret } = (await browser.post('/session/enrolment/totp')).body;
    await show(browser, codesOf(secret)());
    const { secret: stored } = await world.db
      .selectFrom('totp_secrets')
      .select('secret')
      .where('user_id', '=', hanako.id)
      .executeTakeFirstOrThrow();
    expect(stored.toString('latin1')).not.toContain(secret);
  });

  it('refuses a wrong code and lets one try again with the same secret', async () => {
    const browser = await atEnrolment(await aPerson());
    const { secret } = (await browser.post('/session/enrolment/totp')).body;
    expect((await show(browser, wrongCode(codesOf(secret)))).body.code).toBe('factor_refused');
    expect((await show(browser, codesOf(secret)())).status).toBe(200);
  });

  it('refuses a code for what was never given out, and the code of the set-up for the next login', async () => {
    const hanako = await aPerson();
    const browser = await atEnrolment(hanako);
    expect((await show(browser, '000000')).body.code).toBe('setup_expired');
    const { secret } = (await browser.post('/session/enrolment/totp')).body;
    const code = codesOf(secret)();
    await show(browser, code);
    const next = aBrowser(world);
    await next.signIn(hanako.loginId, password);
    const reply = await next.post('/session/second-factor', { proof: { method: 'totp', code } });
    expect(reply.status).toBe(401);
  });

  it('is not skipped: no step leads to a session before a factor works', async () => {
    const browser = await atEnrolment(await aPerson());
    for (const path of ['/session/enrolment/completion', '/session/second-factor/passkey']) {
      expect((await browser.post(path)).body.code).toBe('sign_in_expired');
    }
    expect(browser.cookies.has(session)).toBe(false);
  });

  it('happens once for two at the same time', async () => {
    const browser = await atEnrolment(await aPerson());
    const { secret } = (await browser.post('/session/enrolment/totp')).body;
    const replies = await Promise.all([1, 2, 3].map(() => show(browser.at(world), codesOf(secret)())));
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(1);
  });
});

describe('removing a second factor where one is required', () => {
  it('is refused for the last one, also when two are removed at the same time', async () => {
    const hanako = await aPerson();
    const browser = await atEnrolment(hanako);
    const { secret } = (await browser.post('/session/enrolment/totp')).body;
    const { recoveryCodes } = (await show(browser, codesOf(secret)())).body;
    await browser.post('/session/enrolment/completion');
    const browsers = await Promise.all(
      [0, 1, 2].map(async (number) => {
        const another = aBrowser(world);
        await another.signIn(hanako.loginId, password);
        const proof = { method: 'recovery_code', code: recoveryCodes[number] };
        expect((await another.post('/session/second-factor', { proof })).status).toBe(200);
        return another;
      }),
    );
    expect((await browser.remove('/second-factors/totp')).body.code).toBe('last_factor');

    const passkeys = await Promise.all(
      [1, 2].map((number) =>
        world.db
          .insertInto('passkeys')
          .values({
            id: `018f0000-0000-7000-8000-${hanako.id.slice(-11)}${number}`,
            user_id: hanako.id,
            name: `鍵${number}`,
            credential_id: `${hanako.id}-${number}`,
            public_key: Buffer.alloc(1),
            sign_count: 0,
            transports: [],
          })
          .returning('id')
          .executeTakeFirstOrThrow(),
      ),
    );
    const paths = ['/second-factors/totp', ...passkeys.map(({ id }) => `/second-factors/passkeys/${id}`)];
    const replies = await Promise.all(paths.map((path, number) => browsers[number]?.remove(path)));
    expect(replies.map((reply) => reply?.status).sort()).toEqual([200, 200, 409]);
    const { totp, passkeys: left } = await world.db
      .selectNoFrom((eb) => [
        eb
          .selectFrom('totp_secrets')
          .select((of) => of.fn.countAll<number>().as('n'))
          .where('user_id', '=', hanako.id)
          .as('totp'),
        eb
          .selectFrom('passkeys')
          .select((of) => of.fn.countAll<number>().as('n'))
          .where('user_id', '=', hanako.id)
          .as('passkeys'),
      ])
      .executeTakeFirstOrThrow();
    expect(Number(totp) + Number(left)).toBe(1);
  });
});
