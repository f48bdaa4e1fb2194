import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { askingIn, corrected, reason } from '#tests/support/asking.ts';
import { anOwnDatabase } from '#tests/support/own-database.ts';
import { aMerchant, anOperator, as, cancelled, givenCase, inDays, startWorld } from '#tests/support/world.ts';
import { expireCases } from './close-cases.ts';

// Of its own, because it has everything closed that is past its last moment.
const world = startWorld({ database: anOwnDatabase });
const { ask, decide, registerNext, traces, institutionOf } = askingIn(world);

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

  it('leaves the last moment where it is, though cases of the institution are closed sooner by now', async () => {
    const merchant = await aMerchant(world);
    const caseId = await givenCase(world, merchant);
    await ask(merchant.hanako, caseId, 'extension');
    const { body: before } = await as(world, merchant.hanako).get(`/cases/${caseId}`);
    await world.db
      .updateTable('institutions')
      .set({ expiry_days: 1 })
      .where('id', '=', await institutionOf(caseId))
      .execute();
    const { body } = await decide(caseId, 'extension', { decision: 'granted', dueAt: inDays(8) });
    expect(body.expiresAt).toBe(before.expiresAt);
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
