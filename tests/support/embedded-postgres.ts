import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import pg from 'pg';
import { startEmbeddedPostgres } from '#src/platform/embedded-postgres/start.ts';

type Line = {
  connectionString?: string;
  uid?: number;
  code?: string;
  message?: string;
  stillServing?: unknown;
};

/** A started test program: its next line, everything it said that was no line of ours, and its end: by kill -9, or in peace. */
export type Program = {
  pid: number;
  next: () => Promise<Line>;
  noise: () => string;
  kill: () => Promise<void>;
  stop: () => Promise<void>;
};

const program = fileURLToPath(new URL('./embedded-postgres-program.ts', import.meta.url));
const isRoot = process.getuid?.() === 0;

/** Commands before which a program runs as root; a user namespace stands for it where the tests are not root themselves. */
export const asRoot: readonly string[] = isRoot ? [] : ['unshare', '--map-root-user', '--'];

/**
 * Commands before which a program runs as somebody else than root: as nobody, or, where nobody cannot read this checkout, in
 * a user namespace that takes root's powers away.
 */
export const asOrdinary: readonly string[] = isRoot ? ordinary() : [];

function ordinary(): readonly string[] {
  const nobody = ['setpriv', '--reuid=nobody', '--regid=nogroup', '--clear-groups', '--'];
  try {
    execFileSync('setpriv', [...nobody.slice(1), process.execPath, '--check', program], { stdio: 'ignore' });
    return nobody;
  } catch {
    return ['unshare', '-U', '--map-user=1000', '--map-group=1000', '--'];
  }
}

const folders: string[] = [];
const programs: Program[] = [];

/** A folder that any account may fill; gone when the tests are over. */
export async function aFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'shokai-embedded-'));
  await chmod(folder, 0o777);
  folders.push(folder);
  return folder;
}

let sockets: Promise<string> | undefined;
let template: Promise<string> | undefined;

/** A data folder with an empty database, made once and copied; `aFolder` is for what tests the making. */
export async function aDatabase(): Promise<string> {
  template ??= makeTemplate();
  const dataDir = await aFolder();
  // Node's own cp takes as long as making a new one.
  await promisify(execFile)('cp', ['-R', join(await template, 'postgres-18'), dataDir]);
  return dataDir;
}

async function makeTemplate(): Promise<string> {
  const dataDir = await aFolder();
  const { stop } = await startEmbeddedPostgres(dataDir, { fast: true });
  await stop();
  return dataDir;
}

/** Ends what tests left running and removes what they made; for `afterAll`. */
export async function tidyUp(): Promise<void> {
  await Promise.all(programs.map((started) => started.stop()));
  await Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true, maxRetries: 50 })));
}

type Surroundings = { as?: readonly string[]; path?: string; durable?: boolean };

/** Starts the test program on a data folder. `path` is searched for commands before everything else. */
export async function startProgram(
  dataDir: string,
  { as = [], path, durable = false }: Surroundings = {},
): Promise<Program> {
  // Killed programs leave the folders of their sockets behind.
  sockets ??= aFolder();
  const [file = '', ...args] = [...as, process.execPath, program, dataDir, durable ? 'durable' : 'fast'];
  const child = spawn(file, args, {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      TMPDIR: await sockets,
      PATH: [path, process.env.PATH].filter((entry) => entry !== undefined).join(':'),
    },
  });
  const started = {
    pid: child.pid ?? 0,
    ...outputOf(child),
    kill: () => end(child, 'SIGKILL'),
    stop: () => end(child, 'SIGINT'),
  };
  programs.push(started);
  return started;
}

function outputOf(child: ChildProcess): Pick<Program, 'next' | 'noise'> {
  if (!child.stdout || !child.stderr) throw new Error('the program has no output');
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  let noise = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    noise += text;
  });
  return {
    noise: () => noise,
    next: async () => {
      const { value, done } = await lines.next();
      if (done) throw new Error(`the program has ended without a word: ${noise}`);
      return JSON.parse(value);
    },
  };
}

async function end(child: ChildProcess, signal: 'SIGINT' | 'SIGKILL'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill(signal);
  await ended;
}

/** A folder with commands of the system that fail, for a `path`: as if they were not there. */
export async function withoutCommands(...names: readonly string[]): Promise<string> {
  const folder = await aFolder();
  for (const name of names) await writeFile(join(folder, name), '#!/bin/sh\nexit 1\n', { mode: 0o755 });
  return folder;
}

/** The rows of one statement. */
export async function ask(connectionString: string | undefined, statement: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}

/** The process that runs PostgreSQL in a data folder. */
export async function postmasterOf(dataDir: string): Promise<number> {
  return Number.parseInt(await readFile(join(dataDir, 'postgres-18', 'postmaster.pid'), 'utf8'), 10);
}

/** Whether a process runs on Linux. One that has ended and only waits to be buried does not. */
export async function isRunning(pid: number): Promise<boolean> {
  return (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')) !== '';
}
