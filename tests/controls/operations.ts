import type { Control } from './control.ts';

const metrics = 'src/modules/operations/metrics.test.ts';
const traces = 'src/modules/operations/traces.test.ts';
const health = 'src/modules/operations/health.test.ts';
const rolling = 'tests/processes/rolling-restart.test.ts';
const dead = 'tests/processes/dead-worker.test.ts';

/** What tells those who run the product how it is, and lets them restart it without anybody noticing. */
export const operationControls: readonly Control[] = [
  {
    without: 'the token of the metrics',
    file: 'src/modules/operations/serve-operations.ts',
    take: 'if (token !== undefined) return isSame(',
    put: "if (token !== undefined) return token !== '' || isSame(",
    tests: metrics,
    fails: 'are for whoever has the token',
  },
  {
    without: 'looking whether a proxy passed it on',
    file: 'src/modules/operations/serve-operations.ts',
    take: 'return isOwn && !forwarding.some((name) => headers[name] !== undefined);',
    put: 'return isOwn && forwarding.length > 0;',
    tests: metrics,
    fails: 'not for those a proxy',
  },
  {
    without: 'counting only what was committed',
    file: 'src/platform/transaction.ts',
    take: 'onDone?.(recorded);',
    put: '',
    tests: metrics,
    fails: 'tell what happened here',
  },
  {
    without: 'the index that figures are counted by',
    file: 'db/migrations/0002_cases.sql',
    take: "create index cases_waiting on cases (due_at, id) where status in ('received', 'correcting');",
    put: '',
    tests: metrics,
    fails: 'are found by indexes',
  },
  {
    without: 'missing a worker that shows nothing',
    file: 'src/modules/operations/worker-state.ts',
    take: 'if (!workers.some(({ isAlive }) => isAlive)) {',
    put: 'if (workers.length > 1_000) {',
    tests: metrics,
    fails: 'the worker is missed',
  },
  {
    without: 'the age at which a process counts as dead',
    file: 'src/modules/operations/gather-figures.ts',
    take: 'stopped_at is null and beat_at > now()',
    put: "stopped_at is null and beat_at > now() - interval '1 hour'",
    tests: dead,
    fails: 'is missed within a minute',
  },
  {
    without: 'keeping values out of traces',
    file: 'src/platform/database.ts',
    take: 'onTimed?.(query.sql, queryDurationMillis',
    put: 'onTimed?.(query.sql + JSON.stringify(query.parameters), queryDurationMillis',
    tests: traces,
    fails: 'without their values',
  },
  {
    without: 'a job’s trace being that of its request',
    file: 'src/platform/jobs.ts',
    take: 'const span = { traceId: traceIdOf(causedBy), spanId: newSpanId() };',
    put: 'const span = { traceId: traceIdOf(job.id), spanId: newSpanId() };',
    tests: traces,
    fails: 'the jobs it caused',
  },
  {
    without: 'being red to balancers before it stops',
    file: 'src/modules/operations/operations.ts',
    take: "notReady: () => (isDraining ? 'stopping' : ",
    put: "notReady: () => (isDraining && own.id === '' ? 'stopping' : ",
    tests: rolling,
    fails: 'is red to balancers at once',
  },
  {
    without: 'closing kept connections of a process that stops',
    file: 'src/modules/operations/serve-operations.ts',
    take: "if (operations.isDraining()) reply.header('connection', 'close');",
    put: '',
    tests: rolling,
    fails: 'is red to balancers at once',
  },
  {
    without: 'taking requests while balancers look away',
    file: 'src/main/run.ts',
    take: 'if (!err) await wait(delayMs);',
    put: '',
    tests: rolling,
    fails: 'cut nothing',
  },
  {
    without: 'adding to the audit trail before it says that it is well',
    file: 'src/modules/operations/check-health.ts',
    take: "...((await mayRecord(parts)) ? [] : (['audit_trail_not_writable'] as const)),",
    put: '',
    tests: health,
    fails: 'nothing can be added to the audit trail',
  },
  {
    without: 'taking back what it added to the audit trail',
    file: 'src/modules/operations/check-health.ts',
    take: 'throw new TakenBack();',
    put: 'if (log.level === "nothing") throw new TakenBack();',
    tests: health,
    fails: 'is green',
  },
  {
    without: 'giving a database up that does not answer',
    file: 'src/modules/operations/check-health.ts',
    take: 'return await Promise.race([look(parts), late.promise]);',
    put: 'return await look(parts);',
    tests: health,
    fails: 'hangs and not even keeps its own time',
  },
];
