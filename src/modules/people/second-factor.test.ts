import { describe, expect, it } from 'vitest';
import { aBrowser, type Browser, session, underWay } from '#tests/support/browser.ts';
import {
  aPersonOf,
  type Person,
  password,
  withApp,
  withRecoveryCodes,
  wrongCode,
} from '#tests/support/person.ts';
import { aMerchant, startWorld } from '#tests/support/world.ts';

const world = startWorld();
/** A second node on the same database. */
const otherNode = startWorld();

const aPerson = async (): Promise<Person> => aPersonOf(world, { mids: [(await aMerchant(world)).mid] });

/** A browser that gave the password of somebody with a second factor. */
async function atSecondFactor({ loginId }: Person, node = world): Promise<Browser> {
  const browser = aBrowser(node);
  const reply = await browser.signIn(loginId, password);
  expect([reply.status, reply.body.step]).toEqual([202, 'second_factor']);
  return browser;
}

const give = (browser: Browser, method: 'totp' | 'recovery_code', code: string) =>
  browser.post('/session/second-factor', { proof: { method, code } });

describe('signing in with an authenticator app', () => {
  it('starts no session before the code was given', async () => {
    const hanako = await aPerson();
    const app = await withApp(world, hanako);
    const browser = await atSecondFactor(hanako);

    expect(browser.cookies.has(session)).toBe(false);
    expect((await browser.get('/session')).status).toBe(401);
    browser.cookies.set(session, browser.cookies.get(underWay) ?? '');
    expect((await browser.get('/cases')).status).toBe(401);
    browser.cookies.delete(session);

    const reply = await give(browser, 'totp', app());
    expect(reply).toMatchObject({ status: 200, body: { user: { userId: hanako.loginId } } });
    expect(browser.cookies.has(underWay)).toBe(false);
    expect((await browser.get('/cases')).status).toBe(200);
  });

  it('takes the code of now and of the step before, however it is typed', async () => {
    for (const typed of [
      (app: (steps?: number) => string) => app(-1),
      (app: (steps?: number) => string) => app().replace(/(...)(...)/, '$1 $2'),
      (app: (steps?: number) => string) =>
        app().replace(/\d/g, (digit) => '０１２３４５６７８９'[Number(digit)] ?? ''),
    ]) {
      const hanako = await aPerson();
      const app = await withApp(world, hanako);
      expect((await give(await atSecondFactor(hanako), 'totp', typed(app))).status).toBe(200);
    }
  });

  it.each([-2, 2, -3, 10])('refuses a code that is %i steps away', async (steps) => {
    const hanako = await aPerson();
    const app = await withApp(world, hanako);
    const reply = await give(await atSecondFactor(hanako), 'totp', app(steps));
    expect(reply).toMatchObject({ status: 401, body: { code: 'wrong_factor' } });
  });

  it.each(['', '12345', '1234567', 'abcdef', '１２３'])('refuses %j', async (code) => {
    const hanako = await aPerson();
    await withApp(world, hanako);
    expect([400, 401]).toContain((await give(await atSecondFactor(hanako), 'totp', code)).status);
  });

  it('accepts a step once, though two nodes are given its code at the same time', async () => {
    const hanako = await aPerson();
    const app = await withApp(world, hanako);
    const browsers = await Promise.all(
      [world, otherNode, world, otherNode].map((node) => atSecondFactor(hanako, node)),
    );
    const code = app();
    const replies = await Promise.all(browsers.map((browser) => give(browser, 'totp', code)));

    expect(replies.filter(({ status }) => status === 200)).toHaveLength(1);
    expect((await give(await atSecondFactor(hanako), 'totp', code)).status).toBe(401);
  });

  it('finishes one sign-in once, however often it is asked to', async () => {
    const hanako = await aPerson();
    const app = await withApp(world, hanako);
    const browser = await atSecondFactor(hanako);
    const codes = [app(-1), app()];
    const replies = await Promise.all(codes.map((code) => give(browser.at(otherNode), 'totp', code)));

    expect(replies.filter(({ status }) => status === 200).length).toBe(1);
    const { count } = await world.db
      .selectFrom('sessions')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where('user_id', '=', hanako.id)
      .executeTakeFirstOrThrow();
    expect(Number(count)).toBe(1);
  });

  it('ends after ten minutes', async () => {
    const hanako = await aPerson();
    const app = await withApp(world, hanako);
    const browser = await atSecondFactor(hanako);
    await world.db
      .updateTable('sign_ins')
      .set({ expires_at: new Date(Date.now() - 1000) })
      .where('user_id', '=', hanako.id)
      .execute();
    expect(await give(browser, 'totp', app())).toMatchObject({
      status: 401,
      body: { code: 'sign_in_expired' },
    });
  });

  it('ends with its person being disabled', async () => {
    const hanako = await aPerson();
    const app = await withApp(world, hanako);
    const browser = await atSecondFactor(hanako);
    await world.db
      .updateTable('users')
      .set({ disabled_at: new Date() })
      .where('id', '=', hanako.id)
      .execute();
    expect((await give(browser, 'totp', app())).status).toBe(401);
  });

  it('takes nobody else’s code', async () => {
    const [hanako, taro] = [await aPerson(), await aPerson()];
    await withApp(world, hanako);
    const app = await withApp(world, taro);
    expect((await give(await atSecondFactor(hanako), 'totp', app())).status).toBe(401);
  });
});

describe('a recovery code', () => {
  it('works once, also for two at the same time, and typed as people do', async () => {
    const hanako = await aPerson();
    await withApp(world, hanako);
    const [first = '', second = ''] = await withRecoveryCodes(world, hanako);
    const browsers = await Promise.all([world, otherNode, world].map((node) => atSecondFactor(hanako, node)));
    const replies = await Promise.all(browsers.map((browser) => give(browser, 'recovery_code', first)));

    expect(replies.filter(({ status }) => status === 200)).toHaveLength(1);
    const typed = second.toLowerCase().replaceAll('-', ' ');
    expect((await give(await atSecondFactor(hanako), 'recovery_code', typed)).status).toBe(200);
    expect((await give(await atSecondFactor(hanako), 'recovery_code', second)).status).toBe(401);
  });

  it('is stored as a hash of 120 random bits', async () => {
    const hanako = await aPerson();
    const codes = await withRecoveryCodes(world, hanako);
    expect(new Set(codes).size).toBe(10);
    for (const code of codes) expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){5}[0-9A-HJKMNP-TV-Z]{4}$/);
    const stored = await world.db
      .selectFrom('recovery_codes')
      .selectAll()
      .where('user_id', '=', hanako.id)
      .execute();
    expect(JSON.stringify(stored)).not.toContain(codes[0]);
  });
});

describe('skipping a step', () => {
  const steps = [
    ['/session/second-factor', { proof: { method: 'totp', code: '000000' } }],
    ['/session/second-factor/passkey', {}],
    ['/session/enrolment/totp', {}],
    ['/session/enrolment/passkey', {}],
    ['/session/enrolment', { factor: { method: 'totp', code: '000000' } }],
    ['/session/enrolment/completion', {}],
    ['/session/membership', { membershipId: '018f0000-0000-7000-8000-000000000000' }],
  ] as const;

  it.each(steps)(
    'is refused at %s to who has not begun, and to who is at another step',
    async (path, body) => {
      expect((await aBrowser(world).post(path, body)).body.code).toBe('sign_in_expired');
      const hanako = await aPerson();
      await withApp(world, hanako);
      if (path.startsWith('/session/second-factor')) return;
      const browser = await atSecondFactor(hanako);
      const reply = await browser.post(path, { ...body, membershipId: hanako.memberships[0] });
      expect(reply.body.code).toBe('sign_in_expired');
      expect(browser.cookies.has(session)).toBe(false);
    },
  );
});

describe('guesses at the second factor', () => {
  it.each([
    ['totp', 'one address'],
    ['totp', 'many addresses'],
    ['recovery_code', 'one address'],
    ['recovery_code', 'many addresses'],
  ] as const)('at %s: of a hundred at once from %s, five are looked at', async (method, from) => {
    const hanako = await aPerson();
    const app = await withApp(world, hanako);
    await withRecoveryCodes(world, hanako);
    const browser = await atSecondFactor(hanako);
    const looked =
      method === 'totp' ? /^select "secret" from "totp_secrets"/ : /^delete from "recovery_codes"/;
    for (const node of [world, otherNode]) node.statements.length = 0;

    const replies = await Promise.all(
      Array.from({ length: 100 }, (_, number) => {
        const node = number % 2 === 0 ? world : otherNode;
        const elsewhere = from === 'many addresses' ? `192.0.2.${number}` : undefined;
        const code = method === 'totp' ? wrongCode(app, number) : `AAAA-${number}`;
        return give(browser.at(node, elsewhere), method, code);
      }),
    );

    const checked = [...world.statements, ...otherNode.statements].filter((statement) =>
      looked.test(statement),
    );
    expect(checked).toHaveLength(5);
    expect(replies.filter(({ status }) => status === 429)).toHaveLength(96);
    expect((await give(browser, 'totp', app())).status).toBe(429);
    expect((await aBrowser(world).signIn(hanako.loginId, password)).status).toBe(429);
  });

  it('count together with those at the password, and a right password gives none of them back', async () => {
    const hanako = await aPerson();
    const app = await withApp(world, hanako);
    for (let guess = 0; guess < 4; guess += 1) {
      const reply = await give(await atSecondFactor(hanako), 'totp', wrongCode(app, guess));
      expect(reply.body.code).toBe('wrong_factor');
    }
    const browser = await atSecondFactor(hanako);
    expect((await give(browser, 'totp', wrongCode(app, 5))).status).toBe(429);
    expect((await give(browser, 'totp', app())).status).toBe(429);
  });

  it('are forgotten once somebody has signed in', async () => {
    const hanako = await aPerson();
    await withApp(world, hanako);
    const codes = await withRecoveryCodes(world, hanako);
    for (const code of codes.slice(0, 3)) {
      for (let guess = 0; guess < 3; guess += 1) {
        await give(await atSecondFactor(hanako), 'recovery_code', 'wrong');
      }
      expect((await give(await atSecondFactor(hanako), 'recovery_code', code)).status).toBe(200);
    }
  });
});
