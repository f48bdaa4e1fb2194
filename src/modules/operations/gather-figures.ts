import { sql } from 'kysely';
import type { Reader } from '#src/platform/transaction.ts';
import { deadAfterSeconds } from './beat.ts';

type ProcessFigure = {
  id: string;
  role: 'all' | 'web' | 'worker';
  version: string;
  startedAt: string;
  beatAt: string;
  stoppedAt: string | null;
  isAlive: boolean;
  clockSkewMs: number;
};

type QueueFigure = {
  queue: string;
  ready: number;
  later: number;
  active: number;
  oldestAt: string | null;
  failed: number;
};

/** Everything that waits, as counts and ages. */
export type Figures = {
  at: string;
  processes: ProcessFigure[];
  queues: QueueFigure[];
  mails: { queued: number; oldestAt: string | null; undelivered: number };
  webhooks: { pending: number; dead: number };
  replies: { waiting: number; failed: number; oldestAt: string | null };
  deadlines: { overdue: number; withinDay: number };
  auditHead: number;
};

const longestGatherMs = 3_000;

/** Gathers the figures in one statement that counts by indexes, and is given up after three seconds. */
export async function gatherFigures(db: Reader): Promise<Figures> {
  await sql`set local statement_timeout = ${sql.lit(longestGatherMs)}`.execute(db);
  const { rows } = await sql<Figures>`
    select to_json(now()) as at,
      (select coalesce(json_agg(one order by one."beatAt" desc), '[]') from (
        select id, role, version, started_at as "startedAt", beat_at as "beatAt", stopped_at as "stoppedAt",
          stopped_at is null and beat_at > now() - make_interval(secs => ${deadAfterSeconds}) as "isAlive",
          clock_skew_ms as "clockSkewMs"
        from processes order by beat_at desc limit 50) as one) as processes,
      (select coalesce(json_agg(one order by one.queue), '[]') from (
        select queue.name as queue, coalesce(live.ready, 0) as ready, coalesce(live.later, 0) as later,
          coalesce(live.active, 0) as active, live."oldestAt", ended.failed
        from pgboss.queue
          left join (
            select name, count(*) filter (where state < 'active' and start_after <= now())::int as ready,
              count(*) filter (where state < 'active' and start_after > now())::int as later,
              count(*) filter (where state = 'active')::int as active,
              min(start_after) filter (where state < 'active' and start_after <= now()) as "oldestAt"
            from pgboss.job where state < 'completed' group by name
          ) as live on live.name = queue.name
          cross join lateral (select count(*)::int as failed from pgboss.job
            where job.name = queue.name and completed_on > now() - interval '1 hour' and state = 'failed') as ended
        ) as one) as queues,
      (select json_build_object('queued', count(*), 'oldestAt', min(created_at),
        'undelivered', (select count(*) from mails where undelivered_since is not null)) from mails where state = 'queued') as mails,
      json_build_object('pending', (select count(*) from webhook_deliveries where state = 'pending'),
        'dead', (select count(*) from webhook_deliveries where state = 'dead')) as webhooks,
      (select json_build_object('waiting', count(*), 'oldestAt', min(created_at),
        'failed', (select count(*) from adapter_replies where state = 'failed'))
        from adapter_replies where state = 'waiting') as replies,
      (select json_build_object('overdue', count(*) filter (where due_at <= product_now()),
        'withinDay', count(*) filter (where due_at > product_now()))
        from cases where status in ('received', 'correcting') and due_at <= product_now() + interval '1 day') as deadlines,
      (select sequence from audit_head) as "auditHead"`.execute(db);
  const [figures] = rows;
  if (!figures) throw new Error('gathering gave no row');
  return figures;
}
