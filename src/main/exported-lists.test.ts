/** Lists as files, one after another: what stands in each, and what never does. */
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import {
  aKey,
  aMerchant,
  anInstitution,
  anOperator,
  as,
  type Caller,
  givenCase,
  startWorld,
} from '#tests/support/world.ts';

const world = startWorld();

const linesOf = async (who: Caller, path: string): Promise<string[]> => {
  const { status, body } = await as(world, who).get(path, { 'accept-language': 'ja' });
  expect([path, status]).toEqual([path, 200]);
  return String(body).trim().split('\r\n');
};

const lastEntry = (who: Caller) =>
  world.db
    .selectFrom('audit_entries')
    .select(['action', 'subjects', 'details'])
    .where('actor_id', '=', who.id)
    .orderBy('sequence', 'desc')
    .executeTakeFirstOrThrow();

describe('as a file', () => {
  it('the contacts of a merchant are those the asker sees', async () => {
    const { mid, hanako, taro } = await aMerchant(world);
    const contact = { category: 'inquiry_cancellation', name: '窓口', locale: 'ja' };
    for (const [sid, email] of [
      ['001', 'one@example.jp'],
      ['002', 'two@example.jp'],
    ] as const)
      await as(world, hanako).post(`/merchants/${mid}/contacts`, { ...contact, sid, email });
    const [heading, ...lines] = await linesOf(hanako, `/merchants/${mid}/contacts.csv`);
    expect(heading).toContain('SID,依頼カテゴリ,名前,メールアドレス');
    expect(lines.map((line) => line.split(',')[4]).sort()).toEqual(['one@example.jp', 'two@example.jp']);
    expect(await lastEntry(hanako)).toEqual({
      action: 'contact.export',
      subjects: [mid],
      details: { filters: 'mid', format: 'csv' },
    });
    for (const who of [taro, await anInstitution(world), await anOperator(world, 'auditor')])
      expect((await as(world, who).get(`/merchants/${mid}/contacts.csv`)).status).toBe(403);
    const other = await aMerchant(world);
    expect((await as(world, other.hanako).get(`/merchants/${mid}/contacts.xlsx`)).status).toBe(404);
  });

  it('keys are told of and never given: neither the key nor what is stored of it', async () => {
    const { mid, hanako } = await aMerchant(world);
    const made = await as(world, hanako).post('/api-keys', {
      name: '基幹システム',
      owner: { kind: 'merchant', mid },
      scopes: ['read_cases'],
    });
    expect(made.status).toBe(201);
    const lines = await linesOf(hanako, '/api-keys.csv');
    expect(lines).toHaveLength(2);
    expect(lines[1]).toContain(`,基幹システム,${mid},`);
    const stored = await world.db
      .selectFrom('api_keys')
      .select('key_hash')
      .where('id', '=', made.body.apiKey.id)
      .executeTakeFirstOrThrow();
    const file = lines.join();
    expect(file).not.toContain(made.body.secret);
    expect(file).not.toContain(stored.key_hash.toString('hex'));
    const other = await aMerchant(world);
    expect(await linesOf(other.hanako, '/api-keys.csv')).toHaveLength(1);
    expect(await linesOf(await anOperator(world), `/api-keys.csv?mid=${mid}`)).toHaveLength(2);
  });

  it('what providers sent and the files of answers come without what stood in them', async () => {
    const { institutionId } = await anInstitution(world);
    const admin = await anOperator(world);
    const adapter = { id: randomUUID(), institution_id: institutionId, name: '接続', kind: 'stripe' };
    await world.db
      .insertInto('adapters')
      .values({ ...adapter, settings: '{}' })
      .execute();
    await world.db
      .insertInto('adapter_messages')
      .values({
        ...{ id: randomUUID(), adapter_id: adapter.id, institution_id: institutionId },
        ...{ event_key: `evt-${adapter.id}`, outcome: 'refused', sealed_body: Buffer.alloc(40) },
      })
      .execute();
    const [heading, line] = await linesOf(admin, `/adapter-messages.csv?adapterId=${adapter.id}`);
    expect(heading).toContain('受信日時,接続,決済機関ID,通知のID');
    expect(line).toContain(`,接続,${institutionId},evt-${adapter.id},`);
    const files = await linesOf(admin, `/return-files.csv?institutionId=${institutionId}`);
    expect(files).toEqual([expect.stringContaining('作成日時,決済機関ID,番号,ファイル名')]);
    for (const path of ['/adapter-messages.csv', '/return-files.csv'])
      expect((await as(world, await anOperator(world, 'auditor')).get(path)).status).toBe(403);
  });

  it('reminders and mails of a case are ids, codes and times, and a case of nobody is not found', async () => {
    const merchant = await aMerchant(world);
    const caseId = await givenCase(world, merchant);
    await sql`insert into reminders (case_id, due_at, step, at, outcome, contacts)
      values (${caseId}, now(), 'before-1', now(), 'sent', 2)`.execute(world.db);
    const auditor = await anOperator(world, 'auditor');
    const [, reminder] = await linesOf(auditor, `/cases/${caseId}/reminders.csv`);
    expect(reminder).toMatch(/,回答期限の1営業日前,送信,2,0,0$/);
    const id = randomUUID();
    await sql`insert into mails (id, message_id, mid, sid, sealed_letter, state)
      values (${id}, ${randomUUID()}, ${merchant.mid}, '001', null, 'kept')`.execute(world.db);
    await sql`insert into mail_cases values (${id}, ${caseId})`.execute(world.db);
    await sql`insert into mail_events (mail_id, kind, reply, host) values (${id}, 'handed_over', '250', 'mx.example')`.execute(
      world.db,
    );
    const [heading, mail] = await linesOf(auditor, `/cases/${caseId}/mails.csv`);
    expect(heading).not.toMatch(/宛先|件名/);
    expect(mail).toMatch(new RegExp(`${id},.*,kept,0,.*,handed_over,250,mx.example$`));
    expect(await lastEntry(auditor)).toMatchObject({ action: 'mail.export', subjects: [caseId] });
    expect((await as(world, auditor).get('/mails/undelivered.xlsx')).status).toBe(200);
    const key = await aKey(world, { mid: null, institution_id: null }, ['read_cases']);
    for (const list of ['reminders', 'mails']) {
      expect((await as(world, key).get(`/cases/261124-000-000-000/${list}.csv`)).status).toBe(404);
      expect((await as(world, merchant.hanako).get(`/cases/${caseId}/${list}.csv`)).status).toBe(403);
    }
  });
});
