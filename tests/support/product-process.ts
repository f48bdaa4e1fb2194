import { type ChildProcess, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { logFile, onlyLogLines } from './logs.ts';
import { testKey, unlimited } from './world.ts';

/** The product as a process of its own, as `npm start` runs it. */
export type ProductProcess = {
  url: string;
  child: ChildProcess;
  /** Signals it and tells with what it ended. */
  end: (signal: 'SIGTERM' | 'SIGKILL') => Promise<number | null>;
};

/** Starts the product on a database and waits until it is ready. */
export async function startProcess(
  connectionString: string,
  settings: Record<string, string> = {},
): Promise<ProductProcess> {
  const port = 20_000 + randomInt(20_000);
  const { PATH, HOME } = process.env;
  const child = spawn(process.execPath, ['src/main/start.ts'], {
    env: {
      ...{
        PATH,
        HOME,
        ...unlimited,
        DATABASE_URL: connectionString,
        DATA_KEY: testKey,
        AUDIT_SIGNING_KEY: testKey,
      },
      ...{ PORT: String(port), HOST: '127.0.0.1', BASE_URL: `http://127.0.0.1:${port}`, MFA: 'optional' },
      ...{
        AUDIT_ANCHOR_DIR: join(tmpdir(), 'shokai-test-anchors'),
        LOG_LEVEL: 'info',
        STOP_DELAY_SECONDS: '0',
      },
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  child.stdout.pipe(onlyLogLines()).pipe(logFile(`process-${port}`));
  let printed = '';
  child.stdout.on('data', (piece: Buffer) => {
    printed += piece.toString();
  });
  for (let tries = 0; !printed.includes('Shokai is ready'); tries += 1) {
    if (child.exitCode !== null || tries > 1_200) throw new Error(`the process did not start: ${printed}`);
    await wait(50);
  }
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  return {
    url: `http://127.0.0.1:${port}`,
    child,
    end: (signal) => {
      child.kill(signal);
      return ended;
    },
  };
}
