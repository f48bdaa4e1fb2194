import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { PoolState } from '#src/platform/database.ts';
import { keyOf } from '#src/platform/observed/counted.ts';
import type { Figures } from './gather-figures.ts';

const loop = monitorEventLoopDelay({ resolution: 20 });
loop.enable();

/** What each metric says, as `# HELP` tells it, and its type. */
const known: Readonly<Record<string, readonly ['counter' | 'gauge' | 'histogram', string]>> = {
  shokai_http_requests_total: ['counter', 'Requests by route and status'],
  shokai_http_request_duration_seconds: ['histogram', 'How long requests took, by route'],
  shokai_jobs_total: ['counter', 'Jobs this process did, by queue and outcome'],
  shokai_actions_total: [
    'counter',
    'What was done and committed by this process, by the name in the audit trail',
  ],
  shokai_subjects_total: [
    'counter',
    'How many things it was done to, such as the lines taken in by case.receive',
  ],
  shokai_event_loop_delay_seconds: ['gauge', 'How late the event loop was since the last look'],
  shokai_db_connections: ['gauge', 'Connections of requests to the database, by state'],
  shokai_up: ['gauge', '1 when the database could be asked for what follows'],
  shokai_queue_jobs: ['gauge', 'Jobs by queue and state'],
  shokai_queue_oldest_seconds: ['gauge', 'How long the oldest job that could be done has waited'],
  shokai_queue_failed_last_hour: ['gauge', 'Jobs given up within the last hour'],
  shokai_mails_queued: ['gauge', 'Mails not handed over yet'],
  shokai_mails_oldest_seconds: ['gauge', 'How long the oldest of them has waited'],
  shokai_mails_undelivered: ['gauge', 'Mails that did not arrive and that no operator has dealt with'],
  shokai_webhooks_pending: ['gauge', 'Webhooks on their way'],
  shokai_webhooks_dead: ['gauge', 'Webhooks whose tries are used up'],
  shokai_replies_waiting: ['gauge', 'Answers that wait to be sent to the providers that asked'],
  shokai_replies_oldest_seconds: ['gauge', 'How long the oldest of them has waited'],
  shokai_replies_failed: ['gauge', 'Answers that could not be sent to a provider'],
  shokai_cases_overdue: ['gauge', 'Open cases past their due instant'],
  shokai_cases_due_within_day: ['gauge', 'Open cases that fall due within 24 hours'],
  shokai_workers_alive: ['gauge', 'Processes that do jobs and have shown that they live'],
  shokai_clock_skew_seconds: [
    'gauge',
    'The largest difference of a living process’s clock from the database’s',
  ],
  shokai_audit_head: ['gauge', 'The number of the last entry of the audit trail'],
  process_resident_memory_bytes: ['gauge', 'Memory in use'],
  process_cpu_seconds_total: ['counter', 'Processor time used'],
};

type Seen = { figures: Figures | undefined; pool: PoolState; counted: readonly string[] };

/** What is known, in the text format of Prometheus 0.0.4. */
export function writeMetrics({ figures, pool, counted }: Seen): string {
  const samples = [...counted, ...ofProcess(pool), ...(figures ? ofFigures(figures) : ['shokai_up 0'])];
  const byName = Map.groupBy(samples, familyOf);
  const text = [...byName].map(([name, lines]) => {
    const [type, help] = known[name] ?? ['gauge', name];
    return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${lines.join('\n')}\n`;
  });
  return text.join('');
}

const familyOf = (sample: string): string => {
  const name = sample.split(/[ {]/)[0] ?? '';
  const family = name.replace(/_(bucket|sum|count)$/, '');
  return family in known ? family : name;
};

function ofProcess({ total, idle, waiting }: PoolState): string[] {
  const { user, system } = process.cpuUsage();
  const delay = { mean: loop.mean || 0, max: loop.max };
  loop.reset();
  return [
    `${keyOf('shokai_event_loop_delay_seconds', { of: 'mean' })} ${delay.mean / 1e9}`,
    `${keyOf('shokai_event_loop_delay_seconds', { of: 'max' })} ${delay.max / 1e9}`,
    `${keyOf('shokai_db_connections', { state: 'used' })} ${total - idle}`,
    `${keyOf('shokai_db_connections', { state: 'idle' })} ${idle}`,
    `${keyOf('shokai_db_connections', { state: 'waited_for' })} ${waiting}`,
    `process_resident_memory_bytes ${process.memoryUsage.rss()}`,
    `process_cpu_seconds_total ${(user + system) / 1e6}`,
  ];
}

function ofFigures({
  at,
  processes,
  queues,
  mails,
  webhooks,
  replies,
  deadlines,
  auditHead,
}: Figures): string[] {
  const living = processes.filter(({ isAlive }) => isAlive);
  const age = (since: string | null): number =>
    since === null ? 0 : Math.max(0, (Date.parse(at) - Date.parse(since)) / 1000);
  const skews = living.map(({ clockSkewMs }) => Math.abs(clockSkewMs) / 1000);
  return [
    'shokai_up 1',
    ...queues.flatMap(({ queue, ready, later, active, oldestAt, failed }) => [
      `${keyOf('shokai_queue_jobs', { queue, state: 'ready' })} ${ready}`,
      `${keyOf('shokai_queue_jobs', { queue, state: 'later' })} ${later}`,
      `${keyOf('shokai_queue_jobs', { queue, state: 'active' })} ${active}`,
      `${keyOf('shokai_queue_oldest_seconds', { queue })} ${age(oldestAt)}`,
      `${keyOf('shokai_queue_failed_last_hour', { queue })} ${failed}`,
    ]),
    `shokai_mails_queued ${mails.queued}`,
    `shokai_mails_oldest_seconds ${age(mails.oldestAt)}`,
    `shokai_mails_undelivered ${mails.undelivered}`,
    `shokai_webhooks_pending ${webhooks.pending}`,
    `shokai_webhooks_dead ${webhooks.dead}`,
    `shokai_replies_waiting ${replies.waiting}`,
    `shokai_replies_oldest_seconds ${age(replies.oldestAt)}`,
    `shokai_replies_failed ${replies.failed}`,
    `shokai_cases_overdue ${deadlines.overdue}`,
    `shokai_cases_due_within_day ${deadlines.withinDay}`,
    `shokai_workers_alive ${living.filter(({ role }) => role !== 'web').length}`,
    `shokai_clock_skew_seconds ${Math.max(0, ...skews)}`,
    `shokai_audit_head ${auditHead}`,
  ];
}
