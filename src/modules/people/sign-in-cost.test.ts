import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { aPersonOf, password } from '#tests/support/person.ts';
import { aMerchant, as, startWorld } from '#tests/support/world.ts';

const world = startWorld();

it('asks the database for the guess and for the session, and as often whoever is wrong or unknown', async () => {
  const { loginId } = await aPersonOf(world, { mids: [(await aMerchant(world)).mid] });
  const signIns = [
    { userId: loginId, password, status: 200 },
    { userId: loginId, password: 'not the right words', status: 401 },
    { userId: randomUUID(), password, status: 401 },
  ];
  for (const { status, ...sent } of signIns) {
    world.statements.length = 0;
    const reply = await as(world).post('/session', sent);
    expect([reply.status, world.statements.length]).toEqual([status, 2]);
  }
});
