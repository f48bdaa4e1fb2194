import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { startMailWorld } from '#tests/support/mail-world.ts';
import { mailsOf } from '#tests/support/opened.ts';
import { aContact, mailable } from '#tests/support/reminder-world.ts';
import { aMerchant, anOperator, as, givenCase, type Merchant } from '#tests/support/world.ts';
import { mostRows } from './step-letter.ts';
import { tellStep } from './tell-step.ts';

// Nothing is told by itself: the tests say when a job is done.
const world = startMailWorld();

const how = {
  sender: { providerName: 'PSP', supportMail: 'a@psp.example.jp', baseUrl: 'https://portal.example.jp' },
  isKept: true,
};

const tell = (caseId: string, sequence: number) =>
  world.bySystem.inTransaction((tx) => tellStep(tx, { caseId, sequence, ...how }));

/** A case whose request the contacts were told of, unless it was withdrawn before that. */
async function withdrawn(merchant: Merchant, { sid = '001', heardOf = true } = {}): Promise<string> {
  const caseId = await givenCase(world, merchant, { sid });
  const announced = sql`update announcements set announced_at = now(), outcome = 'told' where case_id = ${caseId}`;
  if (heardOf) await announced.execute(world.db);
  const sato = as(world, await anOperator(world));
  expect((await sato.post(`/cases/${caseId}/withdrawal`, { reason: '重複のため' })).status).toBe(201);
  return caseId;
}

const told = async (caseId: string) =>
  (
    await sql<{ people: number | null }>`select people from step_notices where case_id = ${caseId}`.execute(
      world.db,
    )
  ).rows.map(({ people }) => people);

describe('the mail of a step', () => {
  it('tells of all cases of the service that wait to be told of, once, whichever job comes first', async () => {
    const merchant = await aMerchant(world);
    const contact = await aContact(world, merchant, '001');
    const cases = [await withdrawn(merchant), await withdrawn(merchant), await withdrawn(merchant)];
    const elsewhere = await withdrawn(merchant, { sid: '002' });

    await Promise.all([...cases, ...cases].map((caseId) => tell(caseId, 2)));

    const mails = await mailsOf(world, merchant.mid);
    expect(mails.map(({ to, caseIds }) => [to, caseIds])).toEqual([[contact, cases.toSorted()]]);
    for (const caseId of cases) expect(mails[0]?.text).toContain(caseId);
    // So that a mail that did not arrive is sent again to the address that the contact has by then.
    const { rows } = await sql`
      select email from mails join contacts on contacts.id = contact_id where mails.id = ${mails[0]?.id}`.execute(
      world.db,
    );
    expect(rows).toEqual([{ email: contact }]);
    expect(mails[0]?.text).toContain('3件');
    expect(mails[0]?.text).toContain(
      `https://portal.example.jp/cases?mid=${merchant.mid}&sid=001&status=withdrawn`,
    );
    expect(mails[0]?.text).not.toContain('重複のため');
    expect(await Promise.all([...cases, elsewhere].map(told))).toEqual([[1], [1], [1], [null]]);
  });

  it('leads to the case itself where there is one', async () => {
    const merchant = await aMerchant(world);
    await aContact(world, merchant, null, 'en');
    const caseId = await withdrawn(merchant);
    await tell(caseId, 2);
    const [mail] = await mailsOf(world, merchant.mid);
    expect(mail?.text).toContain(`https://portal.example.jp/cases/${caseId}`);
    expect(mail?.subject).toBe(`[PSP]A request was withdrawn(${merchant.mid}-001)`);
  });

  it('of a request that nobody had heard of is not written', async () => {
    const merchant = await aMerchant(world);
    await aContact(world, merchant);
    const caseId = await withdrawn(merchant, { heardOf: false });
    await tell(caseId, 2);
    expect(await mailsOf(world, merchant.mid)).toEqual([]);
    expect(await told(caseId)).toEqual([0]);
  });

  it('to operators is no mail of the merchant’s', async () => {
    const merchant = await aMerchant(world);
    await aContact(world, merchant);
    const operator = await mailable(world, await anOperator(world, 'agent'));
    const auditor = await mailable(world, await anOperator(world, 'auditor'));
    const caseId = await givenCase(world, merchant);
    await as(world, merchant.hanako).post(`/cases/${caseId}/extension-requests`, { reason: '確認中のため' });
    await tell(caseId, 2);
    expect(await mailsOf(world, merchant.mid)).toEqual([]);
    const written = (await mailsOf(world, null)).filter(({ caseIds }) => caseIds?.includes(caseId));
    expect(written.map(({ to }) => to)).toContain(operator);
    expect(written.map(({ to }) => to)).not.toContain(auditor);
  });

  it('names fifty cases, and says how many more there are', async () => {
    const merchant = await aMerchant(world);
    await aContact(world, merchant);
    const first = await withdrawn(merchant);
    await sql`
      with others as (
        insert into cases select (jsonb_populate_record(cases, jsonb_build_object('id', id || n, 'institution_reference', n))).*
        from cases, generate_series(1, ${mostRows + 2}) n where id = ${first} returning id)
      select from others`.execute(world.db);
    await sql`
      insert into case_events select (jsonb_populate_record(case_events, jsonb_build_object('case_id', cases.id, 'sealed_reason', null))).*
      from case_events, cases where case_id = ${first} and cases.id like ${`${first}_%`}`.execute(world.db);
    await sql`insert into step_notices (case_id, sequence, step)
      select id, 2, 'withdraw' from cases where id like ${`${first}_%`}`.execute(world.db);
    await tell(first, 2);
    const [mail] = await mailsOf(world, merchant.mid);
    expect(mail?.caseIds).toHaveLength(mostRows + 3);
    expect(mail?.text).toContain(`${mostRows + 3}件`);
    expect(mail?.text).toContain('ほか3件は、一覧でご確認ください。');
  });
});
