import { afterEach, describe, expect, it } from 'vitest';
import { addBusinessDays, type ClosingDays } from '#src/domain/business-days.ts';
import { closingDaysOf } from '#src/domain/closing-days.ts';
import { addDays, dayOf } from '#src/domain/days.ts';
import { confirmYears } from '#tests/support/confirm-years.ts';
import { anOwnDatabase } from '#tests/support/own-database.ts';
import {
  aMerchant,
  anInstitution,
  anOperator,
  aRequest,
  as,
  type Institution,
  startWorld,
} from '#tests/support/world.ts';

const world = startWorld({ database: anOwnDatabase });
const every = Array.from({ length: 44 }, (_, index) => 2007 + index);
const today = dayOf(new Date());

afterEach(async () => {
  await world.db.deleteFrom('closing_periods').execute();
  await world.db.deleteFrom('confirmed_years').execute();
});

const admin = async () => as(world, await anOperator(world));

type Close = { institutionId?: string | null; name?: string; from: string; to: string };

const close = async ({ institutionId = null, name = '休業', ...period }: Close) =>
  (await admin()).post('/calendar/closing-periods', { institutionId, name, ...period });

/** Takes in a request that falls due by the rule of its institution; tells the reply. */
async function takeIn(institution: Institution, requestedAt = new Date()) {
  const { mid } = await aMerchant(world);
  const request = { ...aRequest(mid, { dueAt: null }), requestedAt: requestedAt.toISOString() };
  return as(world, institution).post('/cases', request);
}

const dueDayOf = async (caseId: string): Promise<string> =>
  (await (await admin()).get(`/cases/${caseId}`)).body.dueAt.slice(0, 10);

const inSeven = (closing?: ClosingDays) => addBusinessDays(today, 7, closing);

describe('closing days', () => {
  it('of the PSP are no business days for anybody’s due rule, and those of an institution for its own alone', async () => {
    await confirmYears(world.db);
    const [ours, theirs] = [await anInstitution(world), await anInstitution(world)];
    const of = (periods: { from: string; to: string }[]) => closingDaysOf(periods, every);
    const everybody = { from: addDays(today, 1), to: addDays(today, 4) };
    const own = { from: addDays(today, 5).slice(5), to: addDays(today, 8).slice(5) };
    await close(everybody);
    await close({ ...own, institutionId: ours.institutionId });

    const [taken, other] = [await takeIn(ours), await takeIn(theirs)];

    expect(await dueDayOf(taken.body.id)).toBe(inSeven(of([everybody, own])));
    expect(await dueDayOf(other.body.id)).toBe(inSeven(of([everybody])));
    expect(inSeven(of([everybody, own])) > inSeven(of([everybody]))).toBe(true);
    expect(inSeven(of([everybody])) > inSeven()).toBe(true);
  });

  it('and rules that change move nothing that is due already', async () => {
    await confirmYears(world.db);
    const institution = await anInstitution(world);
    const { body: taken } = await takeIn(institution);
    const before = await (await admin()).get(`/cases/${taken.id}`);

    const { body: period } = await close({ from: addDays(today, 1), to: addDays(today, 20) });
    const path = `/institutions/${institution.institutionId}/due-terms`;
    const terms = { dueRule: { days: 1, of: 'calendar_days' }, expiryDays: 1 };
    await (await admin()).put(path, terms, { 'if-match': '"7-business_days-30"' });

    const after = await (await admin()).get(`/cases/${taken.id}`);
    expect(after.body).toEqual(before.body);
    expect(await dueDayOf((await takeIn(institution)).body.id)).toBe(addDays(today, 1));
    await (await admin()).send('DELETE', `/calendar/closing-periods/${period.id}`);
    expect(await dueDayOf(taken.id)).toBe(inSeven());
  });

  it('are added once, and taken back once', async () => {
    const period = { from: '12-31', to: '01-03' };
    const replies = await Promise.all([close(period), close(period), close({ ...period, name: '別の名前' })]);
    expect(replies.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    const id = replies.find(({ status }) => status === 201)?.body.id;
    const remove = async () =>
      (await (await admin()).send('DELETE', `/calendar/closing-periods/${id}`)).status;
    expect(await remove()).toBe(204);
    expect(await remove()).toBe(404);
    expect((await (await admin()).get('/calendar')).body.closingPeriods).toEqual([]);
  });

  it.each([
    [{ from: '2026-12-31', to: '2026-12-30' }, '/to'],
    [{ from: '02-30', to: '02-30' }, '/to'],
    [{ from: '2026-02-29', to: '2026-03-01' }, '/to'],
    [{ from: '12-31', to: '2027-01-03' }, '/to'],
    [{ from: 'New Year', to: '01-03' }, '/from'],
    [{ from: '12-31', to: '01-03', name: '4111 1111 1111 1111' }, '/name'],
    [{ from: '12-31', to: '01-03', name: ' ' }, '/name'],
    [{ from: '12-31', to: '01-03', institutionId: 'NONE' }, '/institutionId'],
  ])('are refused as %j, with the place named', async (period, pointer) => {
    const { status, body } = await close(period);
    expect([status, body.errors[0].pointer]).toEqual([400, pointer]);
  });

  it('of the PSP are told to everybody who is logged in, and nobody else’s', async () => {
    await confirmYears(world.db);
    const { hanako } = await aMerchant(world);
    const { institutionId } = await anInstitution(world);
    await close({ from: '12-31', to: '01-03' });
    await close({ from: '08-13', to: '08-15', institutionId });
    const { body } = await as(world, hanako).get('/session');
    expect(body.closingDays).toEqual({ periods: [{ from: '12-31', to: '01-03' }], confirmedYears: every });
    expect(Math.abs(Date.parse(body.now) - Date.now())).toBeLessThan(5_000);
  });
});

it('shows an institution’s closing days to nobody else in the database either, and lets operators alone write', async () => {
  const [{ institutionId: ours }, { institutionId: theirs }] = [
    await anInstitution(world),
    await anInstitution(world),
  ];
  await close({ from: '12-31', to: '01-03' });
  await close({ from: '08-13', to: '08-15', institutionId: ours });
  const nobody = { id: '018f0000-0000-7000-8000-000000000000', name: '', rights: new Set<never>() };
  const { mid } = await aMerchant(world);
  const actors = {
    ours: { ...nobody, kind: 'institution', institutionId: ours },
    theirs: { ...nobody, kind: 'institution', institutionId: theirs },
    merchant: { ...nobody, kind: 'merchant', mid, sids: null },
    operator: { ...nobody, kind: 'operator' },
  } as const;
  const counts: Record<string, number> = {};
  for (const [name, actor] of Object.entries(actors)) {
    const { reading, inTransaction } = world.actingFor({ actor });
    counts[name] = (await reading((db) => db.selectFrom('closing_periods').select('id').execute())).length;
    if (actor.kind === 'operator') continue;
    const writes = inTransaction((tx) => tx.insertInto('confirmed_years').values({ year: 2040 }).execute());
    await expect(writes).rejects.toThrow('row-level security');
    const removes = await inTransaction((tx) => tx.deleteFrom('closing_periods').executeTakeFirst());
    expect(removes.numDeletedRows).toBe(0n);
  }
  expect(counts).toEqual({ ours: 2, theirs: 1, merchant: 1, operator: 2 });
});

describe('a year that nobody has confirmed', () => {
  const code = async (institution: Institution) => {
    const { status, body } = await takeIn(institution);
    return status === 201 ? 'taken' : body.errors[0];
  };

  it('has no due instant computed through it, until it is confirmed', async () => {
    const institution = await anInstitution(world);
    expect(await code(institution)).toMatchObject({ pointer: '/dueAt', code: 'year_not_confirmed' });

    const { body: before } = await (await admin()).get('/calendar');
    expect(before.yearsToConfirm[0]).toBe(Number(today.slice(0, 4)));
    for (const year of [...new Set([today, addDays(today, 120)].map((day) => Number(day.slice(0, 4))))])
      expect((await (await admin()).post('/calendar/confirmed-years', { year })).status).toBe(204);

    expect(await code(institution)).toBe('taken');
    const { body: after } = await (await admin()).get('/calendar');
    expect(after.yearsToConfirm).toEqual([]);
    expect(after.confirmedYears[0].confirmedBy).toBe('佐藤 一');
  });

  it('stops neither a request that names its due instant nor a rule of calendar days', async () => {
    const { mid } = await aMerchant(world);
    const institution = await anInstitution(world);
    expect((await as(world, institution).post('/cases', aRequest(mid))).status).toBe(201);
    await world.db
      .updateTable('institutions')
      .set({ due_rule: JSON.stringify({ days: 7, of: 'calendar_days' }) })
      .where('id', '=', institution.institutionId)
      .execute();
    expect(await code(institution)).toBe('taken');
  });

  it('is refused in the past of the holidays too, where there was an error once', async () => {
    await confirmYears(world.db);
    const { status, body } = await takeIn(await anInstitution(world), new Date('2006-12-20T00:00:00Z'));
    expect([status, body.errors[0].code]).toEqual([422, 'year_not_confirmed']);
  });

  it('cannot be one whose holidays are not known', async () => {
    for (const year of [2006, 2051, 2027.5])
      expect((await (await admin()).post('/calendar/confirmed-years', { year })).status).toBe(400);
  });
});

describe('the terms of an institution', () => {
  const terms = { dueRule: { days: 5, of: 'business_days' }, expiryDays: 10 };

  it('are changed by one who saw them as they are, one at a time', async () => {
    const { institutionId } = await anInstitution(world);
    const path = `/institutions/${institutionId}/due-terms`;
    const sato = await admin();
    expect((await sato.put(path, terms)).status).toBe(428);
    expect((await sato.put(path, terms, { 'if-match': '"none-30"' })).status).toBe(412);
    const seen = { 'if-match': '"7-business_days-30"' };
    const replies = await Promise.all([
      sato.put(path, terms, seen),
      sato.put(path, { dueRule: null, expiryDays: 0 }, seen),
    ]);
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 412]);
    const { body } = await sato.get('/calendar');
    const stored = body.institutions.find(({ id }: { id: string }) => id === institutionId);
    expect(stored).toMatchObject(replies.find(({ status }) => status === 200)?.body);
  });

  it.each([
    { dueRule: { days: -1, of: 'business_days' }, expiryDays: 1 },
    { dueRule: { days: 366, of: 'business_days' }, expiryDays: 1 },
    { dueRule: { days: 1, of: 'weeks' }, expiryDays: 1 },
    { dueRule: { days: 1.5, of: 'business_days' }, expiryDays: 1 },
    { dueRule: null, expiryDays: 3651 },
    { dueRule: null },
  ])('are refused as %j', async (wrong) => {
    const { institutionId } = await anInstitution(world);
    const reply = await (await admin()).put(`/institutions/${institutionId}/due-terms`, wrong, {
      'if-match': '"x"',
    });
    expect(reply.status).toBe(400);
  });

  it('are of nobody who does not exist, and for admins alone to change', async () => {
    expect(
      (await (await admin()).put('/institutions/NONE/due-terms', terms, { 'if-match': '"x"' })).status,
    ).toBe(404);
    const { institutionId } = await anInstitution(world);
    for (const role of ['agent', 'auditor'] as const) {
      const other = as(world, await anOperator(world, role));
      const reply = await other.put(`/institutions/${institutionId}/due-terms`, terms, { 'if-match': '"x"' });
      expect([reply.status, (await other.get('/calendar')).status]).toEqual([403, 200]);
    }
  });
});

it('leaves a line in the audit trail for each change', async () => {
  const operator = await anOperator(world);
  const { institutionId } = await anInstitution(world);
  const by = as(world, operator);
  const { body } = await by.post('/calendar/closing-periods', {
    institutionId,
    name: '夏季休業',
    from: '08-13',
    to: '08-15',
  });
  await by.send('DELETE', `/calendar/closing-periods/${body.id}`);
  await by.post('/calendar/confirmed-years', { year: 2030 });
  await by.put(
    `/institutions/${institutionId}/due-terms`,
    { dueRule: null, expiryDays: 30 },
    { 'if-match': '"7-business_days-30"' },
  );
  const entries = await world.db
    .selectFrom('audit_entries')
    .select(['action', 'subjects', 'details'])
    .where('actor_id', '=', operator.id)
    .orderBy('sequence')
    .execute();
  const period = { owner: institutionId, from: '08-13', to: '08-15' };
  expect(entries).toEqual([
    { action: 'calendar.add_period', subjects: [body.id], details: period },
    { action: 'calendar.remove_period', subjects: [body.id], details: period },
    { action: 'calendar.confirm_year', subjects: ['2030'], details: {} },
    {
      action: 'institution.change_due_rule',
      subjects: [institutionId],
      details: { from: '7-business_days-30', to: 'none-30' },
    },
  ]);
});
