import { sql } from 'kysely';
import type { Logger } from 'pino';
import type { Acting } from '#src/platform/transaction.ts';

/** The process that shows it lives. */
export type Beating = { id: string; role: 'all' | 'web' | 'worker'; version: string };

export const beatMs = 10_000;

/** Without a beat for this long a process counts as dead: four beats were missed. */
export const deadAfterSeconds = 45;

/** A clock that differs more from the database's is told of. */
export const longestSkewMs = 5_000;

/**
 * Writes that this process lives, by the machine's own time, which no rehearsal moves. Rows of those that ended are kept for
 * a week, and the last one that did jobs for good: the notice of a dead worker says since when.
 */
export async function beat(
  { inTransaction }: Acting,
  { id, role, version }: Beating,
  log: Logger,
): Promise<void> {
  const asked = Date.now();
  const at = await inTransaction(async (tx) => {
    const { rows } = await sql<{ at: Date }>`
      with shown as (
        insert into processes (id, role, version) values (${id}, ${role}, ${version})
        on conflict (id) do update set beat_at = clock_timestamp(), role = excluded.role, version = excluded.version
        returning beat_at
      ), forgotten as (
        delete from processes where beat_at < now() - interval '7 days'
          and beat_at < (select max(beat_at) from processes where role <> 'web')
      )
      select clock_timestamp() as at from shown`.execute(tx);
    const skew = Math.round((asked + Date.now()) / 2 - Number(rows[0]?.at));
    await sql`update processes set clock_skew_ms = ${skew} where id = ${id}`.execute(tx);
    return skew;
  });
  if (Math.abs(at) > longestSkewMs)
    log.warn({ clockSkewMs: at }, "this machine's clock differs from the database's");
}

/** Writes that this process was stopped and did not die. */
export async function noteStop({ inTransaction }: Acting, { id }: Beating): Promise<void> {
  await inTransaction((tx) =>
    sql`update processes set stopped_at = clock_timestamp() where id = ${id}`.execute(tx),
  );
}
