/** Row-level security itself: a merchant's transaction makes nobody, and changes nobody but who acts. */
import { randomUUID } from 'node:crypto';
import { type QueryResult, sql } from 'kysely';
import { expect, it } from 'vitest';
import { aMerchant, startWorld } from '#tests/support/world.ts';

const world = startWorld();

/** Whose transaction it is; the right is that of the route. */
type Acting = { mid: string; id: string; right?: string };

/** What a statement comes to in a merchant's transaction, of which nothing stays: its result, or the error's code. */
async function resultFor<Row>(
  { mid, id, right = '' }: Acting,
  statement: ReturnType<typeof sql<Row>>,
): Promise<QueryResult<Row> | string> {
  const tx = await world.db.startTransaction().execute();
  try {
    await sql`select set_config('shokai.kind', 'merchant', true), set_config('shokai.mid', ${mid}, true),
      set_config('shokai.actor', ${id}, true), set_config('shokai.right', ${right}, true)`.execute(tx);
    await sql`set local role shokai_app`.execute(tx);
    return await statement.execute(tx);
  } catch (error) {
    return (error as { code: string }).code;
  } finally {
    await tx.rollback().execute();
  }
}

/** How many rows a statement changes, or the error's code. */
async function outcomeFor(who: Acting, statement: ReturnType<typeof sql>): Promise<bigint | string> {
  const result = await resultFor(who, statement);
  return typeof result === 'string' ? result : (result.numAffectedRows ?? 0n);
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

it('takes away nobody’s second factors without the right to look after users', async () => {
  const { mid, hanako, taro } = await aMerchant(world);
  await sql`insert into passkeys values (gen_random_uuid(), ${taro.id}, 'n', ${randomUUID()}, '\\x00', 0, '{}')`.execute(
    world.db,
  );
  const reset = sql<{ count: number | null }>`select reset_second_factors(${taro.id}) as count`;
  const who = { mid, id: hanako.id };
  expect(await resultFor({ ...who, right: 'read_cases' }, reset)).toMatchObject({ rows: [{ count: null }] });
  expect(await resultFor({ ...who, right: 'manage_users' }, reset)).toMatchObject({ rows: [{ count: 1 }] });
});

it('makes no membership another person’s', async () => {
  const [own, other] = [await aMerchant(world), await aMerchant(world)];
  const move = sql`update memberships set user_id = ${other.hanako.id} where user_id = ${own.taro.id}`;
  expect(await outcomeFor({ mid: own.mid, id: own.hanako.id }, move)).toBe('23001');
});
