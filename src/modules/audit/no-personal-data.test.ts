import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { beforeAll, expect, it } from 'vitest';
import { createUser } from '#src/modules/people/index.ts';
import { anOwnDatabase } from '#tests/support/own-database.ts';
import {
  aMerchant,
  anInstitution,
  anOperator,
  aRequest,
  as,
  cancelled,
  startWorld,
} from '#tests/support/world.ts';
import { verifyTrail } from './verify-trail.ts';

const world = startWorld({ database: anOwnDatabase, settings: { LOG_LEVEL: 'silent' } });

/** A word that stands in everything personal and secret. */
const canary = `zq${randomBytes(6).toString('hex')}zq`;
const password = `${canary}-password`;
const loginId = `${canary}-login`;

beforeAll(async () => {
  const merchant = await aMerchant(world);
  const institution = await anInstitution(world);
  await world.db
    .updateTable('users')
    .set({ name: canary, email: sql<string>`id || ${`-${canary}@example.jp`}` })
    .execute();
  await world.bySystem.inTransaction((tx) =>
    createUser(tx, { loginId, name: canary, password, mid: merchant.mid, roles: ['admin'] }),
  );
  const request = aRequest(merchant.mid);
  const payment = {
    ...request.payment,
    customerId: canary,
    orderId: canary,
    productName: canary,
    cardBrand: canary,
  };
  const sent = { ...request, institutionReference: canary, supplement: canary, payment };
  const { body } = await as(world, institution).post('/cases', sent, { 'idempotency-key': canary });
  await as(world, institution).post('/cases', sent, { 'idempotency-key': canary });
  await as(world, institution).post('/cases', sent);
  const hanako = as(world, merchant.hanako);
  const draft = { content: { cancellation: { result: 'refused', reason: canary } } };
  await hanako.put(`/cases/${body.id}/draft`, draft, { 'if-match': '"0"' });
  await hanako.put(`/cases/${body.id}/draft`, { content: cancelled }, { 'if-match': '"1"' });
  await hanako.post(`/cases/${body.id}/answer`, { draftVersion: 2 });
  for (const path of ['', '/events', '/answer', '/answer-form', '/draft'])
    await hanako.get(`/cases/${body.id}${path}`);
  await hanako.get(`/cases?q=${canary}`);
  await hanako.get(`/cases.csv?q=${canary}`);
  await hanako.get(`/cases/${canary}`);
  const operator = as(world, await anOperator(world));
  await operator.post(`/cases/${body.id}/corrections`, { reason: canary });
  await operator.get(`/audit-entries?subject=${canary}&actor=${canary}&tenant=${canary}`);
  await operator.get(`/audit-entries.csv?subject=${canary}`);
  for (const guess of [password, `${canary}-wrong`])
    await as(world).post('/session', { userId: loginId, password: guess });
  await as(world).post('/session', { userId: canary, password });
  await as(world, { id: '', name: '', key: canary }).get('/cases');
  await hanako.put('/session/preferences', { locale: 'en', theme: 'dark' });
  await hanako.send('DELETE', '/session');
});

it('records all of it', async () => {
  const rows = await world.db.selectFrom('audit_entries').select('action').distinct().execute();
  expect(rows.map(({ action }) => action).sort()).toEqual([
    'access.refuse',
    'audit.export',
    'audit.look',
    'case.export',
    'case.look',
    'case.open_correction',
    'case.receive',
    'case.register_answer',
    'draft.look',
    'draft.save',
    'preferences.change',
    'reply.repeat',
    'schema.migrate',
    'session.end',
    'session.refuse',
    'session.start',
    'user.create',
  ]);
});

it('holds nothing personal and nothing secret of it', async () => {
  const { rows } = await sql<{
    entry: string;
  }>`select audit_entries::text as entry from audit_entries`.execute(world.db);
  expect(rows.filter(({ entry }) => entry.includes(canary) || /127\.0\.0\.1|@|[^ -~]/.test(entry))).toEqual(
    [],
  );
  // As a control: the canary is where it belongs.
  const { rows: cases } = await sql<{ row: string }>`select cases::text as row from cases`.execute(world.db);
  expect(cases.some(({ row }) => row.includes(canary))).toBe(true);
});

it('still fits after everything personal was erased', async () => {
  const erasing = [
    'set local session_replication_role = replica',
    'update cases set sealed_request = null, customer_index = null, order_id = null, erased_at = now()',
    'delete from case_keys',
    `update users set name = '-', email = null`,
    'delete from drafts',
    'delete from answers',
  ];
  await world.db.transaction().execute(async (tx) => {
    for (const statement of erasing) await sql.raw(statement).execute(tx);
  });
  expect(await verifyTrail(world.db)).toMatchObject({ count: 0 });
});
