import { appendFileSync, createWriteStream, mkdirSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { Transform } from 'node:stream';
import { sql } from 'kysely';
import { type Logger, pino } from 'pino';
import type { Database } from '#src/platform/database.ts';
import { createLog } from '#src/platform/log.ts';
import { folder } from './never-logged.ts';

let logs = 0;

/**
 * A log that writes all there is to be written, down to the last trace, into a file of its own. `scripts/test.ts` looks in all
 * of them for what must never be there.
 */
export const testLog = (): Logger => testLogAt(newLogPath());

/** A place for a log that a test wants to read itself. */
export function newLogPath(): string {
  mkdirSync(folder, { recursive: true });
  logs += 1;
  return `${folder}/${process.pid}-${logs}.log`;
}

export const testLogAt = (path: string): Logger =>
  createLog('trace', pino.destination({ dest: path, sync: true }));

/** Keeps what a database holds for good of what was done: the audit trail, and jobs with what they are told. */
export async function keepTraces(db: Database): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const traces = [
    sql<{
      line: string;
    }>`select row_to_json(audit_entries)::text as line from audit_entries order by sequence`,
    sql<{
      line: string;
    }>`select json_build_object('queue', name, 'data', data)::text as line from pgboss.job`,
  ];
  for (const trace of traces) {
    const { rows } = await trace.execute(db);
    appendFileSync(`${folder}/traces-${process.pid}.log`, rows.map(({ line }) => `${line}\n`).join(''));
  }
}

/** Keeps the database server's own log, before its folder goes. */
export async function keepServerLog(dataDir: string, name: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  await copyFile(`${dataDir}/postgres.log`, `${folder}/postgres-${name}.log`);
}

/** Puts something among the tests' logs that is no log and may hold no more than one: addresses, what a browser keeps. */
export function noteInLogs(note: object): void {
  mkdirSync(folder, { recursive: true });
  appendFileSync(`${folder}/browser-${process.pid}.log`, `${JSON.stringify(note)}\n`);
}

/** A file among the tests' logs. */
export function logFile(name: string): NodeJS.WritableStream {
  mkdirSync(folder, { recursive: true });
  return createWriteStream(`${folder}/${name}.log`);
}

/** Lets a program's log through and keeps back what it says to whoever started it: the demo prints its passwords. */
export function onlyLogLines(): Transform {
  let rest = '';
  return new Transform({
    transform(piece, _, done) {
      const lines = `${rest}${piece}`.split('\n');
      rest = lines.pop() ?? '';
      done(
        null,
        lines
          .filter((line) => line.startsWith('{'))
          .map((line) => `${line}\n`)
          .join(''),
      );
    },
  });
}
