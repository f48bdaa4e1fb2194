import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { dirname } from 'node:path';

export type Account = { uid: number; gid: number };

/** Behind which commands, and as which account, PostgreSQL's programs run; without an account as our own. */
export type Identity = { prefix: readonly string[]; account?: Account };

export type Outcome = { ok: boolean; output: string };

/**
 * Starts a program that stays. It gets a process group of its own: Ctrl+C in the terminal reaches Shokai only, which
 * still needs its database to finish what it does.
 */
export function launch(identity: Identity, command: readonly string[], logFd: number): ChildProcess {
  const [file = '', ...args] = [...identity.prefix, ...command];
  return spawn(file, args, {
    ...surroundings(identity, command),
    detached: true,
    stdio: ['ignore', logFd, logFd],
  });
}

/** Runs a program to its end; never throws, because a program that is missing is an answer too. */
export function run(identity: Identity, command: readonly string[]): Promise<Outcome> {
  const [file = '', ...args] = [...identity.prefix, ...command];
  return new Promise((resolve) => {
    execFile(file, args, surroundings(identity, command), (error, stdout, stderr) =>
      resolve({ ok: error === null, output: (stderr || stdout || (error?.message ?? '')).trim() }),
    );
  });
}

const surroundings = ({ account }: Identity, [program = '']: readonly string[]) => ({
  ...account,
  env: environment(),
  windowsHide: true,
  // Our own working directory may be closed to the account that PostgreSQL runs as.
  ...(program.includes('/') && { cwd: dirname(program) }),
});

const passedOn = [
  'PATH',
  'HOME',
  'TMPDIR',
  'LD_LIBRARY_PATH',
  'SystemRoot',
  'SystemDrive',
  'ComSpec',
  'USERPROFILE',
  'APPDATA',
  'TEMP',
  'TMP',
] as const;

/** PGPORT and its siblings would change the server, a locale its messages, and Shokai's secrets are not PostgreSQL's business. */
function environment(): Record<string, string> {
  const kept = passedOn.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return { ...Object.fromEntries(kept), LC_ALL: 'C', TZ: 'UTC' };
}
