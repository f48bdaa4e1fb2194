import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { writeMail } from '#src/modules/mail/write-mail.ts';
import { ageCase } from '#tests/support/age-case.ts';
import { aCaseOfCanaries, type Canaries } from '#tests/support/canaries.ts';
import { foundIn } from '#tests/support/dump.ts';
import { anOwnDatabase } from '#tests/support/own-database.ts';
import {
  aMerchant,
  anInstitution,
  anOperator,
  aRequest,
  as,
  atTheSameTime,
  everythingAbout,
  givenCase,
  type Merchant,
  startWorld,
} from '#tests/support/world.ts';
import { eraseDue } from './erase-due.ts';

const days = 100;
// What is erased here is all that is due: other tests' cases must not be among it.
const world = startWorld({
  database: anOwnDatabase,
  settings: { RETENTION_DAYS: String(days), RETENTION_MAIL_DAYS: '50' },
});
const erase = () => eraseDue(world.bySystem.inTransaction);

const hold = async (caseId: string, reason = '訴訟対応のため') =>
  as(world, await anOperator(world)).post(`/cases/${caseId}/legal-hold`, { reason });

const lift = async (caseId: string) =>
  as(world, await anOperator(world)).post(`/cases/${caseId}/legal-hold/lift`, { reason: '訴訟終結' });

/** A mail about cases, to a canary. */
async function aMailAbout(merchant: Merchant, caseIds: string[], name: string): Promise<void> {
  const sender = { providerName: 'PSP', supportMail: 'a@psp.example.jp', baseUrl: 'http://127.0.0.1' };
  const letter = {
    ...{ locale: 'ja' as const, subject: 'ご連絡', addressee: [name], paragraphs: [], facts: [], notes: [] },
    link: { label: 'ログイン', url: 'http://127.0.0.1' },
  };
  const about = { mid: merchant.mid, sid: '001', caseIds };
  const to = { name, address: 'hanako@shop.example.jp' };
  await world.bySystem.inTransaction((tx) => writeMail(tx, { to, letter, about, sender, isKept: true }));
}

/** Everything that stays of a case when what is personal of it goes. */
async function skeletonOf(caseId: string): Promise<unknown> {
  const { rows } = await sql`
    select to_jsonb(cases) - array['sealed_request', 'customer_index', 'order_id', 'erased_at'] as case,
      (select json_agg(to_jsonb(answers) - 'sealed_answer' order by version) from answers where case_id = cases.id) as answers,
      (select json_agg(to_jsonb(case_events) - 'sealed_reason' order by sequence) from case_events where case_id = cases.id) as events
    from cases where id = ${caseId}`.execute(world.db);
  return rows[0];
}

/** The hashes of the audit trail, computed anew over all entries. */
async function brokenEntries(): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from (
      select hash, audit_hash(previous_hash, audit_entries) as computed, previous_hash,
        lag(hash) over (order by sequence) as before
      from audit_entries) as entries
    where hash <> computed or before is not null and before <> previous_hash`.execute(world.db);
  return rows[0]?.n ?? -1;
}

type Plan = {
  ageDays: number;
  isAnswered: boolean;
  isHeld: boolean;
  isLifted: boolean;
  isCorrected: boolean;
  isAskedAbout: boolean;
};

const plans = fc.array(
  fc.record({
    ageDays: fc.constantFrom(0, days - 1, days, days + 1, 1_000),
    isAnswered: fc.boolean(),
    isHeld: fc.boolean(),
    isLifted: fc.boolean(),
    isCorrected: fc.boolean(),
    isAskedAbout: fc.boolean(),
  }),
  { minLength: 8, maxLength: 8 },
);

type Planned = Canaries & { isDue: boolean };

async function carryOut(merchant: Merchant, plan: Plan): Promise<Planned> {
  const canaries = await aCaseOfCanaries(world, merchant, { answered: plan.isAnswered });
  const { caseId } = canaries;
  const reason = `理由${randomUUID()}`;
  const name = `担当${randomUUID()}`;
  const note = `メモ${randomUUID()}`;
  await aMailAbout(merchant, [caseId], name);
  const operator = as(world, await anOperator(world));
  await operator.post(`/cases/${caseId}/notes`, { body: note });
  if (plan.isAnswered && plan.isCorrected) {
    await operator.post(`/cases/${caseId}/corrections`, { reason });
    const { content } = canaries;
    const hanako = as(world, merchant.hanako);
    await hanako.put(`/cases/${caseId}/draft`, { content }, { 'if-match': '"1"' });
    await hanako.post(`/cases/${caseId}/answer`, { draftVersion: 2 });
  }
  if (plan.isAskedAbout) {
    const kind = plan.isAnswered ? 'correction' : 'extension';
    await as(world, merchant.hanako).post(`/cases/${caseId}/${kind}-requests`, { reason });
  }
  if (plan.isHeld) await hold(caseId, reason);
  if (plan.isHeld && plan.isLifted) await lift(caseId);
  await ageCase(world, caseId, plan.ageDays);
  // Replies are forgotten long before a case is erased.
  await world.db.deleteFrom('idempotency_keys').execute();
  const isKept = plan.isHeld && !plan.isLifted;
  const isDue = plan.isAnswered && plan.ageDays >= days && !isKept;
  return { ...canaries, isDue, all: [...canaries.all, reason, name, note] };
}

type Everything = Awaited<ReturnType<typeof everythingAbout>>;

/** The same with nothing personal in it. */
const erasedFrom = (all: Everything) =>
  all && {
    ...all,
    draft: all.draft && { ...all.draft, content: null },
    answers: all.answers.map((answer) => ({ ...answer, content: null })),
  };

/** How many sealed values, keys and indexes there still are of erased cases. */
async function leftOfErased(): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select coalesce(sum(num_nonnulls(sealed_request, customer_index, order_id)
      + (select count(*) from case_keys where case_id = cases.id)
      + (select count(sealed_answer) from answers where case_id = cases.id)
      + (select count(sealed_reason) from case_events where case_id = cases.id)
      + (select count(sealed_body) from case_notes where case_id = cases.id)
      + (select count(*) from merchant_requests where case_id = cases.id and state = 'open')
      + (select count(sealed_content) from drafts where case_id = cases.id)
      + (select count(sealed_reason) + count(sealed_lift_reason) from legal_holds where case_id = cases.id)
      + (select count(sealed_letter) from mails where not exists (
          select from mail_cases join cases as about on about.id = case_id
          where mail_id = mails.id and about.id <> cases.id)
          and id in (select mail_id from mail_cases where case_id = cases.id))), 0)::int as n
    from cases where erased_at is not null`.execute(world.db);
  return rows[0]?.n ?? -1;
}

async function eraseAndCompare(merchant: Merchant, drawn: readonly Plan[], seed: number): Promise<void> {
  const cases: Planned[] = [];
  for (const plan of drawn) cases.push(await carryOut(merchant, plan));
  const before = await Promise.all(cases.map(({ caseId }) => skeletonOf(caseId)));
  const opened = await Promise.all(cases.map(({ caseId }) => everythingAbout(world, caseId)));

  const { cases: count } = await erase();

  expect([seed, count]).toEqual([seed, cases.filter(({ isDue }) => isDue).length]);
  expect(await Promise.all(cases.map(({ caseId }) => skeletonOf(caseId)))).toEqual(before);
  for (const [index, { caseId, isDue }] of cases.entries()) {
    const { body } = await as(world, merchant.hanako).get(`/cases/${caseId}`);
    const expected = isDue ? erasedFrom(opened[index]) : opened[index];
    const now = await everythingAbout(world, caseId);
    expect([seed, body.personalData, now]).toEqual([seed, isDue ? 'erased' : 'shown', expected]);
  }
  expect(await leftOfErased()).toBe(0);
  expect(await brokenEntries()).toBe(0);
}

describe('erasing what is due', () => {
  it('of any cases, ages and holds: no trace of what is due, everything of the rest, chain and hashes as before', async () => {
    const merchant = await aMerchant(world);
    const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31);
    const numRuns = Number(process.env.RUNS ?? 15);
    for (const drawn of fc.sample(plans, { numRuns, seed })) await eraseAndCompare(merchant, drawn, seed);
  }, 600_000);

  it('says so wherever the case is looked at, and lets nothing more be done with it', async () => {
    const merchant = await aMerchant(world);
    const { caseId, institution, customerId, all } = await aCaseOfCanaries(world, merchant);
    await ageCase(world, caseId, days);
    await erase();

    const { body } = await as(world, merchant.hanako).get(`/cases/${caseId}`);
    expect(body).toMatchObject({
      personalData: 'erased',
      erasedAt: expect.stringContaining('+09:00'),
      supplement: null,
      payment: { customerId: null, orderId: null, cardLast4: null },
      answers: [{ version: 1, content: {}, document: [], sha256: expect.stringMatching(/^[0-9a-f]{64}$/) }],
      possibleActions: [],
    });
    expect((await as(world, merchant.hanako).get(`/cases/${caseId}/answer-form`)).body).toMatchObject({
      personalData: 'erased',
      canAnswer: false,
    });
    expect((await as(world, merchant.hanako).get(`/cases?q=${customerId}`)).body.data).toEqual([]);
    expect(
      foundIn(JSON.stringify((await as(world, institution).get(`/cases/${caseId}/answer`)).body), all),
    ).toEqual([]);
    const operator = as(world, await anOperator(world));
    for (const step of ['corrections', 'withdrawal', 'legal-hold'])
      expect(await operator.post(`/cases/${caseId}/${step}`, { reason: '誤り' })).toMatchObject({
        status: 409,
        body: { code: 'case_erased' },
      });
    expect((await as(world, merchant.hanako).get('/cases/counts')).body.categories[0].counts).toEqual({
      answered: 1,
    });
  });

  it('forgets the texts of mails after their own time, and those of erased cases unless others are told of too', async () => {
    const merchant = await aMerchant(world);
    const [old, mixed] = [await givenCase(world, merchant), await aCaseOfCanaries(world, merchant)];
    await aMailAbout(merchant, [old], `古い${merchant.mid}`);
    await ageCase(world, old, 51);
    await aMailAbout(merchant, [mixed.caseId, old], `両方${merchant.mid}`);
    await ageCase(world, mixed.caseId, days);
    await world.db
      .updateTable('mails')
      .set({ created_at: new Date() })
      .where('mid', '=', merchant.mid)
      .where('sealed_letter', 'is not', null)
      .where(
        'id',
        'in',
        world.db.selectFrom('mail_cases').select('mail_id').where('case_id', '=', mixed.caseId),
      )
      .execute();
    await erase();

    const rows = await world.db
      .selectFrom('mails')
      .select(sql<boolean>`sealed_letter is null`.as('isErased'))
      .where('mid', '=', merchant.mid)
      .orderBy('id')
      .execute();
    expect(rows).toEqual([{ isErased: true }, { isErased: false }]);
  });

  it('is done once by several at the same time, and recorded with the cases', async () => {
    const merchant = await aMerchant(world);
    const ids = [];
    for (let count = 0; count < 4; count += 1) {
      const { caseId } = await aCaseOfCanaries(world, merchant);
      await ageCase(world, caseId, days);
      ids.push(caseId);
    }
    const ends = await Promise.all([erase(), erase(), erase()]);
    expect(ends.reduce((sum, { cases }) => sum + cases, 0)).toBe(4);
    const recorded = await world.db
      .selectFrom('audit_entries')
      .select('subjects')
      .where('action', '=', 'case.erase')
      .where(sql<boolean>`subjects && ${ids}::text[]`)
      .execute();
    expect(recorded.flatMap(({ subjects }) => subjects).sort()).toEqual(ids.sort());
  });
});

describe('the database', () => {
  it('lets nobody erase early, in part, of a held or open case, or change what is erased', async () => {
    const merchant = await aMerchant(world);
    const young = await aCaseOfCanaries(world, merchant);
    const open = await aCaseOfCanaries(world, merchant, { answered: false });
    const held = await aCaseOfCanaries(world, merchant);
    const due = await aCaseOfCanaries(world, merchant);
    await hold(held.caseId);
    await ageCase(world, young.caseId, days - 1);
    for (const { caseId } of [open, held, due]) await ageCase(world, caseId, days);
    const whole = { sealed_request: null, customer_index: null, order_id: null, erased_at: new Date() };
    const set = (id: string, values: object) =>
      world.db.updateTable('cases').set(values).where('id', '=', id).execute();

    for (const { caseId } of [young, open, held])
      await expect(set(caseId, whole)).rejects.toThrow('after its time and without a hold');
    await expect(set(due.caseId, { ...whole, order_id: 'X' })).rejects.toThrow('a case is erased whole');
    await expect(set(due.caseId, { ...whole, status: 'received' })).rejects.toThrow('a case is erased whole');
    await expect(set(due.caseId, { sealed_request: null })).rejects.toThrow();
    for (const statement of [
      sql`update answers set sealed_answer = null where case_id = ${due.caseId}`,
      sql`update case_events set sealed_reason = null where case_id = ${due.caseId}`,
      sql`delete from case_keys where case_id = ${due.caseId}`,
      sql`delete from legal_holds where case_id = ${held.caseId}`,
      sql`update legal_holds set case_id = ${due.caseId} where case_id = ${held.caseId}`,
    ])
      await expect(statement.execute(world.db)).rejects.toThrow(/append-only|stays/);
    await erase();
    await expect(set(due.caseId, { status: 'received' })).rejects.toThrow('does not change');
    await expect(
      sql`update answers set sha256 = 'x', sealed_answer = null where case_id = ${due.caseId}`.execute(
        world.db,
      ),
    ).rejects.toThrow('append-only');
    await expect(sql`delete from answers where case_id = ${due.caseId}`.execute(world.db)).rejects.toThrow(
      'append-only',
    );
  });

  it('lets only the product itself erase, and nobody but its owner touch keys and periods', async () => {
    const merchant = await aMerchant(world);
    const { caseId } = await aCaseOfCanaries(world, merchant);
    const actor = { kind: 'operator' as const, id: randomUUID(), name: 'x', rights: new Set<never>() };
    const byOperator = world.actingFor({ actor });
    await expect(
      byOperator.inTransaction((tx) => sql`select erase_due_cases(10)`.execute(tx)),
    ).rejects.toThrow('only the product itself erases');
    for (const statement of [
      sql`update retention_periods set days = 1`,
      sql`update case_keys set wrapped_key = '' where case_id = ${caseId}`,
      sql`delete from case_keys where case_id = ${caseId}`,
      sql`select * from data_keys`,
      sql`update answers set sealed_answer = null`,
    ])
      await expect(world.bySystem.inTransaction((tx) => statement.execute(tx))).rejects.toThrow(
        'permission denied',
      );
  });
});

describe('a legal hold', () => {
  it('is put and lifted by an operator with a reason, recorded, and listed with what it keeps', async () => {
    const merchant = await aMerchant(world);
    const { caseId } = await aCaseOfCanaries(world, merchant);
    await ageCase(world, caseId, days);
    const operator = as(world, await anOperator(world));

    const put = await operator.post(`/cases/${caseId}/legal-hold`, { reason: '訴訟対応のため' });
    expect(put).toMatchObject({
      status: 201,
      body: { hold: { reason: '訴訟対応のため', putBy: '佐藤 一' } },
    });
    const { body } = await operator.get('/retention');
    expect(body.held.find((held: { caseId: string }) => held.caseId === caseId)).toMatchObject({
      isDue: true,
      reason: '訴訟対応のため',
    });
    await erase();
    expect((await operator.get(`/cases/${caseId}`)).body.personalData).toBe('shown');

    expect(await lift(caseId)).toMatchObject({ status: 200, body: { hold: null, erasedAt: null } });
    expect((await operator.get('/retention')).body.due).toContainEqual(
      expect.objectContaining({ category: 'inquiry_cancellation', count: expect.any(Number) }),
    );
    await erase();
    expect((await operator.get(`/cases/${caseId}/retention`)).body.erasedAt).toEqual(expect.any(String));
    const actions = await world.db
      .selectFrom('audit_entries')
      .select('action')
      .where(
        sql<boolean>`subjects @> array[${caseId}] and action in ('case.hold', 'case.lift_hold', 'case.erase')`,
      )
      .orderBy('sequence')
      .execute();
    expect(actions.map(({ action }) => action)).toEqual(['case.hold', 'case.lift_hold', 'case.erase']);
  });

  it('is for those with the right, and one at a time', async () => {
    const merchant = await aMerchant(world);
    const caseId = await givenCase(world, merchant);
    const body = { reason: '調査中' };
    for (const who of [await anOperator(world, 'agent'), await anOperator(world, 'auditor'), merchant.hanako])
      expect((await as(world, who).post(`/cases/${caseId}/legal-hold`, body)).status).toBe(403);
    expect((await as(world, merchant.hanako).get(`/cases/${caseId}/retention`)).status).toBe(403);
    expect((await as(world, merchant.hanako).get('/retention')).status).toBe(403);
    const operator = as(world, await anOperator(world));
    expect((await operator.post('/cases/261124-8F3-KQ2-ZN5/legal-hold', body)).status).toBe(404);
    expect((await operator.post(`/cases/${caseId}/legal-hold`, { reason: ' ' })).status).toBe(400);
    expect((await lift(caseId)).body.code).toBe('case_not_held');

    const ends = await atTheSameTime(
      world,
      caseId,
      [1, 2, 3].map(() => () => hold(caseId)),
    );

    expect(ends.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    expect(ends.find(({ status }) => status === 409)?.body.code).toBe('case_held');
  });

  it('put while erasing is either in time or too late, never both', async () => {
    const merchant = await aMerchant(world);
    for (let round = 0; round < 10; round += 1) {
      const { caseId } = await aCaseOfCanaries(world, merchant);
      await ageCase(world, caseId, days);
      const [put] = await Promise.all([hold(caseId), erase()]);
      const isErased = (await everythingAbout(world, caseId))?.answers[0]?.content === null;
      expect([put.status, isErased]).toEqual(put.status === 201 ? [201, false] : [409, true]);
    }
  });
});

it('is told of beforehand, by category and year, and erases nothing', async () => {
  const merchant = await aMerchant(world);
  const institution = await anInstitution(world);
  const taken = await as(world, institution).post('/cases', aRequest(merchant.mid));
  await as(world, institution).post(`/cases/${taken.body.id}/withdrawal`, { reason: '解決済み' });
  await ageCase(world, taken.body.id, 5 * 366);
  const operator = as(world, await anOperator(world, 'auditor'));

  const { body } = await operator.get('/retention');

  const year = new Date().getFullYear() - 5;
  expect(body.due).toContainEqual({ category: 'inquiry_cancellation', closedIn: year, count: 1 });
  expect(body.periods).toContainEqual(expect.objectContaining({ category: 'inquiry_cancellation', days }));
  expect(body.mailDays).toBe(50);
  expect((await operator.get(`/cases/${taken.body.id}`)).body.personalData).toBe('shown');
  await erase();
});
