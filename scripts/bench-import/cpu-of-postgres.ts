import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ticksPerSecond = 100;

type Spent = { pid: number; parent: number; seconds: number };

/** The seconds of processor that a PostgreSQL has spent so far, with all its processes, also those that ended. Linux only. */
export function cpuOfPostgres(dataDir: string): number {
  const name = readdirSync(dataDir, { recursive: true, encoding: 'utf8' }).find((each) =>
    each.endsWith('postmaster.pid'),
  );
  if (name === undefined) throw new Error(`no PostgreSQL runs on ${dataDir}`);
  const postmaster = Number(readFileSync(join(dataDir, name), 'utf8').split('\n')[0]);
  const all = readdirSync('/proc')
    .filter((each) => /^\d+$/.test(each))
    .flatMap(spentBy);
  const own = all.filter(({ pid, parent }) => pid === postmaster || parent === postmaster);
  return own.reduce((sum, { seconds }) => sum + seconds, 0);
}

function spentBy(pid: string): Spent[] {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ')
      .map(Number);
    const [user = 0, system = 0, endedUser = 0, endedSystem = 0] = fields.slice(11, 15);
    const ticks = user + system + endedUser + endedSystem;
    return [{ pid: Number(pid), parent: fields[1] ?? 0, seconds: ticks / ticksPerSecond }];
  } catch {
    // It ended meanwhile; the postmaster has its time now.
    return [];
  }
}
