import { describe, expect, it } from 'vitest';
import { aBrowser, session } from '#tests/support/browser.ts';
import { aPersonOf, password, withApp } from '#tests/support/person.ts';
import { aMerchant, startWorld } from '#tests/support/world.ts';

const world = startWorld();

async function aPersonOfTwo() {
  const mids = [(await aMerchant(world)).mid, (await aMerchant(world)).mid].sort();
  return { ...(await aPersonOf(world, { mids })), mids };
}

const midsOf = (memberships: { mid: string }[]): string[] => memberships.map(({ mid }) => mid);

describe('somebody of two merchants', () => {
  it('chooses one at signing in, and sees its services', async () => {
    const hanako = await aPersonOfTwo();
    const browser = aBrowser(world);
    const asked = await browser.signIn(hanako.loginId, password);
    expect(asked.status).toBe(202);
    expect([asked.body.step, midsOf(asked.body.memberships)]).toEqual(['membership', hanako.mids]);
    expect(browser.cookies.has(session)).toBe(false);

    const chosen = asked.body.memberships[1];
    const reply = await browser.post('/session/membership', { membershipId: chosen.id });
    expect([reply.status, reply.body.membershipId]).toEqual([200, chosen.id]);
    expect(new Set(midsOf(reply.body.services))).toEqual(new Set([hanako.mids[1]]));
    expect(midsOf(reply.body.memberships)).toEqual(hanako.mids);
  });

  it('is told the merchants’ names only after the second factor', async () => {
    const hanako = await aPersonOfTwo();
    const app = await withApp(world, hanako);
    const browser = aBrowser(world);
    const first = await browser.signIn(hanako.loginId, password);
    expect(first.body).toMatchObject({ step: 'second_factor', memberships: [] });
    expect((await browser.post('/session/membership', { membershipId: hanako.memberships[0] })).status).toBe(
      401,
    );

    const proof = { method: 'totp', code: app() };
    const second = await browser.post('/session/second-factor', { proof });
    expect([second.status, midsOf(second.body.memberships)]).toEqual([202, hanako.mids]);
    expect(browser.cookies.has(session)).toBe(false);
    expect((await browser.post('/session/membership', { membershipId: hanako.memberships[0] })).status).toBe(
      200,
    );
  });

  it('chooses none of somebody else, and none that was disabled', async () => {
    const [hanako, taro] = [await aPersonOfTwo(), await aPersonOfTwo()];
    const browser = aBrowser(world);
    await browser.signIn(hanako.loginId, password);
    expect((await browser.post('/session/membership', { membershipId: taro.memberships[0] })).status).toBe(
      404,
    );
    const [disabled = ''] = hanako.memberships;
    await world.db
      .updateTable('memberships')
      .set({ disabled_at: new Date() })
      .where('id', '=', disabled)
      .execute();
    expect((await browser.post('/session/membership', { membershipId: disabled })).status).toBe(404);
    expect(browser.cookies.has(session)).toBe(false);
  });

  it('chooses once: of two at the same time one starts a session', async () => {
    const hanako = await aPersonOfTwo();
    const browser = aBrowser(world);
    await browser.signIn(hanako.loginId, password);
    const replies = await Promise.all(
      hanako.memberships.map((membershipId) =>
        browser.at(world).post('/session/membership', { membershipId }),
      ),
    );
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 401]);
  });

  it('goes on as the other with a new session id, and the old one is dead', async () => {
    const hanako = await aPersonOfTwo();
    const browser = aBrowser(world);
    await browser.signIn(hanako.loginId, password);
    await browser.post('/session/membership', { membershipId: hanako.memberships[0] });
    const before = browser.at(world);
    const reply = await browser.put('/session/membership', { membershipId: hanako.memberships[1] });

    expect([reply.status, reply.body.membershipId]).toEqual([200, hanako.memberships[1]]);
    expect(browser.cookies.get(session)).not.toBe(before.cookies.get(session));
    expect((await before.get('/session')).status).toBe(401);
    expect((await browser.get('/session')).body.membershipId).toBe(hanako.memberships[1]);
  });

  it('goes on as nobody else', async () => {
    const [hanako, taro] = [await aPersonOfTwo(), await aPersonOfTwo()];
    const browser = aBrowser(world);
    await browser.signIn(hanako.loginId, password);
    await browser.post('/session/membership', { membershipId: hanako.memberships[0] });
    expect((await browser.put('/session/membership', { membershipId: taro.memberships[0] })).status).toBe(
      404,
    );
    expect((await browser.get('/session')).body.membershipId).toBe(hanako.memberships[0]);
  });

  it('is out at the next request when the membership is disabled, and stays in as the other', async () => {
    const hanako = await aPersonOfTwo();
    const browsers = await Promise.all(
      hanako.memberships.map(async (membershipId) => {
        const browser = aBrowser(world);
        await browser.signIn(hanako.loginId, password);
        await browser.post('/session/membership', { membershipId });
        return browser;
      }),
    );
    await world.db
      .updateTable('memberships')
      .set({ disabled_at: new Date() })
      .where('id', '=', hanako.memberships[0] ?? '')
      .execute();
    expect(await Promise.all(browsers.map(async (each) => (await each.get('/cases')).status))).toEqual([
      401, 200,
    ]);
  });
});

it('nobody sees the memberships of others', async () => {
  const hanako = await aPersonOfTwo();
  const { hanako: other } = await aMerchant(world);
  const seen = await world
    .actingFor({
      actor: { kind: 'merchant', id: other.id, name: '', mid: '00000', sids: null, rights: new Set() },
    })
    .reading((db) =>
      db
        .selectFrom((eb) => eb.fn('memberships_of', [eb.val(hanako.id)]).as('of'))
        .selectAll()
        .execute(),
    );
  expect(seen).toEqual([]);
});
