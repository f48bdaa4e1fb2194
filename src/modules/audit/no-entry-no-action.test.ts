import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { createUser } from '#src/modules/people/index.ts';
import { anOwnDatabase } from '#tests/support/own-database.ts';
import {
  aMerchant,
  anInstitution,
  anOperator,
  aRequest,
  as,
  type Caller,
  cancelled,
  givenCase,
  type Institution,
  type Merchant,
  type Reply,
  startWorld,
} from '#tests/support/world.ts';

const world = startWorld({ database: anOwnDatabase, settings: { LOG_LEVEL: 'silent' } });

const password = 'a-password-of-our-own';

let merchant: Merchant;
let institution: Institution;
let operator: Caller;
let loginId: string;
let openCase: string;
let readyCase: string;
let answeredCase: string;

beforeAll(async () => {
  merchant = await aMerchant(world);
  institution = await anInstitution(world);
  operator = await anOperator(world);
  loginId = `login-${randomUUID()}`;
  const user = { loginId, name: '花子', password, mid: merchant.mid, roles: ['admin'] as const };
  await world.bySystem.inTransaction((tx) => createUser(tx, user));
  openCase = await givenCase(world, merchant, { draft: {} });
  readyCase = await givenCase(world, merchant, { draft: cancelled });
  answeredCase = await givenCase(world, merchant, { answered: true });
  await sql`create function fail() returns trigger language plpgsql as $$ begin raise exception 'no room left' using errcode = '53100'; end $$`.execute(
    world.db,
  );
});

/** Everything that is stored, but that a wrong guess was counted and a session used: those protect, and are meant to stay. */
async function everything(): Promise<Record<string, string>> {
  const { rows } = await sql<{ name: string }>`
    select tablename as name from pg_tables
    where schemaname = 'public' and tablename <> 'guess_counts' and tablename not like 'kysely%'`.execute(
    world.db,
  );
  const stored: Record<string, string> = {};
  for (const { name } of rows) {
    const row =
      name === 'sessions' || name === 'api_keys' ? sql`(to_jsonb(t) - 'last_used_at')::text` : sql`t::text`;
    const { rows: hashes } = await sql<{ hash: string }>`
      select md5(coalesce(string_agg(${row}, ',' order by ${row}), '')) as hash from ${sql.table(name)} t`.execute(
      world.db,
    );
    stored[name] = hashes[0]?.hash ?? '';
  }
  return stored;
}

const failsBy = {
  'a full disk': [
    sql`create trigger fail before insert on audit_entries for each row execute function fail()`,
    sql`drop trigger if exists fail on audit_entries`,
  ],
  'a right that was taken away': [
    sql`revoke execute on function audit_append(jsonb) from shokai_app`,
    sql`grant execute on function audit_append(jsonb) to shokai_app`,
  ],
} as const;

async function failing<Result>(how: keyof typeof failsBy, work: () => Promise<Result>): Promise<Result> {
  const [breaks, mends] = failsBy[how];
  await breaks.execute(world.db);
  try {
    return await work();
  } finally {
    await mends.execute(world.db);
  }
}

const actions: Record<string, () => Promise<Reply>> = {
  'taking a request in': () => as(world, institution).post('/cases', aRequest(merchant.mid)),
  'saving a draft': () =>
    as(world, merchant.hanako).put(
      `/cases/${openCase}/draft`,
      { content: { cancellation: { reason: 'x' } } },
      { 'if-match': '"1"' },
    ),
  'registering an answer': () =>
    as(world, merchant.hanako).post(`/cases/${readyCase}/answer`, { draftVersion: 1 }),
  'opening a correction': () =>
    as(world, operator).post(`/cases/${answeredCase}/corrections`, { reason: '誤りのため' }),
  'looking at a case': () => as(world, merchant.hanako).get(`/cases/${answeredCase}`),
  'looking at what a case asks for': () => as(world, merchant.yuki).get(`/cases/${answeredCase}/answer-form`),
  'looking at a draft': () => as(world, merchant.yuki).get(`/cases/${openCase}/draft`),
  'exporting the list': () => as(world, merchant.hanako).get('/cases.csv'),
  'logging in': () => as(world).post('/session', { userId: loginId, password }),
  'logging in with a wrong password': () =>
    as(world).post('/session', { userId: loginId, password: 'wrong' }),
  'logging in as nobody': () => as(world).post('/session', { userId: 'nobody', password }),
  'logging out': () => as(world, merchant.taro).send('DELETE', '/session'),
  'changing the language': () =>
    as(world, merchant.yuki).put('/session/preferences', { locale: 'en', theme: 'dark' }),
  'being refused what is another’s': () => as(world, merchant.yuki).get('/cases/261124-000-000-000'),
  'being refused what one may not do': () =>
    as(world, merchant.yuki).put(`/cases/${openCase}/draft`, { content: {} }),
  'coming with a wrong key': () => as(world, { id: '', name: '', key: 'wrong' }).get('/cases'),
};

describe.each(Object.keys(failsBy) as (keyof typeof failsBy)[])(
  'when the entry cannot be written, by %s',
  (how) => {
    it.each(Object.keys(actions))('%s does not happen and shows nothing', async (name) => {
      const before = await everything();

      const reply = await failing(how, () => (actions[name] as () => Promise<Reply>)());

      expect(reply.status).toBeGreaterThanOrEqual(500);
      expect(Object.keys(reply.body).sort()).toEqual([
        'code',
        'detail',
        'requestId',
        'status',
        'title',
        'type',
      ]);
      expect(reply.headers.get('set-cookie')).toBeNull();
      expect(reply.headers.get('content-disposition')).toBeNull();
      expect(await everything()).toEqual(before);
    });

    it('a file of requests is told to be unknown, line by line, and nothing of it is stored', async () => {
      const before = await everything();
      const raw = `${JSON.stringify(aRequest(merchant.mid))}\n`;
      const headers = { 'content-type': 'application/x-ndjson' };
      const reply = await failing(how, () =>
        as(world, institution).send('POST', '/cases/batch', { raw, headers }),
      );
      expect(reply.body).toMatchObject({ outcome: 'unknown' });
      expect(await everything()).toEqual(before);
    });
  },
);

it('waits no longer than ten seconds for its turn, and then does not happen', {
  timeout: 20_000,
}, async () => {
  const before = await everything();
  const release = Promise.withResolvers<void>();
  const isHeld = Promise.withResolvers<void>();
  const holding = world.db.transaction().execute(async (tx) => {
    await tx.selectFrom('audit_head').selectAll().forUpdate().execute();
    isHeld.resolve();
    await release.promise;
  });
  await isHeld.promise;
  const reply = await (actions['looking at a case'] as () => Promise<Reply>)();
  release.resolve();
  await holding;
  expect(reply).toMatchObject({ status: 503, body: { code: 'unavailable' } });
  expect(await everything()).toEqual(before);
});

describe('as a control, when it can be written', () => {
  const happens = Object.keys(actions).filter((name) => !/refused|wrong|nobody/.test(name));
  it.each(happens)('%s happens, with one entry', async (name) => {
    const reply = await (actions[name] as () => Promise<Reply>)();
    expect(reply.status).toBeLessThan(300);
    expect(await entriesOf(reply)).toBe(1);
  });

  it.each(Object.keys(actions).filter((name) => !happens.includes(name)))(
    '%s leaves one entry',
    async (name) => {
      const reply = await (actions[name] as () => Promise<Reply>)();
      expect(reply.status).toBeGreaterThan(400);
      expect(await entriesOf(reply)).toBe(1);
    },
  );
});

async function entriesOf({ headers }: Reply): Promise<number> {
  const entries = await world.db
    .selectFrom('audit_entries')
    .select('sequence')
    .where('request_id', '=', headers.get('x-request-id'))
    .execute();
  return entries.length;
}
