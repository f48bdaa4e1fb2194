import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { startWebhookWorld } from '#tests/support/webhook-world.ts';
import {
  aMerchant,
  anInstitution,
  anOperator,
  aRequest,
  as,
  type Caller,
  everythingAbout,
  givenCase,
  type Merchant,
} from '#tests/support/world.ts';
import { spreadEvents } from './spread-events.ts';

const world = startWebhookWorld();

type Told = { id: string; type: string; data: { caseId: string; sequence: number; sid: string } };

const place = () => spreadEvents(world.bySystem.inTransaction, new Date());

/** Reads the feed from a cursor to its end, piece by piece. */
async function readOn(
  caller: Caller,
  cursor: string | null,
  limit = 7,
): Promise<{ events: Told[]; cursor: string | null }> {
  const events: Told[] = [];
  for (let at = cursor; ; ) {
    const { status, body } = await as(world, caller).get(
      `/events?limit=${limit}${at ? `&cursor=${at}` : ''}`,
    );
    if (status !== 200) throw new Error(JSON.stringify(body));
    events.push(...body.data);
    at = body.nextCursor;
    if (!body.hasMore) return { events, cursor: at };
  }
}

async function storedEvents(caseId: string) {
  const { rows } = await sql<{ type: string; sequence: number; status: string; version: number }>`
    select type, sequence, status, version from events where case_id = ${caseId} order by sequence`.execute(
    world.db,
  );
  return rows;
}

describe('the outbox', () => {
  it('has an event for each step of a case, as its history tells it', async () => {
    const merchant = await aMerchant(world);
    const caseId = await givenCase(world, merchant, { answered: true });
    const sato = await anOperator(world);
    await as(world, sato).post(`/cases/${caseId}/corrections`, { reason: '訂正のため' });
    await as(world, merchant.hanako).post(`/cases/${caseId}/answer`, { draftVersion: 1 });
    expect(await storedEvents(caseId)).toEqual([
      { type: 'case.received', sequence: 1, status: 'received', version: 0 },
      { type: 'case.answered', sequence: 2, status: 'answered', version: 1 },
      { type: 'case.correction_opened', sequence: 3, status: 'correcting', version: 1 },
    ]);
  });

  it('has none for what was refused, and none is there without its step (INV-04)', async () => {
    const merchant = await aMerchant(world);
    const caseId = await givenCase(world, merchant, { draft: { cancellation: { result: 'cancelled_now' } } });
    expect(
      (await as(world, merchant.hanako).post(`/cases/${caseId}/answer`, { draftVersion: 1 })).status,
    ).toBe(422);
    expect(await storedEvents(caseId)).toHaveLength(1);
    const { rows } = await sql`
      select events.id from events full join case_events on (case_events.case_id, case_events.sequence) = (events.case_id, events.sequence)
      where events.id is null or case_events.case_id is null`.execute(world.db);
    expect(rows).toEqual([]);
  });

  it('takes the step with it when it cannot be written: nothing is registered (INV-04)', async () => {
    const merchant = await aMerchant(world);
    const draft = { cancellation: { result: 'refused', reason: 'ご本人確認が取れないため' } };
    const caseId = await givenCase(world, merchant, { draft });
    const before = await everythingAbout(world, caseId);
    await sql`
      create function full_disk() returns trigger language plpgsql as $$ begin
        if new.mid = ${sql.lit(merchant.mid)} then raise exception 'no room' using errcode = 'disk_full'; end if; return new; end $$`.execute(
      world.db,
    );
    await sql`create trigger full_disk before insert on events for each row execute function full_disk()`.execute(
      world.db,
    );
    const register = () => as(world, merchant.hanako).post(`/cases/${caseId}/answer`, { draftVersion: 1 });
    expect((await register()).status).toBeGreaterThanOrEqual(500);
    expect(await everythingAbout(world, caseId)).toEqual(before);
    await sql`drop trigger full_disk on events`.execute(world.db);
    expect((await register()).status).toBe(201);
    expect(await storedEvents(caseId)).toHaveLength(2);
  });

  it('lasts: not even the database lets an event be rewritten or taken out', async () => {
    const caseId = await givenCase(world, await aMerchant(world));
    await place();
    for (const change of [
      sql`update events set type = 'case.expired' where case_id = ${caseId}`,
      sql`update events set position = position + 1000000 where case_id = ${caseId}`,
      sql`delete from events where case_id = ${caseId}`,
    ])
      await expect(change.execute(world.db)).rejects.toThrow(/does not change|append-only/);
  });
});

describe('the feed', () => {
  it('shows each their own and goes on where it was left', async () => {
    const [merchant, other] = [await aMerchant(world), await aMerchant(world)];
    const jcb = await anInstitution(world);
    for (const sid of ['001', '002']) await as(world, jcb).post('/cases', aRequest(merchant.mid, { sid }));
    await as(world, jcb).post('/cases', aRequest(other.mid));
    await place();
    const seen = async (caller: Caller) => (await readOn(caller, null, 1)).events.map(({ data }) => data.sid);
    expect(await seen(merchant.hanako)).toEqual(['001', '002']);
    expect(await seen(merchant.taro)).toEqual(['002']);
    expect(await seen(other.yuki)).toEqual(['001']);
    expect(await seen(jcb)).toEqual(['001', '002', '001']);
    expect(await seen(await anInstitution(world))).toEqual([]);
    const { cursor } = await readOn(merchant.hanako, null);
    expect(await readOn(merchant.hanako, cursor)).toEqual({ events: [], cursor });
    await givenCase(world, merchant);
    await place();
    expect((await readOn(merchant.hanako, cursor)).events).toHaveLength(1);
  });

  it.each(['nonsense', 'e-1', 'ZTEyMzQ1Njc4OTAxMjM0NTY3ODkw', '%00'])(
    'refuses the cursor %s',
    async (cursor) => {
      const { hanako } = await aMerchant(world);
      expect(await as(world, hanako).get(`/events?cursor=${cursor}`)).toMatchObject({ status: 400 });
    },
  );

  it('skips nothing that was written earlier and committed later', async () => {
    const merchant = await aMerchant(world);
    const slow = await givenCase(world, merchant);
    const { cursor } = await place().then(() => readOn(merchant.hanako, null));
    const { promise: held, resolve: release } = Promise.withResolvers<void>();
    const { promise: isWritten, resolve: written } = Promise.withResolvers<void>();
    // A step whose event is written, and which is not committed yet.
    const holding = world.bySystem.inTransaction(async (tx) => {
      await sql`
        insert into case_events (case_id, sequence, action, from_status, to_status, actor_kind)
        values (${slow}, 2, 'withdraw', 'received', 'withdrawn', 'system')`.execute(tx);
      tx.record('case.withdraw', [slow]);
      await tx.happened('withdraw', [slow]);
      written();
      await held;
    });
    await isWritten;
    const quick = await givenCase(world, merchant);
    await place();
    const first = await readOn(merchant.hanako, cursor);
    expect(first.events.map(({ data }) => data.caseId)).toEqual([quick]);
    release();
    await holding;
    await place();
    const second = await readOn(merchant.hanako, first.cursor);
    expect(second.events.map(({ data }) => [data.caseId, data.sequence])).toEqual([[slow, 2]]);
  });

  it('is whole and in order for who reads it while many write and several place', async () => {
    const merchants: Merchant[] = [];
    for (let count = 0; count < 3; count += 1) merchants.push(await aMerchant(world));
    const [jcb, sato] = [await anInstitution(world), await anOperator(world)];
    let isWriting = true;
    const readers = [jcb, ...merchants.map(({ hanako }) => hanako)].map(async (reader) => {
      const all: Told[] = [];
      let cursor: string | null = null;
      for (let isLast = false; ; isLast = !isWriting) {
        const read = await readOn(reader, cursor);
        all.push(...read.events);
        cursor = read.cursor;
        if (isLast) return all;
      }
    });
    const placers = [1, 2, 3].map(async () => {
      while (isWriting) await place();
    });
    const writers = merchants.flatMap(({ mid }) =>
      [1, 2, 3, 4].map(async () => {
        const ids: string[] = [];
        for (let count = 0; count < 8; count += 1) {
          const { body } = await as(world, jcb).post('/cases', aRequest(mid));
          ids.push(body.id);
          const by = count % 2 ? sato : jcb;
          const { status } = await as(world, by).post(`/cases/${body.id}/withdrawal`, { reason: '重複' });
          expect(status).toBe(201);
        }
        return ids;
      }),
    );
    const cases = (await Promise.all(writers)).flat();
    await place();
    isWriting = false;
    await Promise.all(placers);
    const [ofInstitution = [], ...ofMerchants] = await Promise.all(readers);
    const expected = cases.flatMap((caseId) => [`${caseId} 1`, `${caseId} 2`]).sort();
    const names = (events: Told[]) => events.map(({ data }) => `${data.caseId} ${data.sequence}`);
    expect(names(ofInstitution).sort()).toEqual(expected);
    expect(ofMerchants.flatMap(names).sort()).toEqual(expected);
    for (const caseId of cases) {
      const sequences = ofInstitution
        .filter(({ data }) => data.caseId === caseId)
        .map(({ data }) => data.sequence);
      expect(sequences).toEqual([1, 2]);
    }
  });
});
