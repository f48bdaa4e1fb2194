import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { aBrowser, device } from '#tests/support/browser.ts';
import { aPersonOf, type Person, password } from '#tests/support/person.ts';
import { aMerchant, anAddress, startWorld } from '#tests/support/world.ts';
import { unlockUser } from './count-guess.ts';
import { hashesMade } from './passwords.ts';

const world = startWorld();
const otherNode = startWorld();

const aPerson = async (): Promise<Person> => aPersonOf(world, { mids: [(await aMerchant(world)).mid] });

const entriesOf = async ({ id }: Person): Promise<string[]> => {
  const entries = await world.db
    .selectFrom('audit_entries')
    .select('action')
    .where(sql<boolean>`${id} = any (subjects)`)
    .orderBy('sequence')
    .execute();
  return entries.map(({ action }) => action);
};

describe('guesses at a password', () => {
  it.each(['one address', 'many addresses'])(
    'are looked at five times, though a hundred come at once from %s at two nodes',
    async (from) => {
      const hanako = await aPerson();
      const live = aBrowser(world);
      await live.signIn(hanako.loginId, password);
      live.cookies.delete(device);
      const address = anAddress();
      const before = hashesMade();

      const replies = await Promise.all(
        Array.from({ length: 100 }, (_, number) =>
          aBrowser(number % 2 === 0 ? world : otherNode, {
            address: from === 'one address' ? address : `198.51.100.${number}`,
          }).signIn(hanako.loginId, `guess ${number}`),
        ),
      );

      expect(hashesMade() - before).toBe(5);
      expect(replies.filter(({ body }) => body.code === 'wrong_credentials')).toHaveLength(4);
      expect(replies.filter(({ status }) => status === 429)).toHaveLength(96);
      const right = await aBrowser(otherNode).signIn(hanako.loginId, password);
      expect([right.status, right.headers.get('retry-after')]).toEqual([429, '1800']);
      expect((await live.get('/session')).status).toBe(200);
      const entries = await entriesOf(hanako);
      expect(entries.filter((action) => action === 'session.lock')).toHaveLength(1);
      expect(entries.filter((action) => action === 'session.refuse')).toHaveLength(101);
    },
  );

  it('of strangers do not lock the devices its person has signed in from, and those have a count of their own', async () => {
    const hanako = await aPerson();
    const own = aBrowser(world);
    await own.signIn(hanako.loginId, password);
    for (let guess = 0; guess < 5; guess += 1) await aBrowser(world).signIn(hanako.loginId, 'wrong');
    expect((await aBrowser(world).signIn(hanako.loginId, password)).status).toBe(429);

    expect((await own.at(otherNode, anAddress()).signIn(hanako.loginId, password)).status).toBe(200);
    for (let guess = 0; guess < 5; guess += 1) await own.signIn(hanako.loginId, 'wrong');
    expect((await own.signIn(hanako.loginId, password)).status).toBe(429);
  });

  it('take nothing from a device of somebody else, or one that nobody was given', async () => {
    const [hanako, taro] = [await aPerson(), await aPerson()];
    const taros = aBrowser(world);
    await taros.signIn(taro.loginId, password);
    for (let guess = 0; guess < 5; guess += 1) await aBrowser(world).signIn(hanako.loginId, 'wrong');
    expect((await taros.signIn(hanako.loginId, password)).status).toBe(429);

    const preset = aBrowser(world, { cookies: new Map([[device, 'chosen-by-somebody-else']]) });
    await preset.signIn(taro.loginId, password);
    expect(preset.cookies.get(device)).not.toBe('chosen-by-somebody-else');
  });

  it('from one address slow it down, twice as long each time, and leave others and known devices be', async () => {
    const hanako = await aPerson();
    const address = anAddress();
    const own = aBrowser(world, { address });
    await own.signIn(hanako.loginId, password);
    const spray = async (): Promise<string | null> => {
      for (let guess = 0; guess < 20; guess += 1) {
        await aBrowser(world, { address }).signIn(`nobody-${Math.random()}`, 'wrong');
      }
      const refused = await aBrowser(world, { address }).signIn(`nobody-${Math.random()}`, 'wrong');
      expect(refused.status).toBe(429);
      return refused.headers.get('retry-after');
    };
    expect(await spray()).toBe('60');
    expect((await own.signIn(hanako.loginId, password)).status).toBe(200);
    expect((await aBrowser(world).signIn(hanako.loginId, password)).status).toBe(200);

    await world.db
      .updateTable('guess_counts')
      .set({ locked_until: new Date(Date.now() - 1000) })
      .where('locked_until', '<', new Date(Date.now() + 70_000))
      .execute();
    expect(await spray()).toBe('120');
  });

  it('that are right cost an address nothing', async () => {
    const hanako = await aPerson();
    const address = anAddress();
    const replies = [];
    for (let time = 0; time < 25; time += 1) {
      replies.push(await aBrowser(world, { address }).signIn(hanako.loginId, password));
    }
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([200]));
  });

  it('are forgotten when an admin unlocks the user', async () => {
    const hanako = await aPerson();
    for (let guess = 0; guess < 6; guess += 1) await aBrowser(world).signIn(hanako.loginId, 'wrong');
    await world.bySystem.inTransaction((tx) => unlockUser(tx, hanako));
    expect((await aBrowser(world).signIn(hanako.loginId, password)).status).toBe(200);
  });

  it('wait in a line that ends: beyond it they are refused and not counted', async () => {
    const address = () => anAddress();
    const replies = await Promise.all(
      Array.from({ length: 120 }, (_, number) =>
        aBrowser(world, { address: address() }).signIn(`nobody-${number}-${Math.random()}`, 'wrong'),
      ),
    );
    const busy = replies.filter(({ status }) => status === 503);
    expect(busy.length).toBeGreaterThan(0);
    for (const { body, headers } of busy) {
      expect([body.code, headers.get('retry-after')]).toEqual(['too_busy', '5']);
    }
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([401, 503]));
  });
});

describe('who does not exist', () => {
  it('gets the same replies as who does, for the same work', async () => {
    for (let pair = 0; pair < 3; pair += 1) {
      const hanako = await aPerson();
      const work = [];
      for (const loginId of [hanako.loginId, `person-${crypto.randomUUID()}`]) {
        world.statements.length = 0;
        const before = hashesMade();
        const replies = [];
        for (let guess = 0; guess < 6; guess += 1) {
          const { status, body, headers } = await aBrowser(world).signIn(loginId, `wrong ${guess}`);
          const names = [...headers.keys()].filter((name) => name !== 'x-ratelimit-remaining');
          replies.push([status, { ...body, requestId: '' }, names.sort()]);
        }
        work.push({ replies, hashes: hashesMade() - before, statements: [...world.statements] });
      }
      expect(work[0]).toEqual(work[1]);
      expect(work[0]?.hashes).toBe(5);
    }
  });
});

describe('what signing in costs', () => {
  it('is one argon2 and two statements, and one statement for each request after it', async () => {
    const hanako = await aPerson();
    const browser = aBrowser(world);
    world.statements.length = 0;
    const before = hashesMade();
    expect((await browser.signIn(hanako.loginId, password)).status).toBe(200);
    expect([hashesMade() - before, world.statements.length]).toEqual([1, 2]);

    world.statements.length = 0;
    expect((await browser.get('/cases')).status).toBe(200);
    expect(world.statements.filter((statement) => /find_session/.test(statement))).toHaveLength(1);
    expect(world.statements).toHaveLength(2);
  });
});
