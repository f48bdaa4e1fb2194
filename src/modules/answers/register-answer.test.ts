import { describe, expect, it } from 'vitest';
import {
  aMerchant,
  aMerchantKey,
  anOperator,
  as,
  atTheSameTime,
  cancelled,
  everythingAbout,
  givenCase,
  startWorld,
} from '#tests/support/world.ts';

const world = startWorld();

describe('registering an answer', () => {
  it('closes the case, keeps what was checked and writes it into the history', async () => {
    const merchant = await aMerchant(world);
    const caseId = await givenCase(world, merchant, { draft: cancelled });

    const reply = await as(world, merchant.hanako).post(`/cases/${caseId}/answer`, { draftVersion: 1 });

    expect(reply.status).toBe(201);
    expect(reply.body).toMatchObject({
      version: 1,
      draftVersion: 1,
      content: cancelled,
      registeredBy: '山田 花子',
    });
    expect(await everythingAbout(world, caseId)).toEqual({
      status: 'answered',
      draft: { version: 1, content: cancelled },
      answers: [{ version: 1, draftVersion: 1, content: cancelled, late: false }],
      events: ['receive', 'register_answer'],
      announced: 1,
    });
  });

  it('stores the questions and labels as they were shown, in the language they were shown in', async () => {
    const merchant = await aMerchant(world);
    const caseId = await givenCase(world, merchant, { draft: cancelled });
    const { body: draft } = await as(world, merchant.hanako).get(`/cases/${caseId}/draft`, {
      'accept-language': 'en',
    });

    const { body } = await as(world, merchant.hanako).post(
      `/cases/${caseId}/answer`,
      { draftVersion: 1, checkedSha256: draft.check.sha256 },
      { 'accept-language': 'en' },
    );

    expect(body.document).toEqual(draft.check.document);
    expect(body.sha256).toBe(draft.check.sha256);
    expect(body.document[0].entries[0].fields[0]).toEqual({
      field: 'result',
      label: 'Result',
      shown: 'Cancelled now',
    });
  });

  it.each([
    ['when the draft changed after the check page', cancelled, { draftVersion: 2 }, 409, 'draft_changed'],
    [
      'when the check page showed something else',
      cancelled,
      { draftVersion: 1, checkedSha256: 'a'.repeat(64) },
      409,
      'draft_changed',
    ],
    ['when the request names no draft', cancelled, {}, 400, 'invalid_request'],
    ['when there is no draft', undefined, { draftVersion: 1 }, 409, 'draft_changed'],
    [
      'when a field is missing',
      { cancellation: { result: 'refused' } },
      { draftVersion: 1 },
      422,
      'answer_incomplete',
    ],
  ])('is refused %s, and leaves no trace', async (_, draft, body, status, code) => {
    const merchant = await aMerchant(world);
    const caseId = await givenCase(world, merchant, draft ? { draft } : {});
    const before = await everythingAbout(world, caseId);

    const reply = await as(world, merchant.hanako).post(`/cases/${caseId}/answer`, body);

    expect(reply).toMatchObject({ status, body: { code } });
    expect(await everythingAbout(world, caseId)).toEqual(before);
  });

  it('names the field that is missing', async () => {
    const merchant = await aMerchant(world);
    const caseId = await givenCase(world, merchant, { draft: { cancellation: { result: 'refused' } } });

    const { body } = await as(world, merchant.hanako).post(`/cases/${caseId}/answer`, { draftVersion: 1 });

    expect(body.errors).toEqual([
      { pointer: '/cancellation/reason', code: 'required', detail: '解約できない理由を入力してください。' },
    ]);
  });

  it('happens once, however many colleagues press the button together, and each is told the truth', async () => {
    const merchant = await aMerchant(world);
    const caseId = await givenCase(world, merchant, { draft: cancelled, sid: '002' });
    const register = (who: typeof merchant.hanako) => () =>
      as(world, who).post(`/cases/${caseId}/answer`, { draftVersion: 1 });

    const replies = await atTheSameTime(world, caseId, [
      register(merchant.hanako),
      register(merchant.taro),
      register(merchant.hanako),
      register(merchant.taro),
    ]);

    const winners = replies.filter(({ status }) => status === 201);
    const losers = replies.filter(({ status }) => status === 409);
    // The winner pressed twice: both presses are told of the one answer.
    expect([winners.length, losers.length]).toEqual([2, 2]);
    expect(winners[0]?.body).toEqual(winners[1]?.body);
    expect(losers[0]?.body).toMatchObject({
      code: 'already_answered',
      facts: { registeredBy: winners[0]?.body.registeredBy, registeredAt: winners[0]?.body.registeredAt },
    });
    expect((await everythingAbout(world, caseId))?.answers).toHaveLength(1);
  });

  it('gives a retry with the same key the same reply, and another request with it none', async () => {
    const merchant = await aMerchant(world);
    const caseId = await givenCase(world, merchant, { draft: cancelled });
    const key = { 'idempotency-key': 'retry-1' };
    const register = () =>
      as(world, merchant.hanako).post(`/cases/${caseId}/answer`, { draftVersion: 1 }, key);

    const replies = await Promise.all([register(), register(), register()]);
    const other = await as(world, merchant.hanako).post(`/cases/${caseId}/answer`, { draftVersion: 2 }, key);

    expect(new Set(replies.map(({ status, body }) => JSON.stringify([status, body]))).size).toBe(1);
    expect(replies[0]?.status).toBe(201);
    expect(other).toMatchObject({ status: 409, body: { code: 'idempotency_key_reused' } });
    expect((await everythingAbout(world, caseId))?.answers).toHaveLength(1);
  });

  it('is refused to another merchant as if there were no case', async () => {
    const caseId = await givenCase(world, await aMerchant(world), { draft: cancelled });
    const { hanako } = await aMerchant(world);

    const foreign = await as(world, hanako).post(`/cases/${caseId}/answer`, { draftVersion: 1 });
    const unknown = await as(world, hanako).post('/cases/261124-000-000-000/answer', { draftVersion: 1 });

    expect(foreign.status).toBe(404);
    expect({ ...foreign.body, requestId: '' }).toEqual({ ...unknown.body, requestId: '' });
  });

  it('is refused to a colleague of another service as if there were no case', async () => {
    const merchant = await aMerchant(world);
    const caseId = await givenCase(world, merchant, { draft: cancelled, sid: '001' });

    expect((await as(world, merchant.taro).post(`/cases/${caseId}/answer`, { draftVersion: 1 })).status).toBe(
      404,
    );
  });

  it('is refused to those who may only read, and to operators', async () => {
    const merchant = await aMerchant(world);
    const caseId = await givenCase(world, merchant, { draft: cancelled });
    for (const who of [merchant.yuki, await anOperator(world)]) {
      expect(await as(world, who).post(`/cases/${caseId}/answer`, { draftVersion: 1 })).toMatchObject({
        status: 403,
        body: { code: 'not_permitted' },
      });
    }
  });

  it('is open to the merchant’s own system', async () => {
    const merchant = await aMerchant(world);
    const caseId = await givenCase(world, merchant);
    const system = as(world, await aMerchantKey(world, merchant.mid));

    await system.put(`/cases/${caseId}/draft`, { content: cancelled }, { 'if-match': '"0"' });

    expect((await system.post(`/cases/${caseId}/answer`, { draftVersion: 1 })).status).toBe(201);
  });

  it('marks an answer after the due instant as late, and refuses one after the case has expired', async () => {
    const merchant = await aMerchant(world);
    const late = await givenCase(world, merchant, { draft: cancelled });
    const expired = await givenCase(world, merchant, { draft: cancelled });
    await world.db
      .updateTable('cases')
      .set({ due_at: new Date(Date.now() - 1000) })
      .where('id', '=', late)
      .execute();
    await world.db
      .updateTable('cases')
      .set({ expires_at: new Date(Date.now() - 1000) })
      .where('id', '=', expired)
      .execute();

    const lateReply = await as(world, merchant.hanako).post(`/cases/${late}/answer`, { draftVersion: 1 });
    const expiredReply = await as(world, merchant.hanako).post(`/cases/${expired}/answer`, {
      draftVersion: 1,
    });

    expect(lateReply).toMatchObject({ status: 201, body: { late: true } });
    expect(expiredReply).toMatchObject({ status: 409, body: { code: 'case_expired' } });
    expect(await everythingAbout(world, expired)).toMatchObject({ status: 'received', answers: [] });
  });

  it('lasts: not even the database lets it be rewritten', async () => {
    const merchant = await aMerchant(world);
    const caseId = await givenCase(world, merchant, { answered: true });
    const { db } = world;

    await expect(
      db.updateTable('answers').set({ late: true }).where('case_id', '=', caseId).execute(),
    ).rejects.toThrow('append-only');
    await expect(db.deleteFrom('answers').where('case_id', '=', caseId).execute()).rejects.toThrow(
      'append-only',
    );
    await expect(db.deleteFrom('case_events').where('case_id', '=', caseId).execute()).rejects.toThrow(
      'append-only',
    );
    await expect(db.deleteFrom('cases').where('id', '=', caseId).execute()).rejects.toThrow('append-only');
    await expect(
      db.updateTable('cases').set({ amount_value: 1 }).where('id', '=', caseId).execute(),
    ).rejects.toThrow('does not change');
  });
});

describe('a correction', () => {
  it('is opened by an operator; the first version stays and the merchant registers the next', async () => {
    const merchant = await aMerchant(world);
    const caseId = await givenCase(world, merchant, { answered: true });
    const hanako = as(world, merchant.hanako);

    const opened = await as(world, await anOperator(world)).post(`/cases/${caseId}/corrections`, {
      reason: '最終金額の誤り',
    });
    const corrected = {
      cancellation: { ...cancelled.cancellation, lastAmount: { value: 1980, currency: 'JPY' } },
    };
    await hanako.put(`/cases/${caseId}/draft`, { content: corrected }, { 'if-match': '"1"' });
    const again = await hanako.post(`/cases/${caseId}/answer`, { draftVersion: 2 });

    expect(opened).toMatchObject({ status: 201, body: { status: 'correcting' } });
    expect(again).toMatchObject({ status: 201, body: { version: 2 } });
    expect(await everythingAbout(world, caseId)).toMatchObject({
      status: 'answered',
      answers: [
        { version: 1, content: cancelled },
        { version: 2, content: corrected },
      ],
      events: ['receive', 'register_answer', 'open_correction', 'register_answer'],
    });
  });
});
