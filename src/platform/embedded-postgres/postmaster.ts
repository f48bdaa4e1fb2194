import type { ChildProcess } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import type { Settings } from './address.ts';
import type { Binaries } from './binaries.ts';
import { EmbeddedPostgresError } from './errors.ts';
import { type Identity, launch, run } from './launch.ts';
import { readPidFile } from './leftover.ts';
import type { LogFile } from './log-file.ts';
import { until } from './until.ts';

type Parts = { binaries: Binaries; identity: Identity; cluster: string; settings: Settings; log: LogFile };

/** The server's first process. `exited` says how it ended, as soon as it is gone. */
export type Postmaster = { exited: Promise<string>; stop: () => Promise<void> };

/** Recovery after a crash takes as long as there is to recover; stopping it would only begin it anew. */
const readyTimeoutMs = 120_000;
const retryMs = 10_000;
const retryPauseMs = 200;
const stopTimeoutMs = 10_000;

/** Starts the server and waits until it takes connections. While parts of a dying one are left, it tries again for 10 s. */
export async function startPostmaster(parts: Parts): Promise<Postmaster> {
  const end = performance.now() + retryMs;
  for (;;) {
    const postmaster = await tryStart(parts);
    if (typeof postmaster !== 'string') return postmaster;
    if (!/already exists|still in use/.test(postmaster) || performance.now() > end) {
      throw startFailed(parts.log, postmaster);
    }
    await pause(retryPauseMs);
  }
}

async function tryStart({ binaries, identity, cluster, settings, log }: Parts): Promise<Postmaster | string> {
  const offset = await log.size();
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const child = launch(identity, [binaries.postgres, '-D', cluster, ...options], log.fd);
  const exited = endOf(child);
  const stop = (): Promise<void> => end(child, exited, { binaries, identity, cluster });

  const isSettled = await until(
    async () => hasEnded(child) || (await isReady(child, cluster)),
    readyTimeoutMs,
  );
  if (hasEnded(child)) return (await log.lastWords(offset)) || (await exited);
  if (isSettled) return { exited, stop };
  await stop();
  throw startFailed(log, `it was not ready after ${readyTimeoutMs / 1000} s`);
}

/** A file of another server, one that is about to end, says nothing of ours. */
async function isReady(child: ChildProcess, cluster: string): Promise<boolean> {
  const written = await readPidFile(cluster);
  return written?.pid === child.pid && written?.status === 'ready';
}

const hasEnded = ({ pid, exitCode, signalCode }: ChildProcess): boolean =>
  pid === undefined || exitCode !== null || signalCode !== null;

/** Waits for a process's end, and lets it not outlive ours where the kernel does not see to that. */
function endOf(child: ChildProcess): Promise<string> {
  const endWithUs = (): void => {
    child.kill('SIGINT');
  };
  process.once('exit', endWithUs);
  return new Promise((resolve) => {
    const settle = (reason: string): void => {
      process.off('exit', endWithUs);
      resolve(reason);
    };
    child.once('error', (error) => settle(error.message));
    child.once('exit', (code, signal) => settle(signal ? `ended by ${signal}` : `ended with code ${code}`));
  });
}

/** Ends the server and its connections. One that takes too long is cut off, which costs a recovery and no data. */
async function end(
  child: ChildProcess,
  ended: Promise<string>,
  { binaries, identity, cluster }: Pick<Parts, 'binaries' | 'identity' | 'cluster'>,
): Promise<void> {
  if (process.platform === 'win32')
    await run(identity, [binaries.pgCtl, 'stop', '-D', cluster, '-m', 'fast']);
  else child.kill('SIGINT');
  if (!(await until(() => hasEnded(child), stopTimeoutMs))) child.kill('SIGQUIT');
  await ended;
}

const startFailed = (log: LogFile, reason: string): EmbeddedPostgresError =>
  new EmbeddedPostgresError('start_failed', `PostgreSQL does not start: ${reason} (more in ${log.path}).`);
