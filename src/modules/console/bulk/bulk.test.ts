import { describe, expect, it } from 'vitest';
import { untilSomebodyWaits } from '#tests/support/until-somebody-waits.ts';
import {
  aMerchant,
  anInstitution,
  anOperator,
  as,
  atTheSameTime,
  everythingAbout,
  givenCase,
  startWorld,
} from '#tests/support/world.ts';

const world = startWorld();

type Previewed = { caseId: string; version: string; why: string | null };

const seen = (preview: { cases: Previewed[] }) =>
  preview.cases.map(({ caseId, version }) => ({ caseId, version }));
const whyOf = (body: { cases: Previewed[] }) =>
  Object.fromEntries(body.cases.map(({ caseId, why }) => [caseId, why]));

async function givenFour() {
  const merchant = await aMerchant(world);
  const agent = await anOperator(world, 'agent');
  const [open, other, answered] = [
    await givenCase(world, merchant),
    await givenCase(world, merchant),
    await givenCase(world, merchant, { answered: true }),
  ];
  return { merchant, agent, open, other, answered, unknown: '261124-000-000-000' };
}

describe('withdrawing many cases', () => {
  it('does what the preview said of each, and says so', async () => {
    const { agent, open, other, answered, unknown } = await givenFour();
    const caseIds = [answered, open, unknown, other];

    const { body: preview } = await as(world, agent).post('/case-withdrawals/preview', { caseIds });

    expect(preview.cases.map(({ caseId }: Previewed) => caseId)).toEqual(caseIds);
    expect(whyOf(preview)).toEqual({
      [answered]: 'action_not_possible',
      [open]: null,
      [unknown]: 'case_not_found',
      [other]: null,
    });
    expect([preview.goes, preview.stays]).toEqual([2, 2]);
    expect((await everythingAbout(world, open))?.status).toBe('received');

    const { status, body } = await as(world, agent).post('/case-withdrawals', {
      reason: '決済機関から取下げの連絡',
      cases: seen(preview),
    });

    expect([status, body.done, body.left]).toEqual([200, 2, 2]);
    expect(whyOf(body)).toEqual(whyOf(preview));
    for (const id of [open, other])
      expect(await everythingAbout(world, id)).toMatchObject({
        status: 'withdrawn',
        events: ['receive', 'withdraw'],
      });
    expect((await everythingAbout(world, answered))?.status).toBe('answered');
  });

  it('leaves a case that changed since, and lets the others go', async () => {
    const { merchant, agent, open, other } = await givenFour();
    const { body: preview } = await as(world, agent).post('/case-withdrawals/preview', {
      caseIds: [open, other],
    });
    await as(world, agent).put(`/cases/${open}/assignee`, { operatorId: agent.id });

    const cases = seen(preview);
    const { body } = await as(world, agent).post('/case-withdrawals', { reason: '重複', cases });

    expect(whyOf(body)).toEqual({ [open]: 'changed_meanwhile', [other]: null });
    expect((await everythingAbout(world, open))?.status).toBe('received');
    const { body: events } = await as(world, merchant.hanako).get(`/cases/${other}`);
    expect(events.events.at(-1)).toMatchObject({ action: 'withdraw', reason: '重複', actorName: null });
  });

  it('leaves a case whose merchant asked for more time while it waited for it', async () => {
    const { merchant, agent, open } = await givenFour();
    const { body: preview } = await as(world, agent).post('/case-withdrawals/preview', { caseIds: [open] });
    const sent = { reason: '重複', cases: seen(preview) };
    const reason = '確認中のため';
    let running: ReturnType<ReturnType<typeof as>['post']>[] = [];
    // The merchant is the first to wait, and its step leaves the status as it is.
    await world.db.transaction().execute(async (tx) => {
      await tx.selectFrom('cases').select('id').where('id', '=', open).forUpdate().execute();
      running = [as(world, merchant.hanako).post(`/cases/${open}/extension-requests`, { reason })];
      await untilSomebodyWaits(world);
      running.push(as(world, agent).post('/case-withdrawals', sent));
      await untilSomebodyWaits(world, 2);
    });
    const [asked, withdrawn] = await Promise.all(running);

    expect(asked?.status).toBeLessThan(300);
    expect(whyOf(withdrawn?.body)).toEqual({ [open]: 'changed_meanwhile' });
    expect((await everythingAbout(world, open))?.events).toEqual(['receive', 'request_extension']);
  });

  it('happens once, with the same key and without, also when pressed twice at once', async () => {
    const { agent, open, other } = await givenFour();
    const { body: preview } = await as(world, agent).post('/case-withdrawals/preview', {
      caseIds: [other, open],
    });
    const sent = { reason: '重複', cases: seen(preview) };
    const press = (key?: string) => () =>
      as(world, agent).post('/case-withdrawals', sent, key ? { 'idempotency-key': key } : {});

    const replies = await atTheSameTime(world, open, [press('a'), press()]);
    const again = await press('a')();

    expect(replies.map(({ body }) => body.done).sort()).toEqual([0, 2]);
    expect(again.body).toEqual(replies[0]?.body);
    for (const id of [open, other])
      expect((await everythingAbout(world, id))?.events).toEqual(['receive', 'withdraw']);
  });
});

describe('assigning many cases', () => {
  it('gives them to an operator, and takes them from whoever has them', async () => {
    const { agent, open, other, answered } = await givenFour();
    const caseIds = [open, other, answered];
    await as(world, agent).put(`/cases/${other}/assignee`, { operatorId: agent.id });
    const assignTo = async (operatorId: string | null) => {
      const { body: preview } = await as(world, agent).post('/case-assignments/preview', {
        operatorId,
        caseIds,
      });
      const { body } = await as(world, agent).post('/case-assignments', { operatorId, cases: seen(preview) });
      expect(whyOf(body)).toEqual(whyOf(preview));
      return body;
    };

    expect(whyOf(await assignTo(agent.id))).toEqual({ [open]: null, [other]: 'no_change', [answered]: null });
    const { body } = await as(world, agent).get(`/cases/${open}`);
    expect(body.assignee.id).toBe(agent.id);
    expect(await assignTo(null)).toMatchObject({ done: 3, left: 0 });
    expect((await as(world, agent).get(`/cases/${open}`)).body.assignee).toBeNull();

    const { body: trail } = await as(world, await anOperator(world)).get(
      `/audit-entries?subject=${answered}`,
    );
    expect(trail.data.filter(({ action }: { action: string }) => action === 'case.assign')).toHaveLength(2);
  });

  it('is refused for who cannot look after cases, before anything is done', async () => {
    const { agent, open } = await givenFour();
    const auditor = await anOperator(world, 'auditor');
    const preview = await as(world, agent).post('/case-assignments/preview', {
      operatorId: auditor.id,
      caseIds: [open],
    });
    expect([preview.status, preview.body.errors[0].pointer]).toEqual([400, '/operatorId']);
    const cases = [{ caseId: open, version: 'received.1.nobody' }];
    const { status } = await as(world, agent).post('/case-assignments', { operatorId: auditor.id, cases });
    expect(status).toBe(400);
  });
});

describe('who may', () => {
  it('are admins and agents; merchants, institutions and auditors are refused', async () => {
    const { merchant, open } = await givenFour();
    const cases = [{ caseId: open, version: 'received.1.nobody' }];
    for (const who of [merchant.hanako, await anInstitution(world), await anOperator(world, 'auditor')]) {
      const caller = as(world, who);
      const replies = [
        await caller.post('/case-assignments/preview', { operatorId: null, caseIds: [open] }),
        await caller.post('/case-assignments', { operatorId: null, cases }),
        await caller.post('/case-withdrawals/preview', { caseIds: [open] }),
        await caller.post('/case-withdrawals', { reason: 'x', cases }),
      ];
      expect(replies.map(({ status }) => status)).toEqual([403, 403, 403, 403]);
    }
    expect((await everythingAbout(world, open))?.status).toBe('received');
  });

  it('choose a hundred cases at most, and give a reason', async () => {
    const agent = as(world, await anOperator(world, 'agent'));
    const caseId = '261124-000-000-000';
    const many = Array.from({ length: 101 }, (_, n) => `261124-000-000-${String(n).padStart(3, '0')}`);
    expect((await agent.post('/case-withdrawals/preview', { caseIds: many })).status).toBe(400);
    expect((await agent.post('/case-withdrawals/preview', { caseIds: many.slice(1) })).body.stays).toBe(100);
    expect((await agent.post('/case-withdrawals/preview', { caseIds: [] })).status).toBe(400);
    const cases = [{ caseId, version: 'none' }];
    expect((await agent.post('/case-withdrawals', { reason: ' ', cases })).status).toBe(400);
    expect((await agent.post('/case-withdrawals', { reason: '4111 1111 1111 1111', cases })).status).toBe(
      400,
    );
  });
});
