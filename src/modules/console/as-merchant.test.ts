import { expect, it } from 'vitest';
import {
  aKey,
  aMerchant,
  anInstitution,
  anOperator,
  aPerson,
  as,
  givenCase,
  startWorld,
} from '#tests/support/world.ts';

const world = startWorld();

it('is the merchant’s own reply, to the letter, with nothing that is the operators’', async () => {
  const merchant = await aMerchant(world);
  const responder = await aPerson(world, {
    name: '木村 葵',
    mid: merchant.mid,
    roles: ['responder'],
    sids: null,
  });
  const agent = await anOperator(world, 'agent');
  for (const given of [{}, { draft: {} }, { answered: true }]) {
    const caseId = await givenCase(world, merchant, given);
    await as(world, agent).put(`/cases/${caseId}/assignee`, { operatorId: agent.id });
    await as(world, agent).post(`/cases/${caseId}/notes`, { body: '社内だけのメモ' });
    if ('answered' in given)
      await as(world, agent).post(`/cases/${caseId}/corrections`, { reason: '金額の訂正' });

    const { status, body } = await as(world, agent).get(`/cases/${caseId}/as-merchant`);

    expect(status).toBe(200);
    expect(body).toEqual((await as(world, responder).get(`/cases/${caseId}`)).body);
    expect('assignee' in body).toBe(false);
    expect(JSON.stringify(body)).not.toContain(agent.name);
    expect(JSON.stringify(body)).not.toContain('社内だけのメモ');
  }
});

it('is recorded as a look, and as whose', async () => {
  const caseId = await givenCase(world, await aMerchant(world));
  await as(world, await anOperator(world, 'auditor')).get(`/cases/${caseId}/as-merchant`);
  const { body } = await as(world, await anOperator(world)).get(
    `/audit-entries?subject=${caseId}&action=case.look`,
  );
  expect(body.data[0].details).toEqual({ personalData: 'shown', asMerchant: true });
});

it('is masked for a key that may not read personal data, and nothing for anybody else', async () => {
  const merchant = await aMerchant(world);
  const caseId = await givenCase(world, merchant);
  const key = await aKey(world, { mid: null, institution_id: null }, ['read_cases']);
  const { body } = await as(world, key).get(`/cases/${caseId}/as-merchant`);
  expect([body.personalData, body.payment.customerId, body.possibleActions]).toEqual(['masked', '●●●●', []]);
  for (const caller of [merchant.hanako, await anInstitution(world)])
    expect((await as(world, caller).get(`/cases/${caseId}/as-merchant`)).status).toBe(403);
  expect((await as(world, key).get('/cases/261124-000-000-000/as-merchant')).status).toBe(404);
});
