import { describe, expect, it } from 'vitest';
import { askingIn, corrected, reason } from '#tests/support/asking.ts';
import {
  aMerchant,
  anOperator,
  as,
  atTheSameTime,
  cancelled,
  givenCase,
  inDays,
  startWorld,
} from '#tests/support/world.ts';

const world = startWorld();
const { ask, decide, traces } = askingIn(world);

describe('at the same time', () => {
  it('ten colleagues ask once, and two operators decide once', async () => {
    const merchant = await aMerchant(world);
    const caseId = await givenCase(world, merchant);
    const asked = await atTheSameTime(
      world,
      caseId,
      Array.from({ length: 8 }, () => () => ask(merchant.hanako, caseId, 'extension')),
    );
    expect(asked.map(({ status }) => status).sort()).toEqual([201, ...Array(7).fill(409)]);
    const [one, other] = [await anOperator(world), await anOperator(world)];
    const decisions = await atTheSameTime(world, caseId, [
      () => decide(caseId, 'extension', { decision: 'granted', dueAt: inDays(20) }, one),
      () => decide(caseId, 'extension', { decision: 'refused' }, other),
    ]);
    expect(decisions.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect((await traces(caseId)).requests).toHaveLength(1);
  });

  it('an answer and an extension both hold, in one order or the other, and nothing is half done (C4)', async () => {
    const merchant = await aMerchant(world);
    const caseId = await givenCase(world, merchant, { draft: cancelled });
    await ask(merchant.hanako, caseId, 'extension');
    const operator = await anOperator(world);
    const [registered, granted] = await atTheSameTime(world, caseId, [
      () => as(world, merchant.hanako).post(`/cases/${caseId}/answer`, { draftVersion: 1 }),
      () => decide(caseId, 'extension', { decision: 'granted', dueAt: inDays(20) }, operator),
    ]);
    expect(registered?.status).toBe(201);
    expect([200, 409]).toContain(granted?.status);
    const { requests, status, answers } = await traces(caseId);
    expect(requests).toMatchObject([{ state: granted?.status === 200 ? 'granted' : 'lapsed' }]);
    expect([status, answers?.length]).toEqual(['answered', 1]);
  });

  it('two operators open a case once, and a double click registers one further version', async () => {
    const merchant = await aMerchant(world);
    const caseId = await givenCase(world, merchant, { answered: true });
    await ask(merchant.hanako, caseId, 'correction');
    const [one, other] = [await anOperator(world), await anOperator(world)];
    const opened = await atTheSameTime(world, caseId, [
      () => as(world, one).post(`/cases/${caseId}/corrections`, { reason }),
      () => decide(caseId, 'correction', { decision: 'granted' }, other),
    ]);
    expect(opened.filter(({ status }) => status < 300)).toHaveLength(1);
    expect(opened.filter(({ status }) => status === 409)).toHaveLength(1);
    await as(world, merchant.hanako).put(
      `/cases/${caseId}/draft`,
      { content: corrected },
      { 'if-match': '"1"' },
    );
    const clicks = await atTheSameTime(
      world,
      caseId,
      [0, 1, 2].map(
        () => () => as(world, merchant.hanako).post(`/cases/${caseId}/answer`, { draftVersion: 2 }),
      ),
    );
    expect(clicks.map(({ status, body }) => [status, body.version])).toEqual(Array(3).fill([201, 2]));
    const { answers, events, requests } = await traces(caseId);
    expect([answers?.length, events?.filter((step) => step === 'register_answer').length]).toEqual([2, 2]);
    expect(requests).toEqual([{ kind: 'correction', state: 'granted' }]);
  });

  it('the next version, a withdrawal and the end of the correction: one of them holds', async () => {
    const merchant = await aMerchant(world);
    const caseId = await givenCase(world, merchant, { answered: true });
    const [sato, mori] = [as(world, await anOperator(world)), as(world, await anOperator(world, 'agent'))];
    await sato.post(`/cases/${caseId}/corrections`, { reason });
    await as(world, merchant.hanako).put(
      `/cases/${caseId}/draft`,
      { content: corrected },
      { 'if-match': '"1"' },
    );
    const [registered, ...others] = await atTheSameTime(world, caseId, [
      () => as(world, merchant.hanako).post(`/cases/${caseId}/answer`, { draftVersion: 2 }),
      () => sato.post(`/cases/${caseId}/withdrawal`, { reason }),
      () => mori.post(`/cases/${caseId}/corrections/end`, { reason }),
    ]);
    const held = [registered, ...others].filter((reply) => (reply?.status ?? 500) < 300);
    expect(held).toHaveLength(1);
    const { answers, events } = await traces(caseId);
    expect([answers?.length, events?.length]).toEqual([registered?.status === 201 ? 2 : 1, 4]);
  });

  it('the same key asks once and gives the same reply', async () => {
    const merchant = await aMerchant(world);
    const caseId = await givenCase(world, merchant);
    const key = { 'idempotency-key': `ask-${caseId}` };
    const send = () =>
      as(world, merchant.hanako).post(`/cases/${caseId}/extension-requests`, { reason }, key);
    const [one, other] = [await send(), await send()];
    expect([one.status, other.status]).toEqual([201, 201]);
    expect(other.body).toEqual(one.body);
  });
});
