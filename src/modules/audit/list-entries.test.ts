import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import type { OperatorActor } from '#src/platform/actor.ts';
import { networkOf } from '#src/platform/http/network.ts';
import { anOwnDatabase } from '#tests/support/own-database.ts';
import {
  aMerchant,
  anInstitution,
  anOperator,
  aPerson,
  as,
  type Caller,
  givenCase,
  type Merchant,
  startWorld,
} from '#tests/support/world.ts';
import { type Filter, selectEntries } from './list-entries.ts';

type Entry = { at: string; action: string; subjects: string[]; actor: { id: string; tenant: string } };

const world = startWorld({ database: anOwnDatabase });

let merchant: Merchant;
let other: Merchant;
let auditor: Caller;
let caseId: string;
let otherCase: string;
const busy = randomUUID();

beforeAll(async () => {
  await fillTrail();
  merchant = await aMerchant(world);
  other = await aMerchant(world);
  auditor = await anOperator(world, 'auditor');
  caseId = await givenCase(world, merchant, { draft: {} });
  otherCase = await givenCase(world, other, { draft: {} });
  await as(world, merchant.yuki).get(`/cases/${caseId}`);
  await as(world, merchant.taro).get(`/cases/${otherCase}`);
});

/** A hundred thousand entries of long ago, by many people and about many things. */
async function fillTrail(): Promise<void> {
  await sql`
    insert into audit_entries
    select n + 1, timestamptz '2020-01-01' + n * interval '20 minutes', 'merchant',
      case when n % 50 = 0 then ${busy}::uuid else gen_random_uuid() end, lpad((n % 500)::text, 5, '0'), 'read_cases',
      case when n % 500 = 0 then 'key.create' else 'case.look' end, array['subject-' || n / 10], '{}', null, null,
      sha256('x'), sha256('x')
    from generate_series(1, 100000) n`.execute(world.db);
  await sql`update audit_head set sequence = 100001, hash = sha256('x')`.execute(world.db);
  await sql`analyze`.execute(world.db);
}

const list = async (caller: Caller, query = ''): Promise<any[]> => {
  const { status, body } = await as(world, caller).get(`/audit-entries${query}`);
  expect(status).toBe(200);
  return body.data;
};

describe('the audit trail on the screen', () => {
  it('shows the newest first, with the names of today, and that it was looked at', async () => {
    const before = await list(auditor, '?limit=3');
    expect(before.map(({ action }) => action)).toEqual(['access.refuse', 'case.look', 'draft.save']);
    expect(before[1]).toMatchObject({
      actor: {
        kind: 'merchant',
        id: merchant.yuki.id,
        name: '高橋 雪',
        loginId: merchant.yuki.id,
        tenant: merchant.mid,
      },
      right: 'read_cases',
      subjects: [caseId],
      previousHash: before[2].hash,
      origin: networkOf(world.address),
    });
    expect((await list(auditor, '?limit=1'))[0]).toMatchObject({
      action: 'audit.look',
      actor: { kind: 'operator', id: auditor.id },
    });
  });

  it('pages without skipping or repeating, though entries are added meanwhile', async () => {
    const seen: number[] = [];
    let cursor: string | null = '';
    for (let page = 0; page < 3 && cursor !== null; page += 1) {
      const path: string = `/audit-entries?limit=4${cursor && `&cursor=${cursor}`}`;
      const { body } = await as(world, auditor).get(path);
      seen.push(...body.data.map(({ sequence }: { sequence: number }) => sequence));
      cursor = body.nextCursor;
    }
    expect(seen).toEqual(Array.from({ length: 12 }, (_, index) => (seen[0] ?? 0) - index));
  });

  it.each([
    [
      '?from=2020-02-01&to=2020-02-01&limit=200',
      72,
      ({ at }: Entry) => at >= '2020-01-31T15:00' && at < '2020-02-01T15:00',
    ],
    ['?action=key.create&limit=200', 200, ({ action }: Entry) => action === 'key.create'],
    [`?actor=${busy}&limit=200`, 200, ({ actor }: Entry) => actor.id === busy],
    ['?subject=subject-77', 10, ({ subjects }: Entry) => subjects[0] === 'subject-77'],
    ['?tenant=00042&to=2020-12-31', 50, ({ actor, at }: Entry) => actor.tenant === '00042' && at < '2021'],
    [
      `?actor=${busy}&action=key.create&from=2021-01-01&limit=50`,
      50,
      ({ at }: Entry) => at > '2020-12-31T14',
    ],
    ['?from=2019-01-01&to=2019-12-31', 0, () => true],
    ['?from=2090-01-01', 0, () => true],
    ['?actor=nobody-at-all', 0, () => true],
  ])('is filtered by %s', async (query, count, fits) => {
    const data = await list(auditor, query);
    expect(data).toHaveLength(count);
    expect(data.filter((row) => !fits(row))).toEqual([]);
  });

  it('finds a case by a number as it was said, and a person by the user id', async () => {
    const actions = async (query: string) => (await list(auditor, query)).map(({ action }) => action);
    const said = caseId.replaceAll('-', '').toLowerCase();
    expect(await actions(`?subject=${said}`)).toEqual(['case.look', 'draft.save', 'case.receive']);
    expect(await actions(`?actor=${merchant.yuki.id}`)).toEqual(['case.look']);
    await world.db
      .updateTable('users')
      .set({ login_id: 'yuki-by-name' })
      .where('id', '=', merchant.yuki.id)
      .execute();
    expect(await actions('?actor=yuki-by-name')).toEqual(['case.look']);
  });

  it.each([
    '?from=2026-13-01',
    '?action=nothing',
    '?subject=hanako@example.jp',
    '?cursor=nonsense',
    '?limit=0',
  ])('refuses %s', async (query) => {
    expect(await as(world, auditor).get(`/audit-entries${query}`)).toMatchObject({ status: 400 });
  });
});

describe('who may read it', () => {
  it.each([
    ['an agent', async () => anOperator(world, 'agent')],
    ['a viewer', async () => merchant.yuki],
    ['a responder', async () => merchant.taro],
    ['an institution', async () => anInstitution(world)],
  ])('is not %s', async (_, who) => {
    const caller = as(world, await who());
    for (const path of ['/audit-entries', '/audit-entries.csv', '/audit-trail']) {
      expect(await caller.get(path)).toMatchObject({ status: 403 });
    }
  });

  it('is a merchant’s admin, for what their own people did', async () => {
    const mine = await list(merchant.hanako);
    expect(new Set(mine.map(({ actor }) => actor.tenant))).toEqual(new Set([merchant.mid]));
    expect(mine.map(({ actor }) => actor.name)).toContain('高橋 雪');
    expect(JSON.stringify(mine)).not.toContain(otherCase);
    expect(await list(merchant.hanako, `?tenant=${other.mid}`)).toEqual([]);
    expect(await list(merchant.hanako, `?actor=${other.hanako.id}`)).toEqual([]);
    expect(await list(merchant.hanako, `?subject=${otherCase}`)).toEqual([]);
    expect(await list(merchant.hanako, `?actor=${auditor.id}`)).toEqual([]);
    expect(await as(world, merchant.hanako).get('/audit-trail')).toMatchObject({ status: 403 });
  });

  it('is an admin of some services for what they did themselves', async () => {
    const limited = await aPerson(world, {
      name: '伊藤',
      mid: merchant.mid,
      roles: ['admin'],
      sids: ['002'],
    });
    await list(limited);
    expect(await list(limited)).toMatchObject([{ action: 'audit.look', actor: { id: limited.id } }]);
  });
});

describe('the file', () => {
  it('holds what is filtered, in lines a spreadsheet takes for text, and is recorded', async () => {
    const { status, body, headers } = await as(world, auditor).get(`/audit-entries.csv?subject=${caseId}`);
    const lines = String(body).split('\r\n');
    expect(status).toBe(200);
    expect(headers.get('content-disposition')).toContain('audit-trail.csv');
    expect(lines[0]).toContain('連番,日時(UTC),操作,');
    expect(lines).toHaveLength(5);
    expect(lines[1]).toContain(`案件の閲覧,case.look,merchant,${merchant.yuki.id},`);
    expect((await list(auditor, '?limit=1'))[0]).toMatchObject({
      action: 'audit.export',
      details: { filters: 'subject' },
    });
  });

  it('is whole, however many pages it takes', async () => {
    const { body } = await as(world, auditor).get('/audit-entries.csv?from=2020-01-10&to=2020-02-28');
    expect(String(body).trimEnd().split('\r\n')).toHaveLength(1 + 50 * 72);
  });

  it('wants a fresh proof of who one is', async () => {
    await sql`update sessions set proved_at = now() - interval '1 day' where user_id = ${merchant.hanako.id}`.execute(
      world.db,
    );
    expect(await as(world, merchant.hanako).get('/audit-entries.csv')).toMatchObject({
      status: 403,
      body: { code: 'proof_required' },
    });
  });
});

it('tells the state of the trail', async () => {
  const { body } = await as(world, auditor).get('/audit-trail');
  expect(body).toMatchObject({
    head: { sequence: expect.any(Number) },
    lastAnchor: null,
    lastVerification: null,
  });
});

describe('each filter is answered from an index', () => {
  const operator: OperatorActor = {
    kind: 'operator',
    id: randomUUID(),
    name: 'x',
    rights: new Set(['read_audit_trail']),
  };
  const acting = () => world.actingFor({ actor: operator, right: 'read_audit_trail' });

  async function planOf(filter: Filter): Promise<string> {
    const { rows } = await acting().reading((db) =>
      sql<{
        'QUERY PLAN': string;
      }>`explain (analyze, buffers off, timing off, summary off) ${selectEntries(operator, { ...filter, limit: 51 })}`.execute(
        db,
      ),
    );
    return rows.map((row) => row['QUERY PLAN']).join('\n');
  }

  /** Rows that were read and thrown away. */
  const wasted = (plan: string): number =>
    [...plan.matchAll(/Rows Removed by (?:Filter|Index Recheck): (\d+)/g)].reduce(
      (sum, [, count]) => sum + Number(count),
      0,
    );

  it.each<[string, Filter]>([
    ['nothing', {}],
    ['days long ago', { from: '2020-03-01', to: '2020-03-02' }],
    ['an action', { action: 'key.create' }],
    ['an action that never was', { action: 'case.expire' }],
    ['an actor', { actor: busy }],
    ['an actor who did nothing', { actor: randomUUID() }],
    ['a subject', { subject: 'subject-77' }],
    ['a subject of nothing', { subject: 'subject-none' }],
    ['a tenant', { tenant: '00042' }],
    ['a tenant without entries', { tenant: '99999' }],
  ])('%s', async (_, filter) => {
    const plan = await planOf(filter);
    expect(plan).not.toContain('Seq Scan on audit_entries');
    expect(wasted(plan), plan).toBeLessThan(100);
  });
});
