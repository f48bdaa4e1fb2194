/** What is sent and not asked for changes nothing, and what cannot be stored is refused before the database has to. */
import { beforeAll, describe, expect, it } from 'vitest';
import { as, type Reply, startWorld } from '#tests/support/world.ts';
import { type Called, call } from './call.ts';
import { type Caller, withOwnSession } from './callers.ts';
import { expectations, type Row } from './expectations.ts';
import { makeScene, type Scene } from './matrix.ts';
import { everythingOf } from './rows-of.ts';
import { sees } from './subjects.ts';

const world = startWorld();
let scene: Scene;

beforeAll(async () => {
  scene = await makeScene(world);
});

type Attempt = { route: string; row: Row; caller: Caller; id: string };

/** Every route once for everybody who may call it, on something of their own. */
function attempts(): Attempt[] {
  return Object.entries(expectations).flatMap(([route, row]) =>
    scene.callers
      .filter(({ isSignedIn, isStale }) => isSignedIn && !isStale)
      .filter(({ roles }) => typeof row.may === 'string' || row.may.some((role) => roles.includes(role)))
      .flatMap((caller): Attempt[] => {
        if (!row.on) return [{ route, row, caller, id: '' }];
        const kind = scene.subjects[row.on];
        const own = kind.subjects.find(({ owner }) => sees(kind, caller, owner));
        return own ? [{ route, row, caller, id: own.id }] : [];
      }),
  );
}

async function send({ route, row, caller, id }: Attempt, changed: Partial<Called>, path?: string) {
  const [method = '', pattern = ''] = route.split(' ');
  const { query = '', ...sends } = row.sends ?? {};
  const own = pattern.replace(/:\w+/, encodeURIComponent(id)).replace(/^\*$/, '/');
  const as = row.endsSession ? await withOwnSession(world, caller) : caller;
  return call(world, as, { method, path: `${path ?? own}${path ? '' : query}`, ...sends, ...changed });
}

/** Everything that is decided by the product and by nobody who calls. */
const decidedByUs = () => ({
  ...{ id: '261124-000-000-000', caseId: '261124-000-000-000', state: 'answered', status: 'answered' },
  ...{ mid: scene.parties.m2, sid: '002', sids: null, institutionId: scene.parties.i2, kind: 'operator' },
  ...{ deadline: '2030-01-01T00:00:00Z', dueAt: '2030-01-01T00:00:00Z', expiresAt: '2030-01-01T00:00:00Z' },
  ...{ version: 99, registeredAt: '2020-01-01T00:00:00Z', registeredBy: 'somebody', late: false },
  ...{ role: 'admin', roles: ['admin'], rights: ['manage_users'], isProven: true, disabledAt: null },
  ...{ userId: 'somebody', actorId: 'somebody', createdAt: '2020-01-01T00:00:00Z', constructor: { a: 1 } },
});

describe('what is sent besides what is asked for', () => {
  it('is refused or left alone, on every route that takes something', async () => {
    const { m1, m2 } = scene.parties;
    const before = await everythingOf(world, [m1, m2]);
    for (const attempt of attempts()) {
      const { body } = attempt.row.sends ?? {};
      if (typeof body !== 'object') continue;
      const plain = await send(attempt, {});
      const { status } = await send(attempt, { body: { ...decidedByUs(), ...body } });
      expect([
        attempt.route,
        attempt.caller.name,
        [plain.status, 400, 403, 422].includes(status) || status,
      ]).toEqual([attempt.route, attempt.caller.name, true]);
    }
    expect(await everythingOf(world, [m1, m2])).toEqual(before);
  });

  it('is left alone where the rest is taken', async () => {
    const hanako = scene.callers.find(({ name }) => name === 'merchant.admin');
    const body = { ...decidedByUs(), locale: 'ja', theme: 'auto' };
    const reply = await call(world, hanako, { method: 'PUT', path: '/api/v1/session/preferences', body });
    expect([reply.status, JSON.parse(reply.text)]).toEqual([200, { locale: 'ja', theme: 'auto' }]);
  });
});

let document: Reply['body'];

/** The query's parts that the document names, by route. It is large, and the same for every caller: it is asked for once. */
async function queryNames(route: string): Promise<string[]> {
  document ??= (await as(world).get('/openapi.json')).body;
  const [method = '', pattern = ''] = route.split(' ');
  const parameters =
    document.paths[pattern.replace(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()]?.parameters ?? [];
  return parameters
    .filter((parameter: { in: string }) => parameter.in === 'query')
    .map(({ name }: { name: string }) => name);
}

/** A body with each of its texts replaced in turn. */
function withEach(body: unknown, text: string): unknown[] {
  if (typeof body === 'string') return [text];
  if (typeof body !== 'object' || body === null) return [];
  return Object.entries(body).flatMap(([name, part]) =>
    withEach(part, text).map((changed) => (Array.isArray(body) ? [changed] : { ...body, [name]: changed })),
  );
}

const hostile = { 'a NUL': 'a\u0000b', 'half a pair': 'a\ud800b', 'a control character': 'a\u001b[31mb' };

describe('what cannot be stored', () => {
  it.each(Object.entries(hostile))('is never an error of ours: %s', async (_, text) => {
    const wrong: string[] = [];
    for (const attempt of attempts()) {
      const escaped = encodeURIComponent(text.toWellFormed());
      const replies = [
        ...withEach(attempt.row.sends?.body, text).map((body) => send(attempt, { body })),
        ...(await queryNames(attempt.route)).map((name) =>
          send(attempt, {}, `${attempt.route.split(' ')[1]?.replace(/:\w+/, attempt.id)}?${name}=${escaped}`),
        ),
        ...(attempt.row.on ? [send({ ...attempt, id: text.toWellFormed() }, {})] : []),
      ];
      for (const { status, text: told } of await Promise.all(replies)) {
        if (status >= 500) wrong.push(`${attempt.route}: ${status} ${told}`);
      }
    }
    expect([...new Set(wrong)]).toEqual([]);
  });
});
