import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { startEmbeddedPostgres } from '#src/platform/embedded-postgres/start.ts';
import { startWorld } from '#tests/support/world.ts';

/** A database of the file's own that keeps what it commits, as the tests' shared one does not. */
const world = startWorld({
  database: async () => {
    const folder = await mkdtemp(join(tmpdir(), 'shokai-health-'));
    const { connectionString, stop } = await startEmbeddedPostgres(folder);
    return {
      connectionString,
      stop: async () => {
        await stop();
        await rm(folder, { recursive: true, force: true });
      },
    };
  },
});

/** Asks anew: an answer is kept for a second. */
async function health(): Promise<{ status: number; body: Record<string, unknown> }> {
  await new Promise((resolve) => setTimeout(resolve, 1_050));
  const response = await fetch(`${world.url}/healthz`);
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

const change = (text: string): Promise<unknown> => sql.raw(text).execute(world.db);

/** Settings hold for new connections: the old ones are ended. */
async function set(setting: string): Promise<void> {
  await world.db.connection().execute(async (connection) => {
    await sql`set default_transaction_read_only = off`.execute(connection);
    await sql.raw(`alter database shokai ${setting}`).execute(connection);
    await sql`select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid()
      and datname = current_database() and application_name = 'shokai'`.execute(connection);
  });
}

describe('the health check', () => {
  it('is green, writes and commits, and not more than once a second', async () => {
    const { status, body } = await health();
    expect([status, body]).toMatchObject([200, { status: 'ok', reasons: [], worker: 'down', role: 'web' }]);
    expect(Math.abs(body.clockSkewSeconds as number)).toBeLessThan(2);

    const checks = async () =>
      (await sql<{ at: Date }>`select checked_at as at from processes`.execute(world.db)).rows[0]?.at;
    const before = await checks();
    await Promise.all(Array.from({ length: 50 }, () => fetch(`${world.url}/healthz`)));
    expect(await checks()).toEqual(before);
  });

  it('says nothing but codes', async () => {
    const { body } = await health();
    expect(Object.keys(body).sort()).toEqual(['clockSkewSeconds', 'reasons', 'role', 'status', 'worker']);
  });

  it.each([
    [
      'commits do not wait for the disk',
      'set synchronous_commit = off',
      'reset synchronous_commit',
      'not_durable',
    ],
    [
      'the database is read only',
      'set default_transaction_read_only = on',
      'reset default_transaction_read_only',
      'read_only',
    ],
  ])('is red when %s', async (_, worse, better, reason) => {
    await set(worse);
    expect(await health()).toMatchObject({ status: 503, body: { reasons: [reason] } });
    await set(better);
    expect(await health()).toMatchObject({ status: 200 });
  });

  it.each([
    [
      'the disk is full',
      `create function no_room() returns trigger language plpgsql as $$ begin raise exception 'full' using errcode = '53100'; end $$;
       create trigger no_room before insert or update on processes for each row execute function no_room()`,
      'drop trigger no_room on processes',
      'disk_full',
    ],
    [
      'nothing can be added to the audit trail',
      'revoke execute on function audit_append(jsonb) from public, shokai_app',
      'grant execute on function audit_append(jsonb) to public, shokai_app',
      'audit_trail_not_writable',
    ],
    [
      'a migration of this build has not run',
      "update kysely_migration set name = 'x' where name = '0022_operations'",
      "update kysely_migration set name = '0022_operations' where name = 'x'",
      'schema_behind',
    ],
    [
      'nothing can be written',
      'revoke insert, update on processes from shokai_app',
      'grant insert, update on processes to shokai_app',
      'write_failed',
    ],
  ])('is red when %s', async (_, worse, better, reason) => {
    await change(worse);
    expect(await health()).toMatchObject({ status: 503, body: { status: 'failing', reasons: [reason] } });
    await change(better);
    expect(await health()).toMatchObject({ status: 200 });
  });

  it('is red within two seconds when the database does not answer', async () => {
    const holding = await world.db.startTransaction().execute();
    await sql`lock table processes in access exclusive mode`.execute(holding);
    const asked = performance.now();
    expect(await health()).toMatchObject({ status: 503, body: { reasons: ['timeout'] } });
    expect(performance.now() - asked).toBeLessThan(3_600);
    await holding.rollback().execute();
    expect(await health()).toMatchObject({ status: 200 });
  });

  it('is red within two seconds when the database hangs and not even keeps its own time', async () => {
    await health();
    const { rows } = await sql<{ pid: number }>`
      select pid from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`.execute(
      world.db,
    );
    for (const { pid } of rows) process.kill(pid, 'SIGSTOP');
    try {
      const asked = performance.now();
      expect(await health()).toMatchObject({ status: 503, body: { reasons: ['timeout'] } });
      expect(performance.now() - asked).toBeLessThan(3_600);
    } finally {
      for (const { pid } of rows) process.kill(pid, 'SIGCONT');
    }
    await expect.poll(async () => (await health()).status, { timeout: 10_000 }).toBe(200);
  });

  it('keeps nothing of its look at the audit trail', async () => {
    const count = async () =>
      (await sql<{ n: number }>`select count(*)::int as n from audit_entries`.execute(world.db)).rows[0]?.n;
    const before = await count();
    await health();
    expect(await count()).toBe(before);
  });
});
