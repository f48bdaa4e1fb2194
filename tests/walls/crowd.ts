/** Many tenants at random: merchants with services, institutions, people of every kind, and cases among all of them. */
import { randomBytes, randomInt } from 'node:crypto';
import {
  aFreeMid,
  aKey,
  anInstitution,
  anOperator,
  aPerson,
  aRequest,
  as,
  type World,
} from '#tests/support/world.ts';
import type { Caller } from './callers.ts';

/** What a case is, as its makers know it. */
export type KnownCase = {
  id: string;
  owner: { mid: string; sid: string; institutionId: string };
  orderId: string;
  customerId: string;
  trackingId: string;
};

export type Crowd = { callers: readonly Caller[]; cases: readonly KnownCase[] };

const sids = ['001', '002', '003'];
const some = <Item>(items: readonly Item[]): Item => items[randomInt(items.length)] as Item;

/** Makes three merchants, three institutions and as many cases as wanted. */
export async function makeCrowd(world: World, caseCount: number): Promise<Crowd> {
  const mids = [await makeMerchant(world), await makeMerchant(world), await makeMerchant(world)];
  const institutions = [await anInstitution(world), await anInstitution(world), await anInstitution(world)];
  const callers: Caller[] = [];
  for (const mid of mids) callers.push(...(await makePeople(world, mid)));
  for (const { institutionId, ...credential } of institutions)
    callers.push({ ...living('institution', ['institution.key'], credential), institutionId });
  callers.push(living('operator', ['operator.admin'], await anOperator(world)));
  const cases: KnownCase[] = [];
  for (const institution of institutions) {
    const requests = Array.from({ length: Math.ceil(caseCount / institutions.length) }, () => {
      const request = aRequest(some(mids), { sid: some(sids) });
      const [customerId, orderId] = [
        `C-${randomBytes(6).toString('hex')}`,
        `A-${randomBytes(6).toString('hex')}`,
      ];
      return { ...request, payment: { ...request.payment, customerId, orderId } };
    });
    const ids = await takeIn(world, institution, requests);
    for (const [index, { mid, sid, payment }] of requests.entries()) {
      const { customerId, orderId, trackingId } = payment;
      const owner = { mid, sid, institutionId: institution.institutionId };
      cases.push({ id: ids[index] ?? '', owner, orderId, customerId, trackingId });
    }
  }
  return { callers, cases };
}

const living = (name: string, roles: Caller['roles'], credential: Caller['credential']): Caller => ({
  ...{ name, roles, isSignedIn: true },
  ...(credential && { credential }),
});

async function makeMerchant({ db }: World): Promise<string> {
  const mid = await aFreeMid({ db });
  await db
    .insertInto('services')
    .values(sids.map((sid) => ({ mid, sid, name: `サービス${sid}` })))
    .execute();
  return mid;
}

async function makePeople(world: World, mid: string): Promise<Caller[]> {
  const person = async (role: 'admin' | 'responder' | 'viewer', only?: string[]): Promise<Caller> => {
    const credential = await aPerson(world, { name: '担当者', mid, roles: [role], sids: only ?? null });
    return {
      ...living(`${role} of ${mid} ${only ?? ''}`, [`merchant.${role}`], credential),
      mid,
      ...(only && { sids: only }),
    };
  };
  const key = await aKey(world, { mid, institution_id: null }, ['read_cases', 'answer_cases']);
  return [
    await person('admin'),
    await person('responder'),
    await person('viewer', ['001']),
    await person('responder', ['001']),
    await person('responder', ['002', '003']),
    { ...living(`key of ${mid}`, ['merchant.key'], key), mid },
  ];
}

/** Takes requests in as one file; tells their numbers in order. */
async function takeIn(world: World, institution: Caller['credential'], requests: readonly object[]) {
  const { body, status } = await as(world, institution).send('POST', '/cases/batch', {
    raw: requests.map((request) => `${JSON.stringify(request)}\n`).join(''),
    headers: { 'content-type': 'application/x-ndjson' },
  });
  const lines = String(typeof body === 'string' ? body : JSON.stringify(body))
    .trim()
    .split('\n');
  const ids = lines.map((line) => (JSON.parse(line) as { caseId?: string }).caseId);
  if (status !== 200 || ids.some((id) => !id)) throw new Error(`not all were taken in: ${lines[0]}`);
  return ids.map(String);
}
