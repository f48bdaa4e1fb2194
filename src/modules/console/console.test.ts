import { describe, expect, it } from 'vitest';
import {
  aMerchant,
  anInstitution,
  anOperator,
  as,
  atTheSameTime,
  givenCase,
  startWorld,
} from '#tests/support/world.ts';

const world = startWorld();

describe('who looks after a case', () => {
  it('is told to operators alone, can be filtered by, and is recorded', async () => {
    const merchant = await aMerchant(world);
    const caseId = await givenCase(world, merchant);
    const [sato, other] = [await anOperator(world, 'agent'), await anOperator(world, 'agent')];
    const list = async (who: typeof sato, query: string) => {
      const { body } = await as(world, who).get(`/cases?mid=${merchant.mid}${query}`);
      return body.data.map(({ id }: { id: string }) => id);
    };
    expect(await list(sato, '&assignee=none')).toEqual([caseId]);

    const { status, body } = await as(world, sato).put(`/cases/${caseId}/assignee`, { operatorId: sato.id });

    expect([status, body.assignee]).toEqual([200, { id: sato.id, name: sato.name }]);
    expect(await list(sato, '&assignee=me')).toEqual([caseId]);
    expect(await list(other, '&assignee=me')).toEqual([]);
    expect(await list(other, `&assignee=${sato.id}`)).toEqual([caseId]);
    expect(await list(other, '&assignee=none')).toEqual([]);
    const seen = await as(world, merchant.hanako).get(`/cases/${caseId}`);
    expect('assignee' in seen.body).toBe(false);
    const listed = await as(world, merchant.hanako).get('/cases?assignee=none');
    expect(listed.body.data.map((row: object) => [(row as { id: string }).id, 'assignee' in row])).toEqual([
      [caseId, false],
    ]);
    const { body: trail } = await as(world, await anOperator(world)).get(`/audit-entries?subject=${caseId}`);
    expect(JSON.stringify(trail)).toContain('case.assign');
  });

  it('is an operator who can do the work: no merchant, no auditor, nobody unknown', async () => {
    const merchant = await aMerchant(world);
    const caseId = await givenCase(world, merchant);
    const auditor = await anOperator(world, 'auditor');
    const agent = as(world, await anOperator(world, 'agent'));
    for (const { id } of [merchant.hanako, auditor, { id: '018f0000-0000-7000-8000-000000000000' }]) {
      const { status, body } = await agent.put(`/cases/${caseId}/assignee`, { operatorId: id });
      expect([status, body.errors[0].pointer]).toEqual([400, '/operatorId']);
    }
    for (const caller of [merchant.hanako, auditor, await anInstitution(world)]) {
      const { status } = await as(world, caller).put(`/cases/${caseId}/assignee`, { operatorId: null });
      expect(status).toBe(403);
    }
  });

  it('is set by one after the other, and leaves the request as it was', async () => {
    const merchant = await aMerchant(world);
    const caseId = await givenCase(world, merchant);
    const people = [await anOperator(world), await anOperator(world, 'agent')];
    const before = await as(world, merchant.hanako).get(`/cases/${caseId}`);
    const calls = people.map(
      (who) => () => as(world, who).put(`/cases/${caseId}/assignee`, { operatorId: who.id }),
    );
    const replies = await atTheSameTime(world, caseId, calls);
    expect(replies.map(({ status }) => status)).toEqual([200, 200]);
    const after = await as(world, merchant.hanako).get(`/cases/${caseId}`);
    expect(after.body).toEqual(before.body);
  });
});

describe('an internal note', () => {
  it('is read by operators in the order of writing, and sealed with the case’s key', async () => {
    const merchant = await aMerchant(world);
    const caseId = await givenCase(world, merchant);
    const agent = as(world, await anOperator(world, 'agent'));
    for (const body of ['電話で確認しました', '書面を待っています']) {
      expect((await agent.post(`/cases/${caseId}/notes`, { body })).status).toBe(201);
    }
    const { body } = await as(world, await anOperator(world, 'auditor')).get(`/cases/${caseId}/notes`);
    expect(body.data.map((note: { body: string }) => note.body)).toEqual([
      '電話で確認しました',
      '書面を待っています',
    ]);
    const stored = await world.db
      .selectFrom('case_notes')
      .selectAll()
      .where('case_id', '=', caseId)
      .execute();
    for (const { sealed_body } of stored) expect(sealed_body?.includes(Buffer.from('確認'))).toBe(false);
  });

  it('is nothing to a merchant or an institution, and holds no card number', async () => {
    const merchant = await aMerchant(world);
    const caseId = await givenCase(world, merchant);
    const agent = as(world, await anOperator(world, 'agent'));
    await agent.post(`/cases/${caseId}/notes`, { body: '社内だけのメモ' });
    for (const caller of [merchant.hanako, merchant.yuki, await anInstitution(world)]) {
      expect((await as(world, caller).get(`/cases/${caseId}/notes`)).status).toBe(403);
      expect((await as(world, caller).post(`/cases/${caseId}/notes`, { body: 'x' })).status).toBe(403);
      const { body } = await as(world, caller).get(`/cases/${caseId}`);
      expect(JSON.stringify(body)).not.toContain('社内だけのメモ');
    }
    expect((await agent.post(`/cases/${caseId}/notes`, { body: '4111 1111 1111 1111' })).status).toBe(400);
    expect((await agent.post(`/cases/${caseId}/notes`, { body: ' ' })).status).toBe(400);
    expect((await agent.post('/cases/261124-000-000-000/notes', { body: 'x' })).status).toBe(404);
  });

  it('stays as it was written', async () => {
    const merchant = await aMerchant(world);
    const caseId = await givenCase(world, merchant);
    await as(world, await anOperator(world)).post(`/cases/${caseId}/notes`, { body: '残ります' });
    const change = world.db
      .updateTable('case_notes')
      .set({ sealed_body: null })
      .where('case_id', '=', caseId);
    await expect(change.execute()).rejects.toThrow('append-only');
    await expect(world.db.deleteFrom('case_notes').where('case_id', '=', caseId).execute()).rejects.toThrow(
      'append-only',
    );
  });
});

describe('the inbox', () => {
  it('counts what waits for whom, in one statement', async () => {
    const merchant = await aMerchant(world);
    const caseId = await givenCase(world, merchant);
    const agent = await anOperator(world, 'agent');
    const before = (await as(world, agent).get('/inbox')).body;
    await as(world, agent).put(`/cases/${caseId}/assignee`, { operatorId: agent.id });
    world.statements.length = 0;
    const { body } = await as(world, agent).get('/inbox');
    expect(world.statements).toHaveLength(2);
    expect([before.mine, body.mine]).toEqual([0, 1]);
    expect(body.unassigned).toBeLessThanOrEqual(body.mostCounted);
    await givenCase(world, merchant, { answered: true });
    expect((await as(world, agent).get('/inbox')).body.mine).toBe(1);
  });
});
