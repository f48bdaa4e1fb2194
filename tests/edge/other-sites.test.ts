import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { csrfTokenOf } from '#src/modules/people/tokens.ts';
import { anOwnDatabase } from '#tests/support/own-database.ts';
import { aMerchant, type Caller, startWorld } from '#tests/support/world.ts';
import { expectations } from '#tests/walls/expectations.ts';
import { makeScene, type Scene } from '#tests/walls/matrix.ts';

// A database of its own, so that every change in it is one of these tests.
const world = startWorld({ database: anOwnDatabase });

/** All rows of all tables, in short; the audit trail is left out, as it tells of the attacks. */
async function everything(): Promise<string> {
  const { rows } = await sql<{ name: string }>`
    select table_name as name from information_schema.tables
    where table_schema = 'public' and table_type = 'BASE TABLE'
      and table_name not in ('audit_entries', 'audit_head') order by 1`.execute(world.db);
  const parts = rows.map(
    ({ name }) =>
      sql`select ${sql.lit(name)}::text as name, count(*)::int as rows, coalesce(sum(('x' || substr(md5(t::text), 1, 8))::bit(32)::bigint), 0)::text as content from ${sql.table(name)} t`,
  );
  const counted = await sql`${sql.join(parts, sql` union all `)}`.execute(world.db);
  return JSON.stringify(counted.rows);
}

type Attack = { name: string; headers: Record<string, string>; form?: true };

const proof = (token: string) => ({ 'x-csrf-token': csrfTokenOf(token) });

/** What a page of another site can have a browser send with the victim's cookie. */
const attacksOn = (own: string, other: string): Attack[] => [
  { name: 'no token', headers: {} },
  { name: 'an empty token', headers: { 'x-csrf-token': '' } },
  { name: 'the token of another session', headers: proof(other) },
  { name: 'text/plain', headers: { 'content-type': 'text/plain' } },
  { name: 'a form', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
  { name: 'a form with files', headers: { 'content-type': 'multipart/form-data; boundary=x' } },
  { name: 'text/plain that says JSON', headers: { 'content-type': 'text/plain; application/json' } },
  // From here on the attacker even knows the token.
  { name: 'cross-site', headers: { ...proof(own), 'sec-fetch-site': 'cross-site' } },
  { name: 'same-site', headers: { ...proof(own), 'sec-fetch-site': 'same-site' } },
  { name: 'a site nobody knows', headers: { ...proof(own), 'sec-fetch-site': 'x' } },
  { name: 'a foreign origin', headers: { ...proof(own), origin: 'https://evil.example' } },
  { name: 'a null origin', headers: { ...proof(own), origin: 'null' } },
  {
    name: 'a null origin, cross-site',
    headers: { ...proof(own), origin: 'null', 'sec-fetch-site': 'cross-site' },
  },
  { name: 'an origin of another port', headers: { ...proof(own), origin: 'http://127.0.0.1:1' } },
  {
    name: 'an origin that begins like ours',
    headers: { ...proof(own), origin: `${world.url}.evil.example` },
  },
  {
    name: 'a foreign origin that says same-origin',
    headers: { ...proof(own), origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' },
  },
];

const send = (
  method: string,
  path: string,
  { headers, body }: { headers: Record<string, string>; body: string },
) =>
  fetch(`${world.url}${path}`, { method, headers: { 'content-type': 'application/json', ...headers }, body });

type Attempt = { what: string; method: string; path: string; headers: Record<string, string>; body: string };

/** Every attack on one route, with the cookie of somebody who may call it. */
function attemptsOn({ callers, subjects }: Scene, route: string, other: string): Attempt[] {
  const row = expectations[route];
  if (!row) return [];
  const [method = '', pattern = ''] = route.split(' ');
  const mays: readonly string[] = Array.isArray(row.may) ? row.may : ['merchant.responder'];
  const victim = callers.find(({ roles, sids }) => !sids && roles.some((role) => mays.includes(role)));
  const own = tokenOf(victim?.credential);
  const path = pattern.replace(/:\w+/, (row.on && subjects[row.on].subjects[0]?.id) ?? '');
  const body = row.sends?.raw ?? JSON.stringify(row.sends?.body ?? {});
  return attacksOn(own, other)
    .filter(({ headers }) => row.may !== 'everybody' || tellsWhereFrom(headers))
    .map(({ name, headers }) => ({
      ...{ what: `${route}, ${name}`, method, path, body },
      headers: { cookie: `__Host-session=${own}`, ...row.sends?.headers, ...headers },
    }));
}

const tokenOf = (caller?: Caller): string => (caller && 'token' in caller ? caller.token : '');

/** What is for everybody has no session to be misused: it is kept from other sites by where a request comes from alone. */
const tellsWhereFrom = (headers: Record<string, string>): boolean =>
  'sec-fetch-site' in headers || 'origin' in headers;

it('lets no other site change anything: every unsafe route × every attack', async () => {
  const scene = await makeScene(world);
  const { hanako } = await aMerchant(world);
  // What stands in the demo alone is not here, and has a test of its own.
  const unsafe = Object.entries(expectations)
    .filter(([route, { onlyInDemo }]) => !route.startsWith('GET ') && !onlyInDemo)
    .map(([route]) => route);
  const attempts = unsafe.flatMap((route) => attemptsOn(scene, route, tokenOf(hanako)));
  const before = await everything();
  const wrong: string[] = [];
  for (const { what, method, path, headers, body } of attempts) {
    const { status } = await send(method, path, { headers, body });
    if (status !== 403 && status !== 415) wrong.push(`${what}: ${status}`);
  }
  expect(wrong).toEqual([]);
  expect(attempts.length).toBeGreaterThan(unsafe.length * 8);
  expect(await everything()).toBe(before);
});

describe('a call of our own pages', () => {
  const put = async (headers: Record<string, string>): Promise<number> => {
    const { hanako } = await aMerchant(world);
    const token = 'token' in hanako ? hanako.token : '';
    const response = await send('PUT', '/api/v1/session/preferences', {
      headers: { cookie: `__Host-session=${token}`, ...proof(token), ...headers },
      body: JSON.stringify({ locale: 'en', theme: 'dark' }),
    });
    return response.status;
  };

  it.each([
    ['with all that a browser says', () => ({ origin: world.url, 'sec-fetch-site': 'same-origin' })],
    ['of a browser that says only the origin', () => ({ origin: world.url })],
    ['that hides its origin', () => ({ origin: 'null', 'sec-fetch-site': 'same-origin' })],
    ['of a program', () => ({})],
  ])('%s is carried out', async (_, headers) => {
    expect(await put(headers())).toBe(200);
  });
});
