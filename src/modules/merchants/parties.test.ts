import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import {
  aFreeMid,
  aMerchant,
  anInstitution,
  anOperator,
  aRequest,
  as,
  cancelled,
  startWorld,
} from '#tests/support/world.ts';

const world = startWorld();
const newId = (): string => `P-${randomUUID().slice(0, 12).toUpperCase()}`;
const service = { sid: '001', name: '本店', goods: 'physical', linksProductNames: true, isStopped: false };

/** The entries of the audit trail about an id. */
async function trailOf(subject: string): Promise<string[]> {
  const rows = await world.db
    .selectFrom('audit_entries')
    .select('action')
    .where(sql<boolean>`${subject} = any (subjects)`)
    .orderBy('sequence')
    .execute();
  return rows.map(({ action }) => action);
}

describe('an institution', () => {
  it('is added once, renamed, retired and taken up again, each step in the audit trail', async () => {
    const admin = as(world, await anOperator(world));
    const id = newId();
    const added = await admin.post('/institutions', { id, name: 'あさひカード', kind: 'card' });
    expect(added).toMatchObject({
      status: 201,
      body: { id, version: 1, retiredAt: null, keys: 0, adapters: [] },
    });
    const again = await admin.post('/institutions', { id, name: 'あさひカード', kind: 'card' });
    expect(again).toMatchObject({ status: 409, body: { code: 'institution_exists' } });
    const change = { name: 'あさひペイ', kind: 'wallet', isRetired: true };
    const retired = await admin.put(`/institutions/${id}`, change, { 'if-match': '"1"' });
    expect(retired).toMatchObject({ status: 200, body: { name: 'あさひペイ', kind: 'wallet', version: 2 } });
    expect(retired.body.retiredAt).not.toBeNull();
    await admin.put(`/institutions/${id}`, { ...change, isRetired: false }, { 'if-match': '"2"' });
    expect(await trailOf(id)).toEqual(['institution.add', 'institution.retire', 'institution.resume']);
  });

  it('is not changed by who saw an older version, or names none', async () => {
    const admin = as(world, await anOperator(world));
    const { institutionId } = await anInstitution(world);
    const change = { name: '名称', kind: 'card', isRetired: false };
    const put = (headers?: Record<string, string>) =>
      admin.put(`/institutions/${institutionId}`, change, headers);
    const both = await Promise.all([put({ 'if-match': '"1"' }), put({ 'if-match': '"1"' })]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 412]);
    expect(await put()).toMatchObject({ status: 428 });
  });

  it('sends nothing more once it is retired, and what it sent is answered', async () => {
    const merchant = await aMerchant(world);
    const institution = await anInstitution(world);
    const first = await as(world, institution).post('/cases', aRequest(merchant.mid));
    const admin = as(world, await anOperator(world));
    const change = { name: '終了', kind: 'card', isRetired: true };
    await admin.put(`/institutions/${institution.institutionId}`, change, { 'if-match': '"1"' });
    const second = await as(world, institution).post('/cases', aRequest(merchant.mid));
    expect(second).toMatchObject({ status: 422, body: { errors: [{ code: 'institution_retired' }] } });
    const hanako = as(world, merchant.hanako);
    await hanako.put(`/cases/${first.body.id}/draft`, { content: cancelled }, { 'if-match': '"0"' });
    expect((await hanako.post(`/cases/${first.body.id}/answer`, { draftVersion: 1 })).status).toBe(201);
  });
});

describe('a merchant', () => {
  const aNewMid = async (): Promise<string> => {
    const mid = await aFreeMid(world);
    await world.db.deleteFrom('merchants').where('mid', '=', mid).execute();
    return mid;
  };

  it('is added with its services, found by a part of its name, and read', async () => {
    const admin = as(world, await anOperator(world));
    const mid = await aNewMid();
    const name = `株式会社${randomUUID()}`;
    const added = await admin.post('/merchants', { mid, name, services: [service] });
    expect(added).toMatchObject({ status: 201, body: { mid, name, version: 1, users: 0, contacts: 0 } });
    const again = await admin.post('/merchants', { mid, name, services: [service] });
    expect(again).toMatchObject({ status: 409, body: { code: 'merchant_exists' } });
    const auditor = as(world, await anOperator(world, 'auditor'));
    const found = await auditor.get(`/merchants?q=${encodeURIComponent(name.slice(3, 30))}`);
    expect(found.body.data).toMatchObject([{ mid, services: 1, stoppedAt: null }]);
    const read = await auditor.get(`/merchants/${mid}`);
    expect(read.body.services).toEqual([
      { sid: '001', name: '本店', goods: 'physical', linksProductNames: true, stoppedAt: null },
    ]);
    expect(
      (await auditor.put(`/merchants/${mid}`, { name, isStopped: true, services: [service] })).status,
    ).toBe(403);
  });

  it('keeps all its services, gets new ones, and is changed by who saw its newest version only', async () => {
    const admin = as(world, await anOperator(world));
    const { mid } = await aMerchant(world);
    const services = ['001', '002', '003'].map((sid) => ({ ...service, sid }));
    const put = (body: object, version: number) =>
      admin.put(`/merchants/${mid}`, body, { 'if-match': `"${version}"` });
    const change = { name: '新しい名称', isStopped: false, services };
    const both = await Promise.all([put(change, 1), put(change, 1)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 412]);
    const without = await put({ ...change, services: services.slice(1) }, 2);
    expect(without).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '/services', code: 'service_missing' }] },
    });
    const twice = await put({ ...change, services: [...services, service] }, 2);
    expect(twice).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '/services/3/sid', code: 'service_twice' }] },
    });
    expect((await admin.get(`/merchants/${mid}`)).body).toMatchObject({ version: 2, services: [{}, {}, {}] });
    expect(await trailOf(mid)).toContain('merchant.change');
  });

  it.each([
    ['one service', { isStopped: false, services: ['002', '003'] }],
    ['the merchant', { isStopped: true, services: [] }],
  ])('gets no new requests for what is stopped: %s', async (_, { isStopped, services: stopped }) => {
    const admin = as(world, await anOperator(world));
    const { mid } = await aMerchant(world);
    const services = ['001', '002'].map((sid) => ({ ...service, sid, isStopped: stopped.includes(sid) }));
    await admin.put(`/merchants/${mid}`, { name: '停止', isStopped, services }, { 'if-match': '"1"' });
    const institution = as(world, await anInstitution(world));
    const refused = await institution.post('/cases', aRequest(mid, { sid: '002' }));
    expect(refused).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/sid', code: 'service_stopped' }] },
    });
    const other = await institution.post('/cases', aRequest(mid, { sid: '001' }));
    expect(other.status).toBe(isStopped ? 422 : 201);
  });
});
