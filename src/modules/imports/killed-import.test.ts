import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, inject, it } from 'vitest';
import { aMerchant, anInstitution, anOperator, as, startWorld, testKey } from '#tests/support/world.ts';
import { checkImport } from './check-import.ts';
import { runImport } from './run-import.ts';

const world = startWorld({ work: false });

const columns = {
  ...{ institutionReference: 'reference', mid: 'mid', requestedAt: 'requested', trackingId: 'tracking' },
  ...{ amount: 'amount', paidAt: 'paid', notificationType: 'type' },
};
const constants = { method: 'credit_card', goods: 'physical' };

function worker(importId: string) {
  const env = {
    ...{ PATH: process.env.PATH, DATABASE_URL: inject('connectionString'), DATA_KEY: testKey },
    ...{ AUDIT_SIGNING_KEY: testKey, MFA: 'optional' },
    AUDIT_ANCHOR_DIR: join(tmpdir(), 'shokai-test-anchors'),
  };
  return spawn(process.execPath, ['tests/support/import-program.ts', importId], { env, stdio: 'ignore' });
}

it('an import whose process is killed in the middle loses no line and takes none in twice', {
  timeout: 120_000,
}, async () => {
  const { mid } = await aMerchant(world);
  const mori = await anOperator(world, 'agent');
  const { institutionId } = await anInstitution(world);
  const lines = Array.from(
    { length: 6_000 },
    (_, at) => `K-${at},${mid}-001,2026/08/20 10:00,20260801000123,980,2026/08/01,inquiry.unrecognized`,
  );
  const { body } = await as(world, mori).send('POST', `/imports?institutionId=${institutionId}&name=k.csv`, {
    headers: { 'content-type': 'application/octet-stream' },
    raw: [Object.values(columns).join(','), ...lines].join('\n'),
  });
  const path = `/imports/${body.id}`;
  await as(world, mori).put(`${path}/mapping`, { mapping: { columns, constants } });
  await checkImport(world.bySystem, body.id);
  await as(world, mori).post(`${path}/confirmation`);

  const first = worker(body.id);
  const exit = once(first, 'exit');
  const created = async (): Promise<number> => (await as(world, mori).get(path)).body.result.created;
  for (let tries = 0; tries < 1_000 && (await created()) < 400; tries += 1) await wait(20);
  first.kill('SIGKILL');
  expect((await exit)[1]).toBe('SIGKILL');
  const before = (await as(world, mori).get(path)).body;
  expect(before.state).toBe('running');
  expect(before.result.created).toBeLessThan(6_000);

  await runImport(world.bySystem, body.id);
  const { body: after } = await as(world, mori).get(path);
  expect(after).toMatchObject({
    state: 'done',
    result: { line: 6_001, created: 6_000, known: 0, refused: 0 },
  });
  const cases = await world.db
    .selectFrom('cases')
    .select('institution_reference')
    .where('institution_id', '=', institutionId)
    .execute();
  expect(new Set(cases.map((row) => row.institution_reference)).size).toBe(6_000);
  const { body: result } = await as(world, mori).get(`${path}/result.csv`);
  expect(result.match(/,登録,/g)).toHaveLength(6_000);
});
