import { describe, expect, it } from 'vitest';
import { aMerchant, as, type Caller, startWorld } from '#tests/support/world.ts';
import { renewSession } from './renew-session.ts';
import { sessionCookie } from './session-cookie.ts';

const world = startWorld();

type Person = Caller & { token: string };

const renew = ({ token }: Person, change?: Parameters<typeof renewSession>[3]): Promise<string> =>
  world.bySystem.inTransaction((tx) =>
    renewSession(
      tx,
      { cookies: { [sessionCookie.name]: token }, setHeader: () => undefined },
      { hours: 12 },
      change,
    ),
  );

const sees = async (person: Caller): Promise<number> => (await as(world, person).get('/cases')).status;

describe('renewing a session', () => {
  it('gives it a new id and ends the old one at once', async () => {
    const hanako = (await aMerchant(world)).hanako as Person;
    const token = await renew(hanako);

    expect(token).not.toBe(hanako.token);
    expect(await sees({ ...hanako, token })).toBe(200);
    expect(await sees(hanako)).toBe(401);
  });

  it('happens once, however many ask with one id', async () => {
    const hanako = (await aMerchant(world)).hanako as Person;
    const renewals = await Promise.allSettled(Array.from({ length: 8 }, () => renew(hanako)));

    expect(renewals.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('is refused to nobody’s id', async () => {
    const hanako = (await aMerchant(world)).hanako as Person;

    await expect(renew({ ...hanako, token: 'nonsense' })).rejects.toThrow('not_signed_in');
    await expect(renew({ ...hanako, token: '' })).rejects.toThrow('not_signed_in');
  });

  it('keeps how long the session lasts, and notes a proof only when there was one', async () => {
    const hanako = (await aMerchant(world)).hanako as Person;
    const stored = () =>
      world.db
        .selectFrom('sessions')
        .select(['expires_at', 'proved_at'])
        .where('user_id', '=', hanako.id)
        .executeTakeFirstOrThrow();
    const before = await stored();
    const token = await renew(hanako);
    expect(await stored()).toEqual(before);

    await renew({ ...hanako, token }, { isProven: true });
    const after = await stored();
    expect(after.expires_at).toEqual(before.expires_at);
    expect(after.proved_at.getTime()).toBeGreaterThan(before.proved_at.getTime());
  });
});
