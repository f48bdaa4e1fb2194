import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import {
  aMerchant,
  aMerchantKey,
  anInstitution,
  anOperator,
  as,
  atTheSameTime,
  cancelled,
  everythingAbout,
  givenCase,
  inDays,
  type Merchant,
  startWorld,
} from '#tests/support/world.ts';
import { expireCases } from './close-cases.ts';

const world = startWorld();
const reason = '金額に誤りがあったため';
const secret = '090-0000-0000に確認中';

const ask = (who: Merchant['hanako'], caseId: string, kind: 'correction' | 'extension', why = reason) =>
  as(world, who).post(`/cases/${caseId}/${kind}-requests`, { reason: why });

type Decision = { decision: 'granted' | 'refused'; dueAt?: string; reason?: string };

const decide = async (
  caseId: string,
  kind: 'correction' | 'extension',
  { number = 1, ...decision }: Decision & { number?: number },
  who?: Merchant['hanako'],
) =>
  as(world, who ?? (await anOperator(world, 'agent'))).post(
    `/cases/${caseId}/${kind}-requests/${number}/decision`,
    {
      reason: '承知しました',
      ...decision,
    },
  );

const corrected = {
  cancellation: { ...cancelled.cancellation, lastAmount: { value: 1980, currency: 'JPY' } },
};

async function registerNext({ hanako }: Merchant, caseId: string, content: object, base: number) {
  const saved = await as(world, hanako).put(
    `/cases/${caseId}/draft`,
    { content },
    { 'if-match': `"${base}"` },
  );
  expect(saved.status).toBe(200);
  return as(world, hanako).post(`/cases/${caseId}/answer`, { draftVersion: base + 1 });
}

/** The case as its rows say, its requests, and the number of jobs, events and entries that tell of it. */
async function traces(caseId: string) {
  const { rows } = await sql<{ requests: object; events: number; entries: number; due: string }>`
    select (select coalesce(json_agg(json_build_object('kind', kind, 'state', state) order by asked_sequence), '[]')
        from merchant_requests where case_id = ${caseId}) as requests,
      (select count(*)::int from events where case_id = ${caseId}) as events,
      (select count(*)::int from audit_entries where subjects @> array[${caseId}] and action like 'case.%' and action <> 'case.look') as entries,
      (select due_at::text from cases where id = ${caseId}) as due`.execute(world.db);
  return { ...rows[0], ...(await everythingAbout(world, caseId)) };
}

describe('a correction', () => {
  it('is asked for by the merchant, granted by an operator, registered as the next version, and the first stays', async () => {
    const merchant = await aMerchant(world);
    const caseId = await givenCase(world, merchant, { answered: true });
    const asked = await ask(merchant.hanako, caseId, 'correction');
    expect(asked).toMatchObject({
      status: 201,
      body: {
        status: 'answered',
        requests: [{ kind: 'correction', number: 1, state: 'open', askedSequence: 3 }],
      },
    });
    expect(asked.body.possibleActions).toEqual([]);

    const granted = await decide(caseId, 'correction', { decision: 'granted' });

    expect(granted).toMatchObject({
      status: 200,
      body: { status: 'correcting', requests: [{ state: 'granted', decidedSequence: 4 }] },
    });
    expect(granted.body.events.at(-1)).toMatchObject({
      action: 'open_correction',
      dueAt: granted.body.dueAt,
    });
    expect(await registerNext(merchant, caseId, corrected, 1)).toMatchObject({
      status: 201,
      body: { version: 2, late: false },
    });
    expect(await traces(caseId)).toMatchObject({
      status: 'answered',
      answers: [
        { version: 1, content: cancelled },
        { version: 2, content: corrected },
      ],
      events: ['receive', 'register_answer', 'request_correction', 'open_correction', 'register_answer'],
    });
  });

  it('may be refused with a reason, and asked for again', async () => {
    const merchant = await aMerchant(world);
    const caseId = await givenCase(world, merchant, { answered: true });
    await ask(merchant.hanako, caseId, 'correction');

    const refused = await decide(caseId, 'correction', { decision: 'refused', reason: '訂正の必要なし' });

    expect(refused.body).toMatchObject({ status: 'answered', requests: [{ state: 'refused' }] });
    expect(refused.body.events.at(-1)).toMatchObject({
      action: 'refuse_correction',
      reason: '訂正の必要なし',
    });
    expect((await decide(caseId, 'correction', { decision: 'granted' })).body.code).toBe('request_decided');
    expect((await ask(merchant.hanako, caseId, 'correction')).body.requests).toMatchObject([
      { number: 1, state: 'refused' },
      { number: 2, state: 'open' },
    ]);
  });

  it('is not registered with the draft of the version before', async () => {
    const merchant = await aMerchant(world);
    const caseId = await givenCase(world, merchant, { answered: true });
    const sato = as(world, await anOperator(world));
    await sato.post(`/cases/${caseId}/corrections`, { reason, because: 'follow_up' });
    const before = await traces(caseId);

    const { status, body } = await as(world, merchant.hanako).post(`/cases/${caseId}/answer`, {
      draftVersion: 1,
    });

    expect([status, body.code]).toEqual([409, 'draft_unchanged']);
    expect(await traces(caseId)).toEqual(before);
    expect(before.events).toContain('ask_again');
  });

  it('that does not come ends by an operator or by time, the version before stands, and a late one is marked', async () => {
    const merchant = await aMerchant(world);
    const [byHand, byTime, late] = await Promise.all(
      [0, 1, 2].map(() => givenCase(world, merchant, { answered: true })),
    );
    const sato = as(world, await anOperator(world));
    for (const id of [byHand, byTime, late]) await sato.post(`/cases/${id}/corrections`, { reason });
    await world.db
      .updateTable('cases')
      .set({ due_at: new Date(Date.now() - 1000) })
      .where('id', '=', late ?? '')
      .execute();
    await world.db
      .updateTable('cases')
      .set({ expires_at: new Date(Date.now() - 1000) })
      .where('id', '=', byTime ?? '')
      .execute();

    expect((await registerNext(merchant, late ?? '', corrected, 1)).body).toMatchObject({
      version: 2,
      late: true,
    });
    // Another file's sweep of the same database may have closed it already; either way nothing is registered.
    const tooLate = await as(world, merchant.hanako).put(
      `/cases/${byTime}/draft`,
      { content: corrected },
      { 'if-match': '"1"' },
    );
    const registered = await as(world, merchant.hanako).post(`/cases/${byTime}/answer`, { draftVersion: 2 });
    expect([200, 409]).toContain(tooLate.status);
    expect([registered.status, ['case_expired', 'already_answered'].includes(registered.body.code)]).toEqual([
      409,
      true,
    ]);
    await expireCases(world.bySystem.inTransaction);
    expect((await sato.post(`/cases/${byHand}/corrections/end`, { reason })).status).toBe(200);

    for (const id of [byHand, byTime])
      expect(await traces(id ?? '')).toMatchObject({
        status: 'answered',
        answers: [{ version: 1, content: cancelled }],
        events: ['receive', 'register_answer', 'open_correction', 'end_correction'],
      });
  });

  it('may be taken back with its request, and the answer stays readable', async () => {
    const merchant = await aMerchant(world);
    const caseId = await givenCase(world, merchant, { answered: true });
    const sato = as(world, await anOperator(world));
    await sato.post(`/cases/${caseId}/corrections`, { reason });
    expect((await sato.post(`/cases/${caseId}/withdrawal`, { reason })).body.status).toBe('withdrawn');
    expect((await as(world, merchant.hanako).get(`/cases/${caseId}/answer`)).body.data).toHaveLength(1);
  });
});

describe('an extension', () => {
  it('is granted with a new due instant, and the case expires as much later', async () => {
    const merchant = await aMerchant(world);
    const caseId = await givenCase(world, merchant);
    expect((await ask(merchant.hanako, caseId, 'extension')).body.requests).toMatchObject([
      { kind: 'extension', state: 'open' },
    ]);
    // The API tells whole seconds.
    const dueAt = inDays(20).replace(/\.\d+Z/, 'Z');

    const { status, body } = await decide(caseId, 'extension', { decision: 'granted', dueAt });

    expect(status).toBe(200);
    expect(new Date(body.dueAt).getTime()).toBe(new Date(dueAt).getTime());
    expect(new Date(body.expiresAt).getTime()).toBeGreaterThan(new Date(dueAt).getTime() + 29 * 86_400_000);
    expect(body.events.at(-1)).toMatchObject({ action: 'grant_extension', dueAt: body.dueAt });
    const { rows } =
      await sql`select from reminder_plans where case_id = ${caseId} and since > now() - interval '1 minute'`.execute(
        world.db,
      );
    expect(rows).toHaveLength(1);
  });

  it.each([
    ['no later than before', { dueAt: inDays(1) }, '/dueAt'],
    ['too far', { dueAt: inDays(800) }, '/dueAt'],
    ['not named', {}, '/dueAt'],
    ['without a reason', { dueAt: inDays(20), reason: ' ' }, '/reason'],
  ])('is refused as input when it is %s', async (_, sent, pointer) => {
    const merchant = await aMerchant(world);
    const caseId = await givenCase(world, merchant);
    await ask(merchant.hanako, caseId, 'extension');
    const before = await traces(caseId);
    const { status, body } = await decide(caseId, 'extension', { decision: 'granted', ...sent });
    expect([status, body.errors[0].pointer]).toEqual([400, pointer]);
    expect(await traces(caseId)).toEqual(before);
  });

  it('lapses when the case goes on before anybody decides', async () => {
    const merchant = await aMerchant(world);
    const caseId = await givenCase(world, merchant, { draft: cancelled });
    await ask(merchant.hanako, caseId, 'extension');
    await as(world, merchant.hanako).post(`/cases/${caseId}/answer`, { draftVersion: 1 });
    const late = await decide(caseId, 'extension', { decision: 'granted', dueAt: inDays(20) });
    expect([late.status, late.body.code]).toEqual([409, 'request_decided']);
    expect(await traces(caseId)).toMatchObject({ requests: [{ kind: 'extension', state: 'lapsed' }] });
  });
});

describe('who asks and who decides', () => {
  it('are of one case’s own sides, each by right; what is another’s does not exist', async () => {
    const merchant = await aMerchant(world);
    const caseId = await givenCase(world, merchant);
    const stranger = (await aMerchant(world)).hanako;
    expect((await ask(stranger, caseId, 'extension')).status).toBe(404);
    expect((await ask(merchant.taro, caseId, 'extension')).status).toBe(404);
    expect((await ask(merchant.yuki, caseId, 'extension')).status).toBe(403);
    expect((await ask(await anOperator(world), caseId, 'extension')).status).toBe(403);
    expect((await ask(await anInstitution(world), caseId, 'extension')).status).toBe(403);
    expect((await ask(await aMerchantKey(world, merchant.mid), caseId, 'extension')).status).toBe(201);
    expect((await ask(merchant.hanako, caseId, 'extension')).body.code).toBe('request_open');
    const granted = { decision: 'granted', dueAt: inDays(20) } as const;
    expect((await decide(caseId, 'extension', granted, merchant.hanako)).status).toBe(403);
    expect((await decide(caseId, 'extension', granted, await anOperator(world, 'auditor'))).status).toBe(403);
    expect((await decide(caseId, 'extension', { ...granted, number: 2 })).body.code).toBe('request_decided');
    expect((await decide(caseId, 'correction', granted)).body.code).toBe('request_decided');
  });

  it('are never one person, though somebody may be of both sides (four eyes)', async () => {
    const merchant = await aMerchant(world);
    const [open, answered] = [
      await givenCase(world, merchant),
      await givenCase(world, merchant, { answered: true }),
    ];
    const both = await anOperator(world, 'agent');
    await ask(merchant.hanako, open, 'extension');
    await ask(merchant.hanako, answered, 'correction');
    // Past the trigger, as the test's merchant has nobody who works for the PSP too.
    await world.db.transaction().execute(async (tx) => {
      await sql`set local session_replication_role = replica`.execute(tx);
      await sql`update merchant_requests set asked_by = ${both.id} where case_id in (${open}, ${answered})`.execute(
        tx,
      );
    });
    const decided = await decide(open, 'extension', { decision: 'granted', dueAt: inDays(20) }, both);
    const opened = await as(world, both).post(`/cases/${answered}/corrections`, { reason });
    for (const { status, body } of [decided, opened])
      expect([status, body.code]).toEqual([403, 'second_person_needed']);
    expect((await decide(open, 'extension', { decision: 'granted', dueAt: inDays(20) })).status).toBe(200);
  });
});

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

describe('in the database', () => {
  it('a request is decided once, never by its merchant, and never taken out', async () => {
    const merchant = await aMerchant(world);
    const caseId = await givenCase(world, merchant);
    await ask(merchant.hanako, caseId, 'extension', secret);
    const { rows } =
      await sql`select from merchant_requests, case_events where case_events.sealed_reason::text like ${`%${secret}%`}`.execute(
        world.db,
      );
    expect(rows).toEqual([]);
    for (const change of [
      sql`delete from merchant_requests where case_id = ${caseId}`,
      sql`update merchant_requests set asked_at = now() where case_id = ${caseId}`,
      sql`update merchant_requests set state = 'open' where case_id = ${caseId}`,
    ])
      await expect(change.execute(world.db)).rejects.toThrow('decided once');
    await expect(
      world.db.transaction().execute(async (tx) => {
        await sql`select set_config('shokai.kind', 'merchant', true)`.execute(tx);
        await sql`update merchant_requests set state = 'granted', decided_sequence = 1 where case_id = ${caseId}`.execute(
          tx,
        );
      }),
    ).rejects.toThrow('decided once');
  });

  it('what waits for an operator is found from an index', async () => {
    const plan = await world.db.transaction().execute(async (tx) => {
      await sql`set local enable_seqscan = off`.execute(tx);
      return sql<{
        'QUERY PLAN': string;
      }>`explain select case_id from merchant_requests where state = 'open' order by asked_at, case_id limit 50`.execute(
        tx,
      );
    });
    expect(JSON.stringify(plan.rows)).toContain('merchant_requests_waiting');
  });
});
