import { sql } from 'kysely';
import type { Logger } from 'pino';
import type { Acting, Tx } from '#src/platform/transaction.ts';
import { type Beating, deadAfterSeconds, longestSkewMs } from './beat.ts';

/** Why a registration would not be durable now. Codes only: everybody may read them. */
export type HealthReason =
  | 'database_unreachable'
  | 'timeout'
  | 'read_only'
  | 'not_durable'
  | 'schema_behind'
  | 'disk_full'
  | 'write_failed'
  | 'audit_trail_not_writable';

export type Health = {
  status: 'ok' | 'failing';
  reasons: HealthReason[];
  /** How far this machine's clock is ahead of the database's; null when it could not be asked. */
  clockSkewSeconds: number | null;
  /** Whether anybody does the queued jobs. Registrations are safe without; mails and webhooks wait. */
  worker: 'up' | 'down' | 'unknown';
};

type Parts = { watching: Acting; own: Beating; migrations: readonly string[]; log: Logger };

const patienceMs = 2_000;

/**
 * Whether a registration would be durable, found out by writing and committing a row and by adding to the audit trail what is
 * taken back. A database that does not answer within two seconds is none.
 */
export async function checkHealth(parts: Parts): Promise<Health> {
  const late = Promise.withResolvers<Health>();
  const timer = setTimeout(() => late.resolve(failing('timeout')), patienceMs);
  try {
    return await Promise.race([look(parts), late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

const failing = (reason: HealthReason): Health => ({
  status: 'failing',
  reasons: [reason],
  clockSkewSeconds: null,
  worker: 'unknown',
});

async function look(parts: Parts): Promise<Health> {
  try {
    const { now, settings, worker } = await parts.watching.inTransaction((tx) => write(tx, parts));
    const skewMs = now.between - now.database.getTime();
    if (Math.abs(skewMs) > longestSkewMs)
      parts.log.warn({ clockSkewMs: skewMs }, "this machine's clock differs from the database's");
    const isBehind = parts.migrations.some((name) => !settings.applied.includes(name));
    const reasons: HealthReason[] = [
      ...(settings.durable ? [] : (['not_durable'] as const)),
      ...(isBehind ? (['schema_behind'] as const) : []),
      ...((await mayRecord(parts)) ? [] : (['audit_trail_not_writable'] as const)),
    ];
    return {
      status: reasons.length === 0 ? 'ok' : 'failing',
      reasons,
      clockSkewSeconds: Math.round(skewMs / 100) / 10,
      worker: worker ? 'up' : 'down',
    };
  } catch (error) {
    parts.log.error({ err: error }, 'the health check failed');
    return failing(reasonOf(error));
  }
}

type Written = { at: Date; durable: boolean; applied: string[]; worker: boolean };

async function write(tx: Tx, { own: { id, role, version } }: Parts) {
  await sql`set local statement_timeout = ${sql.lit(patienceMs)}`.execute(tx);
  const asked = Date.now();
  const { rows } = await sql<Written>`
    with written as (
      insert into processes (id, role, version, checked_at) values (${id}, ${role}, ${version}, clock_timestamp())
      on conflict (id) do update set checked_at = clock_timestamp()
      returning checked_at
    )
    select checked_at as at,
      current_setting('synchronous_commit') <> 'off' and current_setting('fsync') = 'on' as durable,
      array(select applied_migrations()) as applied,
      exists (select from processes where role <> 'web' and stopped_at is null
        and beat_at > clock_timestamp() - make_interval(secs => ${deadAfterSeconds})) as worker
    from written`.execute(tx);
  const [row] = rows;
  if (!row) throw new Error('the health check wrote nothing');
  const between = (asked + Date.now()) / 2;
  return {
    now: { between, database: row.at },
    settings: { durable: row.durable, applied: row.applied },
    worker: row.worker,
  };
}

class TakenBack extends Error {}

const lockNotAvailable = '55P03';

/** Adds an entry and takes it back, so that the trail does not fill with checks. Waiting for others who add is no fault. */
async function mayRecord({ watching, log }: Parts): Promise<boolean> {
  try {
    await watching.inTransaction(async (tx) => {
      await sql`set local lock_timeout = 1000`.execute(tx);
      await sql`select audit_append('[{"action":"product.start","subjects":[],"details":{}}]')`.execute(tx);
      throw new TakenBack();
    });
    return false;
  } catch (error) {
    if (error instanceof TakenBack || codeOf(error) === lockNotAvailable) return true;
    log.error({ err: error }, 'the audit trail cannot be written');
    return false;
  }
}

function reasonOf(error: unknown): HealthReason {
  const code = codeOf(error);
  if (code === '53100') return 'disk_full';
  if (code === '25006') return 'read_only';
  if (code === '57014') return 'timeout';
  return /^(08|57P|28|3D|E[A-Z]+$)/.test(code) || code === '' ? 'database_unreachable' : 'write_failed';
}

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
