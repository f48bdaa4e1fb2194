import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { aMerchant, as, cancelled, givenCase, startWorld } from '#tests/support/world.ts';

const world = startWorld();

it('tells in the file which answers were late, and of no other case that it was', async () => {
  const merchant = await aMerchant(world);
  const inTime = await givenCase(world, merchant, { answered: true });
  const late = await givenCase(world, merchant, { draft: cancelled });
  const overdue = await givenCase(world, merchant);
  await sql`update cases set due_at = now() - interval '1 second' where id in (${late}, ${overdue})`.execute(
    world.db,
  );
  const registered = await as(world, merchant.hanako).post(`/cases/${late}/answer`, { draftVersion: 1 });
  expect(registered.body.late).toBe(true);
  for (const [language, heading, word] of [
    ['ja', '期限後回答', '期限後'],
    ['en', 'Answered late', 'late'],
  ] as const) {
    const { body } = await as(world, merchant.hanako).get('/cases.csv', { 'accept-language': language });
    const [head = [], ...rows] = body
      .slice(1)
      .trim()
      .split('\r\n')
      .map((line: string) => line.split(','));
    const told = rows.map((cells: string[]) => [cells[0], cells[head.indexOf(heading)]]);
    expect(new Map(told)).toEqual(
      new Map([
        [inTime, ''],
        [late, word],
        [overdue, ''],
      ]),
    );
  }
});
