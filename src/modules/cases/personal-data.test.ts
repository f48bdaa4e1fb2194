import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { mask } from '#src/domain/mask.ts';
import { sha256Of } from '#src/platform/canonical-json.ts';
import { aCaseOfCanaries } from '#tests/support/canaries.ts';
import { dumpOf, foundIn } from '#tests/support/dump.ts';
import { aMerchant, anOperator, as, everythingAbout, startWorld, type World } from '#tests/support/world.ts';

const world = startWorld();

const correction = async (caseId: string, reason: string) =>
  as(world, await anOperator(world)).post(`/cases/${caseId}/corrections`, { reason });

describe('in the database', () => {
  it('stands nothing of what was asked, typed, answered, told or replied in clear', async () => {
    const merchant = await aMerchant(world);
    const open = await aCaseOfCanaries(world, merchant, { answered: false });
    const { caseId, all } = await aCaseOfCanaries(world, merchant);
    const reason = `訂正${randomUUID()}`;
    const [asked, wanted] = [`延長${randomUUID()}`, `訂正依頼${randomUUID()}`];
    const ask = (id: string, kind: string, why: string) =>
      as(world, merchant.hanako).post(
        `/cases/${id}/${kind}-requests`,
        { reason: why },
        { 'idempotency-key': randomUUID() },
      );
    expect((await ask(open.caseId, 'extension', asked)).status).toBe(201);
    expect((await ask(caseId, 'correction', wanted)).body.events.at(-1).reason).toBe(wanted);
    expect((await correction(caseId, reason)).status).toBe(201);

    const dump = await dumpOf(world.db);

    expect(dump).toContain(caseId);
    expect(foundIn(dump, [...open.all, ...all, reason, asked, wanted])).toEqual([]);
  });

  it('the same customer id is found again, whole, by those who see it', async () => {
    const merchant = await aMerchant(world);
    const { caseId, customerId } = await aCaseOfCanaries(world, merchant);
    const found = async (q: string, who = merchant.hanako) =>
      (await as(world, who).get(`/cases?q=${q}`)).body.data.map(({ id }: { id: string }) => id);

    expect(await found(customerId)).toEqual([caseId]);
    expect(await found(customerId.slice(0, -1))).toEqual([]);
    expect(await found(customerId, merchant.yuki)).toEqual([]);
  });

  it('what was registered is what was shown and what is read again, and its hash is that of the plain answer', async () => {
    const merchant = await aMerchant(world);
    const { caseId, content, institution } = await aCaseOfCanaries(world, merchant, { answered: false });
    const hanako = as(world, merchant.hanako);
    const { body: draft } = await hanako.get(`/cases/${caseId}/draft`);
    const { body: registered } = await hanako.post(`/cases/${caseId}/answer`, {
      draftVersion: 1,
      checkedSha256: draft.check.sha256,
    });

    const { body: read } = await as(world, institution).get(`/cases/${caseId}/answer`);

    expect(read.data).toMatchObject([
      { content, document: draft.check.document, sha256: draft.check.sha256 },
    ]);
    expect(registered.document).toEqual(draft.check.document);
    const hash = sha256Of({ content: read.data[0].content, document: read.data[0].document });
    expect(hash.toString('hex')).toBe(draft.check.sha256);
    expect((await everythingAbout(world, caseId))?.answers).toMatchObject([{ content }]);
  });
});

/** Everything that a merchant's user can read. */
const readable = (caseId: string): string[] => [
  '/cases',
  '/cases.csv',
  '/cases/counts',
  `/cases/${caseId}`,
  `/cases/${caseId}/events`,
  `/cases/${caseId}/answer`,
  `/cases/${caseId}/answer-form`,
  `/cases/${caseId}/draft`,
];

describe('who may not read personal data', () => {
  it('sees it masked everywhere, with what is not personal, and no hash to guess it from', async () => {
    const merchant = await aMerchant(world);
    const open = await aCaseOfCanaries(world, merchant, { answered: false });
    const { caseId, masked } = await aCaseOfCanaries(world, merchant);
    const reason = `訂正${randomUUID()}`;
    await correction(caseId, reason);
    const yuki = as(world, merchant.yuki);
    const hanako = as(world, merchant.hanako);
    const secrets = [...open.masked, ...masked, reason];
    for (const id of [caseId, open.caseId]) {
      const { body } = await hanako.get(`/cases/${id}`);
      const { body: form } = await hanako.get(`/cases/${id}/answer-form`);
      secrets.push(...body.answers.map(({ sha256 }: { sha256: string }) => sha256), form.draft.check.sha256);
    }

    const seen: string[] = [];
    for (const path of [...readable(caseId), ...readable(open.caseId)]) {
      const { status, body, headers } = await yuki.get(path);
      expect(status).toBe(200);
      seen.push(JSON.stringify(body), JSON.stringify([...headers]));
    }

    expect(foundIn(seen.join('\n'), secrets)).toEqual([]);
    const { body } = await yuki.get(`/cases/${caseId}`);
    expect(body).toMatchObject({
      personalData: 'masked',
      supplement: mask,
      payment: { customerId: mask, amount: { value: 12_800 } },
      answers: [
        {
          sha256: null,
          content: {
            purchaser: { name: mask, address: mask, email: mask },
            shipping: { orderedOn: '2026-08-01', deliverTo: 'other' },
          },
        },
      ],
    });
    expect(body.events.at(-1)).toMatchObject({ action: 'open_correction', reason: mask });
    expect((await hanako.get(`/cases/${caseId}`)).body.events.at(-1).reason).toBe(reason);
  });

  it('sees nothing of what is half-typed in a draft', async () => {
    const merchant = await aMerchant(world);
    const { caseId } = await aCaseOfCanaries(world, merchant, { answered: false });
    const content = { shipping: { orderedOn: '山田さんに確認中' } };
    const hanako = as(world, merchant.hanako);
    expect((await hanako.put(`/cases/${caseId}/draft`, { content }, { 'if-match': '"1"' })).status).toBe(200);

    const { body } = await as(world, merchant.yuki).get(`/cases/${caseId}/answer-form`);

    expect(JSON.stringify(body)).not.toContain('山田さん');
    expect(body.draft).toMatchObject({ version: 2, personalData: 'masked' });
  });

  it('leaves another trace of looking', async () => {
    const merchant = await aMerchant(world);
    const { caseId } = await aCaseOfCanaries(world, merchant);
    await as(world, merchant.hanako).get(`/cases/${caseId}`);
    await as(world, merchant.yuki).get(`/cases/${caseId}`);
    const looks = await world.db
      .selectFrom('audit_entries')
      .select(['actor_id', 'details'])
      .where('action', '=', 'case.look')
      .where(sql<boolean>`subjects @> array[${caseId}]`)
      .orderBy('sequence')
      .execute();
    expect(looks).toEqual([
      { actor_id: merchant.hanako.id, details: { personalData: 'shown' } },
      { actor_id: merchant.yuki.id, details: { personalData: 'masked' } },
    ]);
  });
});

/** Changes what is never changed, as somebody who writes to the disk could. */
async function pastAllTriggers({ db }: World, change: ReturnType<typeof sql>): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await sql`set local session_replication_role = replica`.execute(tx);
    await change.execute(tx);
  });
}

describe('a sealed value in the wrong place', () => {
  it.each([
    ['an answer', 'answers', 'case_id', 'sealed_answer'],
    ['a request', 'cases', 'id', 'sealed_request'],
    ['a key', 'case_keys', 'case_id', 'wrapped_key'],
  ])('%s of another case does not open, and nobody is told more', async (_, table, id, column) => {
    const merchant = await aMerchant(world);
    const one = await aCaseOfCanaries(world, merchant);
    const other = await aCaseOfCanaries(world, merchant);
    const [rows, key, value] = [sql.table(table), sql.ref(id), sql.ref(column)];
    await pastAllTriggers(
      world,
      sql`update ${rows} as one set ${value} = other.${value} from ${rows} as other
        where one.${key} = ${one.caseId} and other.${key} = ${other.caseId}`,
    );

    const { status, body } = await as(world, merchant.hanako).get(`/cases/${one.caseId}`);

    expect(status).toBe(500);
    expect(body.code).toBe('internal_error');
    expect(foundIn(JSON.stringify(body), [...one.all, ...other.all])).toEqual([]);
  });

  it('an earlier draft put in place of a later one does not open', async () => {
    const merchant = await aMerchant(world);
    const { caseId, content } = await aCaseOfCanaries(world, merchant, { answered: false });
    const first = await world.db
      .selectFrom('drafts')
      .selectAll()
      .where('case_id', '=', caseId)
      .executeTakeFirst();
    await as(world, merchant.hanako).put(`/cases/${caseId}/draft`, { content }, { 'if-match': '"1"' });
    await world.db
      .updateTable('drafts')
      .set({ sealed_content: first?.sealed_content ?? null })
      .where('case_id', '=', caseId)
      .execute();

    expect((await as(world, merchant.hanako).get(`/cases/${caseId}/draft`)).status).toBe(500);
  });
});
