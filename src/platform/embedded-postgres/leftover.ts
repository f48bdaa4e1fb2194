import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Binaries } from './binaries.ts';
import { EmbeddedPostgresError, hasCode } from './errors.ts';
import { type Identity, run } from './launch.ts';
import { until } from './until.ts';

const patienceMs = 10_000;

/** What a running PostgreSQL writes about itself into its folder; undefined while it does not run. */
export async function readPidFile(cluster: string): Promise<{ pid: number; status: string } | undefined> {
  const text = await readFile(pidFile(cluster), 'utf8').catch(() => '');
  const lines = text.split('\n');
  const pid = Math.abs(Number.parseInt(lines[0] ?? '', 10));
  return Number.isNaN(pid) ? undefined : { pid, status: (lines[7] ?? '').trim() };
}

const pidFile = (cluster: string): string => join(cluster, 'postmaster.pid');

/**
 * Ends the PostgreSQL that a killed Shokai left behind, or waits until it has ended by itself. To be called by the owner of
 * the folder only: whatever runs there then belongs to nobody.
 */
export async function endLeftover(cluster: string, binaries: Binaries, identity: Identity): Promise<void> {
  const left = await readPidFile(cluster);
  if (!left || !isAlive(left.pid)) return;
  if (process.platform === 'win32') {
    await run(identity, [binaries.pgCtl, 'stop', '-D', cluster, '-m', 'fast', '-t', `${patienceMs / 1000}`]);
  } else {
    const command = await commandLine(left.pid);
    // A number that went to another program since, or to a dead process nobody buried, only looks like PostgreSQL.
    if (command !== undefined && !command.includes(cluster)) return rm(pidFile(cluster), { force: true });
    if (command !== undefined) signal(left.pid, 'SIGINT');
  }
  const hasEnded = async (): Promise<boolean> =>
    !isAlive(left.pid) || (await commandLine(left.pid))?.includes(cluster) === false;
  if (await until(hasEnded, patienceMs)) return;
  throw new EmbeddedPostgresError(
    'leftover_running',
    `A PostgreSQL left from an earlier start (process ${left.pid}) still runs in ${cluster} and does not stop: stop it, then start again.`,
  );
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return hasCode(error, 'EPERM');
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    // Gone meanwhile, or not ours to stop: waiting for its end tells which.
    if (!hasCode(error, 'ESRCH', 'EPERM')) throw error;
  }
}

/** How a process was started; undefined when the system does not tell. */
async function commandLine(pid: number): Promise<string | undefined> {
  if (process.platform === 'linux') {
    return readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => undefined);
  }
  const { ok, output } = await run({ prefix: [] }, ['ps', '-ww', '-o', 'args=', '-p', `${pid}`]);
  return ok ? output : undefined;
}
