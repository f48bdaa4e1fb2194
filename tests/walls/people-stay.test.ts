/** Row-level security itself: a merchant's transaction makes nobody, and changes nobody but who acts. */
import { randomUUID } from 'node:crypto';
import { sql, type Transaction } from 'kysely';
import { expect, it } from 'vitest';
import type { DB } from '#src/platform/tables.ts';
import { aMerchant, startWorld } from '#tests/support/world.ts';

const world = startWorld();

/** What a statement comes to in a merchant's transaction, of which nothing stays: rows changed, or the error's code. */
async function outcomeFor(
  who: { mid: string; id: string },
  statement: ReturnType<typeof sql>,
): Promise<bigint | string> {
  const tx: Transaction<DB> & { rollback: () => { execute: () => Promise<unknown> } } = await world.db
    .startTransaction()
    .execute();
  try {
    await sql`select set_config('shokai.kind', 'merchant', true), set_config('shokai.mid', ${who.mid}, true),
      set_config('shokai.actor', ${who.id}, true)`.execute(tx);
    await sql`set local role shokai_app`.execute(tx);
    return (await statement.execute(tx)).numAffectedRows ?? 0n;
  } catch (error) {
    return (error as { code: string }).code;
  } finally {
    await tx.rollback().execute();
  }
}

it('makes no user and no membership, of its own merchant or another', async () => {
  const [own, other] = [await aMerchant(world), await aMerchant(world)];
  const who = { mid: own.mid, id: own.hanako.id };
  const user = sql`insert into users (id, login_id, name) values (gen_random_uuid(), ${randomUUID()}, ${'山田 花子'})`;
  expect(await outcomeFor(who, user)).toBe('42501');
  for (const mid of [own.mid, other.mid]) {
    const membership = sql`insert into memberships (id, user_id, mid, roles)
      values (gen_random_uuid(), ${other.hanako.id}, ${mid}, '{admin}')`;
    expect(await outcomeFor(who, membership)).toBe('42501');
  }
});

it('changes the row of who acts and of nobody else, not even of a colleague', async () => {
  const { mid, hanako, taro } = await aMerchant(world);
  const rename = (id: string) => sql`update users set name = ${'別の名前'} where id = ${id}`;
  expect(await outcomeFor({ mid, id: hanako.id }, rename(hanako.id))).toBe(1n);
  expect(await outcomeFor({ mid, id: hanako.id }, rename(taro.id))).toBe(0n);
});

it('makes no membership another person’s', async () => {
  const [own, other] = [await aMerchant(world), await aMerchant(world)];
  const move = sql`update memberships set user_id = ${other.hanako.id} where user_id = ${own.taro.id}`;
  expect(await outcomeFor({ mid: own.mid, id: own.hanako.id }, move)).toBe('23001');
});
