/**
 * What taking a file of requests in costs: `npm run bench:import -- [LINES] [csv|xlsx]`. The file is taken in by the product in a process of
 * its own; in the same run the rows that this made are put into another database by `COPY` alone, with the history, events, counts
 * and jobs that they owe. Tells seconds of processor for a line (node and PostgreSQL), the peak of memory and the longest time that
 * the process did nothing else. Linux only, for it reads `/proc`.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { type Database, openDatabase } from '#src/platform/database.ts';
import { startEmbeddedPostgres } from '#src/platform/embedded-postgres/start.ts';
import { prepareJobs } from '#src/platform/jobs.ts';
import { migrate } from '#src/platform/migrate.ts';
import { cpuOfPostgres } from './bench-import/cpu-of-postgres.ts';
import { addParties, writeCsv } from './bench-import/parties.ts';
import { writeXlsx } from './bench-import/write-xlsx.ts';

type Step = { name: string; seconds: number; nodeSeconds: number; longestBlockMs: number; peakMB: number };
type Measured = Step & { postgresSeconds: number };

/** What a case is made of, in the order in which the rows can be put in. */
const tables = [
  'cases',
  'case_keys',
  'case_events',
  'events',
  'announcements',
  'reminder_plans',
  'pgboss.job',
];
const key = Buffer.alloc(32, 'bench').toString('base64');

const lines = Number(process.argv[2] ?? 100_000);
const format = process.argv[3] === 'xlsx' ? 'xlsx' : 'csv';
const folder = mkdtempSync(join(tmpdir(), 'shokai-bench-'));
chmodSync(folder, 0o777);
const dataDir = join(folder, 'postgres');
const postgres = await startEmbeddedPostgres(dataDir, { fast: true });
try {
  const taken = await prepare('taken');
  const bare = await prepare('bare');
  const file = join(folder, `requests.${format}`);
  if (format === 'csv') await writeCsv(file, lines);
  else writeXlsx(file, lines);
  const steps = await takeIn(file, urlOf('taken'));
  const copySeconds = await copy(taken, bare);
  tell(steps, copySeconds);
  await Promise.all([taken.destroy(), bare.destroy()]);
} finally {
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
}

function urlOf(name: string): string {
  const url = new URL(postgres.connectionString);
  url.pathname = `/${name}`;
  return url.href;
}

async function prepare(name: string): Promise<Database> {
  const admin = openDatabase({ connectionString: postgres.connectionString, poolSize: 1 });
  await sql.raw(`create database ${name}`).execute(admin);
  await admin.destroy();
  const db = openDatabase({ connectionString: urlOf(name), poolSize: 1 });
  await migrate(db);
  await prepareJobs(urlOf(name));
  await addParties(db);
  return db;
}

async function takeIn(file: string, connectionString: string): Promise<Measured[]> {
  const child = fork('scripts/bench-import/take-file-in.ts', [file], {
    env: {
      ...{ PATH: process.env.PATH, DATABASE_URL: connectionString, DATA_KEY: key, AUDIT_SIGNING_KEY: key },
      ...{ AUDIT_ANCHOR_DIR: join(folder, 'anchors'), MFA: 'optional' },
    },
    execArgv: flagsOfStart(),
  });
  const steps: Measured[] = [];
  let before = cpuOfPostgres(dataDir);
  child.on('message', (step: Step) => {
    const now = cpuOfPostgres(dataDir);
    steps.push({ ...step, postgresSeconds: now - before });
    before = cpuOfPostgres(dataDir);
    child.send('go');
  });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error('taking the file in failed');
  return steps;
}

/** How Node is run by `npm start`, which says how readily it gives memory back. */
function flagsOfStart(): string[] {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: { start: string } };
  return scripts.start.split(' ').filter((word) => word.startsWith('--'));
}

/** Puts the rows of one database into the other with nothing but COPY; tells the seconds of processor. */
async function copy(from: Database, to: Database): Promise<number> {
  const pathOf = (table: string): string => join(folder, `${table}.copy`);
  for (const table of ['pgboss.queue', ...tables])
    await sql.raw(`copy (select * from ${table}) to '${pathOf(table)}'`).execute(from);
  await sql.raw(`copy pgboss.queue from '${pathOf('pgboss.queue')}'`).execute(to);
  await sql`checkpoint`.execute(to);
  const [node, before] = [process.cpuUsage(), cpuOfPostgres(dataDir)];
  await to.transaction().execute(async (tx) => {
    await sql`set local statement_timeout = 0`.execute(tx);
    for (const table of tables) await sql.raw(`copy ${table} from '${pathOf(table)}'`).execute(tx);
  });
  const { user, system } = process.cpuUsage(node);
  return cpuOfPostgres(dataDir) - before + (user + system) / 1e6;
}

function tell(steps: readonly Measured[], copySeconds: number): void {
  const perLine = (seconds: number): string => `${((seconds / lines) * 1e6).toFixed(0)} µs`;
  for (const { name, seconds, nodeSeconds, postgresSeconds, longestBlockMs, peakMB } of steps)
    process.stdout.write(
      `${name.padEnd(8)} ${seconds.toFixed(1)} s, a line ${perLine(nodeSeconds)} node + ${perLine(postgresSeconds)} PostgreSQL, ` +
        `longest block ${longestBlockMs.toFixed(0)} ms, peak ${peakMB.toFixed(0)} MB\n`,
    );
  const run = steps.find(({ name }) => name === 'take in');
  if (!run) throw new Error('nothing was taken in');
  const ratio = (run.nodeSeconds + run.postgresSeconds) / copySeconds;
  process.stdout.write(
    `COPY     a line ${perLine(copySeconds)}; taking in costs ${ratio.toFixed(2)} times as much\n`,
  );
  mkdirSync('reports', { recursive: true });
  writeFileSync(
    'reports/bench-import.json',
    JSON.stringify({ lines, format, steps, copySeconds, ratio }, null, 2),
  );
}
