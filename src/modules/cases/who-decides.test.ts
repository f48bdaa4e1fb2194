import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { askingIn, corrected, reason } from '#tests/support/asking.ts';
import {
  aMerchant,
  aMerchantKey,
  anInstitution,
  anOperator,
  aPerson,
  aRequest,
  as,
  cancelled,
  givenCase,
  inDays,
  type Merchant,
  startWorld,
} from '#tests/support/world.ts';

const world = startWorld();
const { ask, decide, registerNext, traces, institutionOf } = askingIn(world);
const secret = '090-0000-0000に確認中';

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

describe('what a merchant and the PSP write to each other', () => {
  it('is read by both and masked for who may not read it, and the institution learns of the steps alone', async () => {
    const merchant = await aMerchant(world);
    const institution = await anInstitution(world);
    const { body: taken } = await as(world, institution).post('/cases', aRequest(merchant.mid));
    await ask(merchant.hanako, taken.id, 'extension', secret);
    await decide(taken.id, 'extension', { decision: 'refused', reason: secret });
    const reasonsFor = async (who: Merchant['hanako']) =>
      (await as(world, who).get(`/cases/${taken.id}`)).body.events.map(
        ({ action, reason: why }: { action: string; reason: string | null }) => [action, why],
      );
    const both = [
      ['receive', null],
      ['request_extension', secret],
      ['refuse_extension', secret],
    ];
    expect(await reasonsFor(merchant.hanako)).toEqual(both);
    expect(await reasonsFor(await anOperator(world, 'auditor'))).toEqual(both);
    expect(JSON.stringify(await reasonsFor(merchant.yuki))).not.toContain(secret);
    const steps = both.map(([action]) => [action, null]);
    expect(await reasonsFor(institution)).toEqual(steps);
    const { body } = await as(world, institution).get(`/cases/${taken.id}/events`);
    expect(JSON.stringify(body)).not.toContain(secret);
  });

  it('goes to the institution where it is a question or a withdrawal, which are its affair', async () => {
    const merchant = await aMerchant(world);
    const institution = await anInstitution(world);
    const { body: taken } = await as(world, institution).post('/cases', aRequest(merchant.mid));
    await as(world, merchant.hanako).put(
      `/cases/${taken.id}/draft`,
      { content: cancelled },
      { 'if-match': '"0"' },
    );
    await as(world, merchant.hanako).post(`/cases/${taken.id}/answer`, { draftVersion: 1 });
    const sato = as(world, await anOperator(world));
    await sato.post(`/cases/${taken.id}/corrections`, { reason: '解約日はいつですか', because: 'follow_up' });
    await sato.post(`/cases/${taken.id}/withdrawal`, { reason: '重複のため' });
    const { events } = (await as(world, institution).get(`/cases/${taken.id}`)).body;
    expect(events.slice(2)).toMatchObject([{ reason: '解約日はいつですか' }, { reason: '重複のため' }]);
  });
});

describe('four eyes, where an institution wants them', () => {
  it('keep whoever registered a version from registering the next; a colleague does, with the same draft', async () => {
    const merchant = await aMerchant(world);
    const [sato, agent] = [as(world, await anOperator(world)), as(world, await anOperator(world, 'agent'))];
    const colleague = await aPerson(world, {
      ...{ name: '伊藤 空', mid: merchant.mid, roles: ['responder'], sids: null },
    });
    const caseId = await givenCase(world, merchant, { answered: true });
    const institution = await institutionOf(caseId);
    const { body: found } = await sato.get(`/institutions/${institution}`);
    expect(found.secondPersonCorrects).toBe(false);
    const wanted = { name: found.name, kind: found.kind, isRetired: false, secondPersonCorrects: true };
    const version = { 'if-match': `"${found.version}"` };
    expect((await agent.put(`/institutions/${institution}`, wanted, version)).status).toBe(403);
    const changed = await sato.put(`/institutions/${institution}`, wanted, version);
    expect(changed).toMatchObject({ status: 200, body: { secondPersonCorrects: true } });
    await sato.post(`/cases/${caseId}/corrections`, { reason });

    const own = await registerNext(merchant, caseId, corrected, 1);
    expect([own.status, own.body.code]).toEqual([403, 'somebody_else_registers']);
    expect((await traces(caseId)).answers).toHaveLength(1);
    const theirs = await as(world, colleague).post(`/cases/${caseId}/answer`, { draftVersion: 2 });
    expect(theirs).toMatchObject({ status: 201, body: { version: 2 } });

    // A change that does not name it leaves it as it is.
    const { secondPersonCorrects: _, ...unnamed } = wanted;
    const again = await sato.put(`/institutions/${institution}`, unnamed, {
      'if-match': `"${changed.body.version}"`,
    });
    expect(again.body.secondPersonCorrects).toBe(true);
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
    await expect(
      world.db.transaction().execute(async (tx) => {
        await sql`select set_config('shokai.kind', 'institution', true)`.execute(tx);
        await sql`update merchant_requests set state = 'granted', decided_sequence = 1 where case_id = ${caseId}`.execute(
          tx,
        );
      }),
    ).rejects.toThrow('decided once');
  });

  it('what waits for an operator is found from an index', async () => {
    const plan = await world.db.transaction().execute(async (tx) => {
      // The table of a test is so small that any other way could be chosen.
      await sql`set local enable_seqscan = off`.execute(tx);
      await sql`set local enable_sort = off`.execute(tx);
      return sql<{
        'QUERY PLAN': string;
      }>`explain select case_id from merchant_requests where state = 'open' order by asked_at, case_id limit 50`.execute(
        tx,
      );
    });
    expect(JSON.stringify(plan.rows)).toContain('merchant_requests_waiting');
  });
});
