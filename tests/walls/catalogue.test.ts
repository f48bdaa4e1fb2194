import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { startWorld } from '#tests/support/world.ts';
import { grants, ownersFunctions, ownersTables } from './grants.ts';
import { makeScene } from './matrix.ts';

const world = startWorld();

async function rowsOf<Row>(query: ReturnType<typeof sql<Row>>): Promise<Row[]> {
  return (await query.execute(world.db)).rows;
}

const tables = () =>
  rowsOf(sql<{ name: string; secured: boolean; policies: number }>`
    select relname as name, relrowsecurity as secured,
      (select count(*)::int from pg_policy where polrelid = pg_class.oid) as policies
    from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') order by 1`);

describe('the database', () => {
  it('has row-level security and a policy on every table that the portal may touch', async () => {
    const open = (await tables()).filter(
      ({ name, secured, policies }) => !ownersTables.includes(name) && (!secured || policies === 0),
    );
    expect(open).toEqual([]);
  });

  it('has no policy for anybody but the portal’s role', async () => {
    const others = await rowsOf(sql`
      select tablename, policyname from pg_policies where schemaname = 'public' and roles <> '{shokai_app}'`);
    expect(others).toEqual([]);
  });

  it('grants the portal’s role the verbs of tests/walls/grants.ts and nothing else', async () => {
    const granted = await rowsOf(sql<{ name: string; verbs: string }>`
      select relname as name, string_agg(lower(privilege_type), ', ' order by
        array_position(array['SELECT', 'INSERT', 'UPDATE', 'DELETE'], privilege_type)) as verbs
      from pg_class, aclexplode(relacl)
      where relnamespace = 'public'::regnamespace and grantee in (0, 'shokai_app'::regrole) group by 1 order by 1`);
    expect(Object.fromEntries(granted.map(({ name, verbs }) => [name, verbs]))).toEqual(grants);
  });

  it('grants nothing by the column, and makes nothing for everybody', async () => {
    const byColumn = await rowsOf(sql`
      select attrelid::regclass::text as name, attname from pg_attribute
      where attacl is not null and attrelid in (select oid from pg_class where relnamespace = 'public'::regnamespace)`);
    const byDefault = await rowsOf(sql`select * from pg_default_acl`);
    expect([byColumn, byDefault]).toEqual([[], []]);
  });

  it('has a portal’s role that owns nothing, may nothing special and belongs to no other role', async () => {
    const [role] = await rowsOf(sql`
      select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication, rolcanlogin, rolinherit,
        (select count(*)::int from pg_shdepend where refobjid = pg_roles.oid and deptype = 'o') as owned,
        (select count(*)::int from pg_auth_members where member = pg_roles.oid) as belongs,
        has_schema_privilege('shokai_app', 'public', 'create') as creates
      from pg_roles where rolname = 'shokai_app'`);
    expect(role).toEqual({
      rolsuper: false,
      rolbypassrls: false,
      rolcreaterole: false,
      rolcreatedb: false,
      rolreplication: false,
      rolcanlogin: false,
      rolinherit: false,
      owned: 0,
      belongs: 0,
      creates: false,
    });
  });

  it('has the functions of tests/walls/grants.ts that work as the owner, with a fixed search path and not for everybody', async () => {
    const functions = await rowsOf(sql<{ name: string }>`
      select proname as name, array_to_string(proconfig, ' ') as settings,
        exists (select from aclexplode(coalesce(proacl, acldefault('f', proowner))) where grantee = 0) as "forEverybody"
      from pg_proc where prosecdef and pronamespace not in ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)
      order by 1`);
    expect(functions).toEqual(
      ownersFunctions.map((name) => ({ name, settings: 'search_path=public, pg_temp', forEverybody: false })),
    );
  });

  it('has no view that would look past row-level security', async () => {
    const views = await rowsOf(sql`
      select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('v', 'm')
        and (relkind = 'm' or not coalesce(reloptions @> array['security_invoker=true'], false))`);
    expect(views).toEqual([]);
  });
});

describe('the queue’s tables', () => {
  it('are for the portal’s role to work with, and not its own', async () => {
    const grantedVerbs = await rowsOf(sql`
      select distinct string_agg(lower(privilege_type), ', ' order by privilege_type) as verbs
      from pg_class, aclexplode(relacl)
      where relnamespace = 'pgboss'::regnamespace and relkind in ('r', 'p') and grantee = 'shokai_app'::regrole group by pg_class.oid`);
    const [may] = await rowsOf(sql`select has_schema_privilege('shokai_app', 'pgboss', 'create') as creates`);
    expect([grantedVerbs, may]).toEqual([[{ verbs: 'delete, insert, select, update' }], { creates: false }]);
  });

  it('hold ids and codes of what is to be done, and nothing else', async () => {
    await makeScene(world);
    const jobs = await rowsOf(sql<{ leaf: string }>`
      select distinct leaf #>> '{}' as leaf from pgboss.job, jsonb_path_query(data, '$.**') as leaf
      where jsonb_typeof(leaf) in ('string', 'number')`);
    expect(jobs.length).toBeGreaterThan(0);
    // Numbers of cases, ids, codes and counts; tests of queues put words into theirs.
    const isTold =
      /^(\d{6}(-[0-9A-Z]{3}){3}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[a-z][a-z_.-]{0,40}|\d{1,12})$/;
    expect(jobs.filter(({ leaf }) => !isTold.test(leaf))).toEqual([]);
  });
});

describe('what the portal’s role sees', () => {
  beforeAll(async () => void (await makeScene(world)));

  /** The tables in which the role sees rows for an actor that the settings name. */
  async function seen(settings: Readonly<Record<string, string>>): Promise<string[]> {
    const names = Object.keys(grants);
    return world.db.transaction().execute(async (tx) => {
      for (const [name, value] of Object.entries(settings))
        await sql`select set_config(${`shokai.${name}`}, ${value}, true)`.execute(tx);
      await sql`set local role shokai_app`.execute(tx);
      const counts = names.map(
        (name) => sql`(${sql.lit(name)}, (select count(*)::int from ${sql.table(name)}))`,
      );
      const { rows } = await sql<{ counts: Record<string, number> }>`
        select json_object_agg(name, count) as counts from (values ${sql.join(counts)}) as each (name, count)`.execute(
        tx,
      );
      return names.filter((name) => rows[0]?.counts[name] !== 0);
    });
  }

  it('is nothing without an actor, and nothing for one of no known kind', async () => {
    expect(await seen({})).toEqual([]);
    expect(await seen({ kind: '' })).toEqual([]);
  });

  it('is nothing but names for a merchant, an institution and a person that do not exist', async () => {
    expect(await seen({ kind: 'merchant', mid: 'none' })).toEqual(['confirmed_years', 'institutions']);
    expect(await seen({ kind: 'merchant' })).toEqual(['confirmed_years', 'institutions']);
    expect(await seen({ kind: 'institution', institution: 'none' })).toEqual([
      'confirmed_years',
      'institutions',
      'merchants',
      'services',
    ]);
    expect(await seen({ kind: 'institution' })).toEqual([
      'confirmed_years',
      'institutions',
      'merchants',
      'services',
    ]);
  });

  it('is people and what they sign in with for somebody who is signing in, and names: no case, answer, mail, contact or key', async () => {
    const cases = /^(announcements|answers|case|cases|contacts|drafts|mail|api_keys|idempotency|audit)/;
    expect((await seen({ kind: 'visitor' })).filter((table) => cases.test(table))).toEqual([]);
  });
});
