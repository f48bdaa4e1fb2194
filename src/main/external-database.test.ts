import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { startDebianPostgres } from '#tests/support/debian-postgres.ts';
import { aMerchant, aMerchantKey, as, everythingAbout, givenCase, startWorld } from '#tests/support/world.ts';

const world = startWorld({ database: startDebianPostgres, work: true });

it('runs the same code on an external PostgreSQL 15: taken in, drafted, registered, listed, counted, lasting', async () => {
  const merchant = await aMerchant(world);
  const caseId = await givenCase(world, merchant, { answered: true });
  const { rows } = await sql<{
    version: string;
  }>`select current_setting('server_version') as version`.execute(world.db);

  expect(rows[0]?.version).toMatch(/^15\./);
  expect(await everythingAbout(world, caseId)).toMatchObject({
    status: 'answered',
    events: ['receive', 'register_answer'],
  });
  const system = as(world, await aMerchantKey(world, merchant.mid));
  expect((await system.get('/cases?status=answered&q=C-1001')).body.data).toMatchObject([{ id: caseId }]);
  expect((await system.get('/cases/counts')).body.categories[0].counts).toEqual({ answered: 1 });
  expect((await system.get(`/cases/${caseId}`)).body.answers).toHaveLength(1);
  await expect(world.db.deleteFrom('answers').execute()).rejects.toThrow('append-only');
});
