import { randomInt, randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, inject } from 'vitest';
import type { NotificationCode } from '#src/domain/notification-types.ts';
import type { MerchantRole, OperatorRole, Right } from '#src/domain/rights.ts';
import type { Goods } from '#src/domain/section-shape.ts';
import { readConfig } from '#src/main/config.ts';
import { createShokai, type Shokai } from '#src/main/shokai.ts';
import { csrfTokenOf, newToken, tokenHash } from '#src/modules/people/tokens.ts';
import { type Database, openDatabase } from '#src/platform/database.ts';
import { newLogPath, testLogAt } from './logs.ts';
import { neverLog } from './never-logged.ts';
import { openedJson } from './opened.ts';

/** Somebody who calls the API in a test: a person with a session, or a system with a key. */
export type Caller = { id: string; name: string } & ({ token: string } | { key: string });

export type Reply = { status: number; headers: Headers; body: any };

/**
 * The product as a test file uses it: listening on a free port, with every statement counted that asks or changes something,
 * and a log of its own. `db` is the database as its owner sees it, past row-level security.
 */
export type World = Shokai & {
  db: Database;
  url: string;
  statements: string[];
  logPath: string;
  address: string;
};

type Options = {
  work?: boolean;
  /** Whether the product's time may be moved: in a database of its own only, for all tests share the other. */
  isRehearsal?: boolean;
  settings?: Record<string, string>;
  /** Another database than the one that all tests share. */
  database?: () => Promise<{ connectionString: string; stop: () => Promise<void> }>;
};

/** What the tests' data is encrypted with; all files share one database. */
export const testKey = Buffer.alloc(32, 'test').toString('base64');

/** All tests of a file call from one address. */
export const unlimited = {
  KEY_REQUESTS_PER_MINUTE: '10000000',
  SESSION_REQUESTS_PER_MINUTE: '10000000',
  ADDRESS_REQUESTS_PER_MINUTE: '10000000',
  WRONG_KEYS_PER_MINUTE: '10000000',
};

/** Starts the product before a file's tests and stops it after them. */
export function startWorld({
  work = false,
  settings = {},
  database,
  isRehearsal = false,
}: Options = {}): World {
  // A network address of the file's own, because wrong passwords are counted for addresses too.
  const world = { statements: [] as string[], logPath: newLogPath(), address: anAddress() } as World;
  let stopDatabase: (() => Promise<void>) | undefined;
  beforeAll(async () => {
    const own = await database?.();
    const connectionString = own?.connectionString ?? inject('connectionString');
    stopDatabase = own?.stop;
    const config = readConfig({
      DATABASE_URL: connectionString,
      DATA_KEY: testKey,
      AUDIT_SIGNING_KEY: testKey,
      AUDIT_ANCHOR_DIR: join(tmpdir(), 'shokai-test-anchors'),
      MFA: 'optional',
      TRUST_PROXY: 'true',
      ...unlimited,
      ...settings,
    });
    const onStatement = (statement: string) => void (isFrame(statement) || world.statements.push(statement));
    const storage = { connectionString, ownerConnectionString: connectionString };
    Object.assign(
      world,
      await createShokai({ config, storage, log: testLogAt(world.logPath), work, isRehearsal, onStatement }),
    );
    world.db = openDatabase({ connectionString });
    await world.app.listen({ port: 0, host: '127.0.0.1' });
    world.url = `http://127.0.0.1:${(world.app.server.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    await world.stop();
    await world.db.destroy();
    await stopDatabase?.();
  });
  return world;
}

/** A network address that nobody else has. */
export const anAddress = (): string => `10.${randomInt(256)}.${randomInt(256)}.${randomInt(256)}`;

/** What every transaction begins and ends with. */
const isFrame = (statement: string): boolean =>
  /^(begin|start transaction|commit|rollback|select set_config)\b/.test(statement);

export type Merchant = { mid: string; hanako: Caller; taro: Caller; yuki: Caller };

/** A merchant of the test's own: hanako answers for all services, taro for 002 only, yuki reads. */
export async function aMerchant({ db }: World): Promise<Merchant> {
  const mid = await aFreeMid({ db });
  await db
    .insertInto('services')
    .values(['001', '002'].map((sid) => ({ mid, sid, name: `サービス${sid}` })))
    .execute();
  const person = (name: string, roles: MerchantRole[], sids: string[] | null = null) =>
    aPerson({ db }, { name, mid, roles, sids });
  return {
    mid,
    hanako: await person('山田 花子', ['admin', 'responder']),
    taro: await person('鈴木 太郎', ['responder'], ['002']),
    yuki: await person('高橋 雪', ['viewer']),
  };
}

/** A merchant with nobody and nothing yet. */
export async function aFreeMid({ db }: Pick<World, 'db'>): Promise<string> {
  for (;;) {
    const mid = String(randomInt(100_000)).padStart(5, '0');
    const added = await db
      .insertInto('merchants')
      .values({ mid, name: `加盟店${mid}` })
      .onConflict((conflict) => conflict.doNothing())
      .returning('mid')
      .executeTakeFirst();
    if (added) return mid;
  }
}

/** An operator of the PSP. */
export const anOperator = ({ db }: World, role: OperatorRole = 'admin'): Promise<Caller> =>
  aPerson({ db }, { name: '佐藤 一', mid: null, roles: [role], sids: null });

type NewPerson = {
  name: string;
  mid: string | null;
  roles: (MerchantRole | OperatorRole)[];
  sids: string[] | null;
};

/** Somebody of a merchant, or an operator, who is signed in. */
export async function aPerson(
  { db }: Pick<World, 'db'>,
  { name, mid, roles, sids }: NewPerson,
): Promise<Caller> {
  const id = randomUUID();
  const token = newToken();
  neverLog(token);
  await db.insertInto('users').values({ id, login_id: id, name, password_hash: null }).execute();
  const membership = await db
    .insertInto('memberships')
    .values({ id: randomUUID(), user_id: id, mid, roles, sids })
    .returning('id')
    .executeTakeFirstOrThrow();
  await db
    .insertInto('sessions')
    .values({
      token_hash: tokenHash(token),
      user_id: id,
      membership_id: membership.id,
      expires_at: sql<Date>`now() + interval '1 hour'`,
    })
    .execute();
  return { id, name, token };
}

export type Institution = Caller & { institutionId: string };

/** An institution of the test's own, with a key; its requests fall due after seven business days unless they say otherwise. */
export async function anInstitution({ db }: World, { dueRule = true } = {}): Promise<Institution> {
  const institutionId = `T-${randomUUID().slice(0, 13).toUpperCase()}`;
  const due_rule = dueRule ? JSON.stringify({ days: 7, of: 'business_days' }) : null;
  await db.insertInto('institutions').values({ id: institutionId, name: 'テストカード', due_rule }).execute();
  const owner = { institution_id: institutionId, mid: null };
  const key = await aKey({ db }, owner, ['read_cases', 'take_in_cases', 'withdraw_cases']);
  return { ...key, institutionId };
}

/** An admin of a merchant's who is limited to some services. */
export const aLimitedAdmin = (world: World, mid: string, sids: string[]): Promise<Caller> =>
  aPerson(world, { name: '田中 実', mid, roles: ['admin', 'responder'], sids });

/** A key of a merchant's system. */
export const aMerchantKey = ({ db }: World, mid: string): Promise<Caller> =>
  aKey({ db }, { mid, institution_id: null }, ['read_cases', 'answer_cases']);

type Owner = { mid: string | null; institution_id: string | null };

/** A key of an institution's or a merchant's system. */
export async function aKey({ db }: Pick<World, 'db'>, owner: Owner, rights: Right[]): Promise<Caller> {
  const id = randomUUID();
  const key = newToken();
  neverLog(key);
  await db
    .insertInto('api_keys')
    .values({ id, key_hash: tokenHash(key), name: 'key', rights, ...owner })
    .execute();
  return { id, name: 'key', key };
}

type Send = { headers?: Record<string, string>; json?: unknown; raw?: string | Uint8Array<ArrayBuffer> };

/** Calls the API over real HTTP as somebody, or as nobody. */
export function as(world: World, caller?: Caller) {
  const send = async (
    method: string,
    path: string,
    { headers = {}, json, raw }: Send = {},
  ): Promise<Reply> => {
    const body = json === undefined ? (raw ?? null) : JSON.stringify(json);
    const type: Record<string, string> = json === undefined ? {} : { 'content-type': 'application/json' };
    const response = await fetch(`${world.url}/api/v1${path}`, {
      method,
      headers: { 'x-forwarded-for': world.address, ...type, ...proofOf(caller), ...headers },
      body,
    });
    return { status: response.status, headers: response.headers, body: parsed(await textOf(response)) };
  };
  return {
    get: (path: string, headers?: Record<string, string>) => send('GET', path, headers ? { headers } : {}),
    post: (path: string, json?: unknown, headers?: Record<string, string>) =>
      send('POST', path, { json: json ?? {}, ...(headers && { headers }) }),
    put: (path: string, json: unknown, headers?: Record<string, string>) =>
      send('PUT', path, { json, ...(headers && { headers }) }),
    send,
  };
}

/** The text of a reply; of a stream that does not end, what comes first. */
export async function textOf(response: Response): Promise<string> {
  const type = response.headers.get('content-type') ?? '';
  if (!type.startsWith('text/event-stream') || !response.body) return response.text();
  const reader = response.body.getReader();
  const { value } = await reader.read();
  await reader.cancel();
  return new TextDecoder().decode(value);
}

/** The headers by which somebody proves who they are. */
export function proofOf(caller: Caller | undefined): Record<string, string> {
  if (!caller) return {};
  if ('key' in caller) return { authorization: `Bearer ${caller.key}` };
  return { cookie: `__Host-session=${caller.token}`, 'x-csrf-token': csrfTokenOf(caller.token) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

let references = 0;

type RequestOptions = {
  type?: NotificationCode;
  goods?: Goods;
  productName?: string | null;
  sid?: string;
  currency?: string;
  dueAt?: string | null;
};

/** A request as an institution sends it; everything that a test does not name is plausible. */
export function aRequest(mid: string, options: RequestOptions = {}) {
  const {
    type = 'cancellation.method_unknown',
    goods = 'subscription',
    productName = '月額プラン',
  } = options;
  const { sid = '001', currency = 'JPY', dueAt = inDays(7) } = options;
  references += 1;
  return {
    institutionReference: `REF-${randomUUID().slice(0, 8)}-${references}`,
    notificationType: type as string,
    mid,
    sid,
    requestedAt: inDays(-1),
    dueAt,
    supplement: '会員様のご登録情報をお知らせください。',
    payment: {
      trackingId: String(randomInt(10 ** 13)).padStart(14, '2'),
      method: 'credit_card',
      amount: { value: 12_800, currency },
      customerId: 'C-1001',
      orderId: `A-${references}`,
      paidAt: inDays(-20),
      productName,
      goods,
      cardBrand: 'JCB',
      cardLast4: '1234',
    },
  };
}

/** An instant so many days from now. */
export const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString();

/** A complete answer to the request that `aRequest` makes. */
export const cancelled = {
  cancellation: {
    result: 'cancelled_now',
    cancelledOn: '2026-08-20',
    lastChargedOn: '2026-08-01',
    lastAmount: { value: 980, currency: 'JPY' },
  },
};

type Given = RequestOptions & { draft?: object; answered?: boolean };

/** A case of a merchant, taken in, drafted and answered over the API as far as the test wants. */
export async function givenCase(world: World, { mid, hanako }: Merchant, given: Given = {}): Promise<string> {
  const { draft, answered = false, ...request } = given;
  const institution = await anInstitution(world);
  const taken = await as(world, institution).post('/cases', aRequest(mid, request));
  if (taken.status !== 201) throw new Error(`the case was not taken in: ${JSON.stringify(taken.body)}`);
  const caseId: string = taken.body.id;
  const content = draft ?? (answered ? cancelled : undefined);
  if (content) {
    const saved = await as(world, hanako).put(`/cases/${caseId}/draft`, { content }, { 'if-match': '"0"' });
    if (saved.status !== 200) throw new Error(`the draft was not saved: ${JSON.stringify(saved.body)}`);
  }
  if (answered) {
    const registered = await as(world, hanako).post(`/cases/${caseId}/answer`, { draftVersion: 1 });
    if (registered.status !== 201) throw new Error(`not registered: ${JSON.stringify(registered.body)}`);
  }
  return caseId;
}

/** Everything stored about a case, opened, to see what an operation changed, and that a refused one changed nothing. */
export async function everythingAbout(world: World, caseId: string) {
  const { db } = world;
  const found = await db
    .selectFrom('cases')
    .leftJoin('case_keys', 'case_keys.case_id', 'cases.id')
    .select(['status', 'wrapped_key'])
    .select((eb) => [
      sql<string[]>`(select json_agg(action order by sequence) from case_events where case_id = cases.id)`.as(
        'events',
      ),
      eb
        .selectFrom('announcements')
        .select((inner) => inner.cast<number>(inner.fn.countAll(), 'integer').as('n'))
        .whereRef('case_id', '=', 'cases.id')
        .as('announced'),
    ])
    .where('cases.id', '=', caseId)
    .executeTakeFirst();
  if (!found) return undefined;
  const { wrapped_key, ...row } = found;
  const drafts = await db.selectFrom('drafts').selectAll().where('case_id', '=', caseId).execute();
  const answers = await db
    .selectFrom('answers')
    .selectAll()
    .where('case_id', '=', caseId)
    .orderBy('version')
    .execute();
  const [draft = null] = drafts.map(({ version, sealed_content: sealed }) => ({
    version,
    content: openedJson(world, { case_id: caseId, wrapped_key, sealed }, ['drafts.sealed_content', version]),
  }));
  return {
    ...row,
    draft,
    answers: answers.map(({ version, draft_version: draftVersion, late, sealed_answer: sealed }) => {
      const place = ['answers.sealed_answer', draftVersion] as const;
      const opened = openedJson(world, { case_id: caseId, wrapped_key, sealed }, [...place]);
      return { version, draftVersion, content: opened?.content ?? null, late };
    }),
  };
}

/**
 * Makes calls meet: holds the case's row until all of them wait for it, so that they race for real.
 */
export async function atTheSameTime<Result>(
  { db }: World,
  caseId: string,
  calls: readonly (() => Promise<Result>)[],
): Promise<Result[]> {
  const { promise: held, resolve: release } = Promise.withResolvers<void>();
  const { promise: isHeld, resolve: nowHeld } = Promise.withResolvers<void>();
  const holding = db.transaction().execute(async (tx) => {
    await tx.selectFrom('cases').select('id').where('id', '=', caseId).forUpdate().execute();
    nowHeld();
    await held;
  });
  await isHeld;
  const running = calls.map((call) => call());
  await untilWaiting({ db }, Math.min(calls.length, 8));
  release();
  await holding;
  return Promise.all(running);
}

async function untilWaiting({ db }: Pick<World, 'db'>, count: number): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    const { rows } = await sql<{ waiting: number }>`
      select count(*)::int as waiting from pg_stat_activity where wait_event_type = 'Lock' and query like '%for update%'`.execute(
      db,
    );
    if ((rows[0]?.waiting ?? 0) >= count) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`fewer than ${count} calls came to wait for the case`);
}
