import { readFile } from 'node:fs/promises';
import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { spreadEvents } from '#src/modules/webhooks/spread-events.ts';
import { sha256Of } from '#src/platform/canonical-json.ts';
import { anOwnDatabase } from '#tests/support/own-database.ts';
import {
  aMerchant,
  aMerchantKey,
  anInstitution,
  anOperator,
  aRequest,
  as,
  type Caller,
  cancelled,
  givenCase,
  type Institution,
  type Merchant,
  startWorld,
} from '#tests/support/world.ts';

const world = startWorld({ database: anOwnDatabase });

type Told = {
  caseId: string;
  version: number;
  previousVersion: number | null;
  registeredBy: string | null;
  registeredAt: string;
  sha256: string | null;
  content: object;
  document: unknown;
  personalData: string;
};

const place = () => spreadEvents(world.bySystem.inTransaction, new Date());

/** Reads the feed from a cursor to its end, piece by piece. */
async function readOn(
  caller: Caller,
  cursor: string | null = null,
  { limit = 7, query = '' } = {},
): Promise<{ answers: Told[]; cursor: string | null }> {
  const answers: Told[] = [];
  for (let at = cursor; ; ) {
    const { status, body } = await as(world, caller).get(
      `/answers?limit=${limit}${query}${at ? `&cursor=${at}` : ''}`,
    );
    if (status !== 200) throw new Error(JSON.stringify(body));
    answers.push(...body.data);
    at = body.nextCursor;
    if (!body.hasMore) return { answers, cursor: at };
  }
}

/** A case of an institution and a merchant, answered. */
async function answer(institution: Institution, { mid, hanako }: Merchant, sid = '001'): Promise<string> {
  const { body } = await as(world, institution).post('/cases', aRequest(mid, { sid }));
  await as(world, hanako).put(`/cases/${body.id}/draft`, { content: cancelled }, { 'if-match': '"0"' });
  const registered = await as(world, hanako).post(`/cases/${body.id}/answer`, { draftVersion: 1 });
  if (registered.status !== 201) throw new Error(JSON.stringify(registered.body));
  return body.id;
}

/** A further version of an answer, after an operator opened the case. */
async function correct(caseId: string, { hanako }: Merchant, sato: Caller): Promise<void> {
  await as(world, sato).post(`/cases/${caseId}/corrections`, { reason: '加盟店様のお申し出のため' });
  const changed = { cancellation: { ...cancelled.cancellation, cancelledOn: '2026-08-21' } };
  await as(world, hanako).put(`/cases/${caseId}/draft`, { content: changed }, { 'if-match': '"1"' });
  const registered = await as(world, hanako).post(`/cases/${caseId}/answer`, { draftVersion: 2 });
  if (registered.status !== 201) throw new Error(JSON.stringify(registered.body));
}

const namesOf = (answers: readonly Told[]): string[] =>
  answers.map(({ caseId, version }) => `${caseId} ${version}`);

describe('an entry of the feed', () => {
  it('tells the answer as it was registered, and each version of it', async () => {
    const [merchant, jcb, sato] = [
      await aMerchant(world),
      await anInstitution(world),
      await anOperator(world),
    ];
    const caseId = await answer(jcb, merchant);
    await correct(caseId, merchant, sato);
    await place();
    const { answers } = await readOn(jcb);
    expect(answers).toMatchObject([
      {
        ...{ caseId, version: 1, previousVersion: null, mid: merchant.mid, sid: '001', late: false },
        ...{ institutionId: jcb.institutionId, notificationType: 'cancellation.method_unknown' },
        ...{ content: cancelled, personalData: 'shown', registeredBy: null },
      },
      { caseId, version: 2, previousVersion: 1, content: { cancellation: { cancelledOn: '2026-08-21' } } },
    ]);
    for (const { sha256, content, document } of answers)
      expect(sha256).toBe(sha256Of({ content, document }).toString('hex'));
    expect((await readOn(merchant.hanako)).answers.map((each) => each.registeredBy)).toEqual([
      '山田 花子',
      '山田 花子',
    ]);
  });

  it('is masked for who may not read personal data, without its hash', async () => {
    const merchant = await aMerchant(world);
    const reason = 'ご契約者本人の山田様から継続のご希望があったため';
    const caseId = await givenCase(world, merchant, {
      draft: { cancellation: { result: 'refused', reason } },
    });
    await as(world, merchant.hanako).post(`/cases/${caseId}/answer`, { draftVersion: 1 });
    await place();
    const [entry] = (await readOn(merchant.yuki)).answers;
    expect(entry).toMatchObject({ personalData: 'masked', sha256: null });
    expect(JSON.stringify(entry?.content)).toContain('●●●●');
    expect(JSON.stringify(entry)).not.toContain(reason);
  });
});

describe('the feed', () => {
  it('shows each their own and goes on where it was left', async () => {
    const [merchant, other] = [await aMerchant(world), await aMerchant(world)];
    const [jcb, visa] = [await anInstitution(world), await anInstitution(world)];
    const first = await answer(jcb, merchant);
    const second = await answer(jcb, merchant, '002');
    const third = await answer(visa, other);
    await place();
    const seen = async (caller: Caller, query = '') =>
      (await readOn(caller, null, { limit: 1, query })).answers.map(({ caseId }) => caseId);
    expect(await seen(jcb)).toEqual([first, second]);
    expect(await seen(visa)).toEqual([third]);
    expect(await seen(merchant.hanako)).toEqual([first, second]);
    expect(await seen(merchant.taro)).toEqual([second]);
    expect(await seen(await aMerchantKey(world, other.mid))).toEqual([third]);
    expect(await seen(await anOperator(world), `&institutionId=${visa.institutionId}`)).toEqual([third]);
    expect(await seen(jcb, `&institutionId=${visa.institutionId}`)).toEqual([]);
    const { cursor } = await readOn(jcb);
    expect(await readOn(jcb, cursor)).toEqual({ answers: [], cursor });
    const fourth = await answer(jcb, other);
    await place();
    expect(namesOf((await readOn(jcb, cursor)).answers)).toEqual([`${fourth} 1`]);
  });

  it('leaves out what was registered before an instant', async () => {
    const [merchant, jcb] = [await aMerchant(world), await anInstitution(world)];
    await answer(jcb, merchant);
    await place();
    const since = (instant: string) =>
      readOn(jcb, null, { query: `&since=${encodeURIComponent(instant)}` }).then(
        ({ answers }) => answers.length,
      );
    expect(await since('2020-01-01T00:00:00+09:00')).toBe(1);
    expect(await since('2100-01-01T00:00:00+09:00')).toBe(0);
  });

  it.each(['cursor=nonsense', 'cursor=a-1', 'cursor=ZTE', 'since=yesterday', 'limit=0', 'limit=201'])(
    'refuses %s',
    async (query) => {
      const { hanako } = await aMerchant(world);
      expect(await as(world, hanako).get(`/answers?${query}`)).toMatchObject({ status: 400 });
    },
  );

  it('is recorded with the cases that were shown, and not at all when there was nothing new', async () => {
    const [merchant, jcb] = [await aMerchant(world), await anInstitution(world)];
    const caseId = await answer(jcb, merchant);
    await place();
    const { cursor } = await readOn(jcb);
    await readOn(jcb, cursor);
    const { rows } = await sql<{ subjects: string[]; details: object }>`
      select subjects, details from audit_entries where action = 'answer.fetch' and actor_id = ${jcb.id}`.execute(
      world.db,
    );
    expect(rows).toEqual([{ subjects: [caseId], details: { answers: 1, personalData: 'shown' } }]);
  });
});

describe('under load', () => {
  const count = 1_000;
  let jcb: Institution;
  let merchants: Merchant[];

  beforeAll(async () => {
    jcb = await anInstitution(world);
    merchants = [await aMerchant(world), await aMerchant(world), await aMerchant(world)];
  });

  it(`is equal to the truth: ${count} answers, written side by side, committed late and out of order, read meanwhile`, async () => {
    const caseIds = await takeIn(jcb, merchants, count);
    let isWriting = true;
    const read = [jcb, ...merchants.map(({ hanako }) => hanako)].map((reader) =>
      readAll(reader, () => isWriting),
    );
    const placing = [1, 2].map(async () => {
      while (isWriting) await place();
    });
    const waiting = [...caseIds];
    const writers = Array.from({ length: 8 }, async (_, index) => {
      for (let caseId = waiting.shift(); caseId; caseId = waiting.shift()) await register(caseId, index);
    });
    await Promise.all(writers);
    await place();
    isWriting = false;
    await Promise.all(placing);
    const [ofInstitution = [], ...ofMerchants] = await Promise.all(read);
    const truth = caseIds.map((caseId) => `${caseId} 1`).sort();
    expect(namesOf(ofInstitution).sort()).toEqual(truth);
    expect(ofMerchants.flatMap(namesOf).sort()).toEqual(truth);
  }, 120_000);
});

/** Reads on and on, and once more after the writing has ended. */
async function readAll(reader: Caller, isWriting: () => boolean): Promise<Told[]> {
  const all: Told[] = [];
  let cursor: string | null = null;
  for (let isLast = false; ; isLast = !isWriting()) {
    const read = await readOn(reader, cursor, { limit: 50 });
    all.push(...read.answers);
    cursor = read.cursor;
    if (isLast) return all;
  }
}

async function takeIn(
  institution: Institution,
  merchants: readonly Merchant[],
  count: number,
): Promise<string[]> {
  const requests = Array.from({ length: count }, (_, index) =>
    JSON.stringify(aRequest(merchants[index % merchants.length]?.mid ?? '')),
  );
  const { body } = await as(world, institution).send('POST', '/cases/batch', {
    raw: `${requests.join('\n')}\n`,
    headers: { 'content-type': 'application/x-ndjson' },
  });
  return String(body)
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).caseId ?? JSON.parse(line).id);
}

/** The step and its answer as the product writes them, in a transaction that stays open for a while, differently long. */
async function register(caseId: string, writer: number): Promise<void> {
  await world.bySystem.inTransaction(async (tx) => {
    await sql`
      insert into case_events (case_id, sequence, action, from_status, to_status, actor_kind)
      values (${caseId}, 2, 'register_answer', 'received', 'answered', 'system')`.execute(tx);
    await sql`update cases set status = 'answered', answered_at = product_now() where id = ${caseId}`.execute(
      tx,
    );
    await sql`
      insert into answers (case_id, version, draft_version, sealed_answer, locale, sha256, registered_by_kind, registered_by, late)
      select ${caseId}, 1, 1, ${sealed(tx, caseId, await keyOf(caseId))}, 'ja', repeat('0', 64), 'merchant', gen_random_uuid(), false`.execute(
      tx,
    );
    tx.record('case.register_answer', [caseId]);
    await tx.happened('register_answer', [caseId]);
    await sql`select pg_sleep(${((writer * 7) % 8) / 400})`.execute(tx);
  });
}

const keyOf = async (caseId: string): Promise<Buffer> =>
  (
    await world.db
      .selectFrom('case_keys')
      .select('wrapped_key')
      .where('case_id', '=', caseId)
      .executeTakeFirstOrThrow()
  ).wrapped_key;

const sealed = (tx: { vault: typeof world.vault }, caseId: string, wrapped: Buffer): Buffer =>
  tx.vault
    .caseKey(caseId, wrapped)
    .seal(
      JSON.stringify({ content: cancelled, document: [] }),
      JSON.stringify(['answers.sealed_answer', caseId, '1']),
    );

describe('an answer from before there were events', () => {
  it('has an event for every step that registered one', async () => {
    await givenCase(world, await aMerchant(world), { answered: true });
    const { rows } = await sql`
      select from case_events step where action = 'register_answer'
        and not exists (select from events where (events.case_id, events.sequence) = (step.case_id, step.sequence))`.execute(
      world.db,
    );
    expect(rows).toEqual([]);
  });
});

describe('an answer that does not open', () => {
  it.each([
    ['answers', 'sealed_answer', 'case_id'],
    ['case_keys', 'wrapped_key', 'case_id'],
    ['cases', 'sealed_request', 'id'],
  ])(
    'because %s.%s was damaged has its place, marked and told, and keeps nobody from the others',
    async (table, column, key) => {
      const [merchant, institution] = [await aMerchant(world), await anInstitution(world)];
      const ids: string[] = [];
      for (let made = 0; made < 3; made += 1) ids.push(await answer(institution, merchant));
      await place();
      const [, broken = ''] = ids;
      await world.db.transaction().execute(async (tx) => {
        // Past the triggers that keep what was registered as it is.
        await sql`set local session_replication_role = replica`.execute(tx);
        await sql`update ${sql.table(table)} set ${sql.ref(column)} =
        overlay(${sql.ref(column)} placing '\\xffff'::bytea from 40) where ${sql.ref(key)} = ${broken}`.execute(
          tx,
        );
      });
      const { answers } = await readOn(institution);
      expect(answers.map(({ caseId, personalData }) => [caseId, personalData])).toEqual(
        ids.map((id) => [id, id === broken ? 'unreadable' : 'shown']),
      );
      expect(answers[1]).toMatchObject({ content: {}, document: [] });
      const log = await readFile(world.logPath, 'utf8');
      expect(
        log.split('\n').filter((line) => line.includes('an answer does not open') && line.includes(broken)),
      ).not.toEqual([]);
    },
  );
});
