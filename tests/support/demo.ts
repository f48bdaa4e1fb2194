import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { keepServerLog, logFile, onlyLogLines } from './logs.ts';

const longestStartMs = 60_000;

/** A demo that runs as `npm start` runs it, on a folder of its own. */
export type Demo = { url: string; folder: string; stop: () => Promise<void> };

/** Starts the demo for all journeys of a run; stops and removes it after them. */
export default async function startDemo(): Promise<() => Promise<void>> {
  const { url, stop } = await runDemo('journeys');
  process.env.SHOKAI_URL = url;
  return stop;
}

/** Starts a demo, with settings of its own and reached by a host name where a test wants it so. */
export async function runDemo(
  name: string,
  settings: Record<string, string> = {},
  host?: string,
): Promise<Demo> {
  const folder = await mkdtemp(join(tmpdir(), 'shokai-journeys-'));
  const port = String(await freePort());
  const address = host ? { BASE_URL: `http://${host}:${port}` } : {};
  const demo = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', 'src/main/start.ts'], {
    env: {
      ...process.env,
      PORT: port,
      DATA_DIR: folder,
      MAIL_GATHER_SECONDS: '1',
      LOG_LEVEL: 'trace',
      ...address,
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  demo.stdout.pipe(onlyLogLines()).pipe(logFile(name));
  let printed = '';
  demo.stdout.on('data', (piece: Buffer) => {
    printed += piece.toString();
  });
  const url = await readyUrl(
    () => printed,
    () => demo.exitCode,
  );
  const stop = async (): Promise<void> => {
    demo.kill('SIGTERM');
    await new Promise((resolve) => demo.once('exit', resolve));
    await keepServerLog(folder, name);
    await rm(folder, { recursive: true, force: true });
  };
  return { url, folder, stop };
}

async function readyUrl(printed: () => string, exitCode: () => number | null): Promise<string> {
  for (const start = Date.now(); Date.now() - start < longestStartMs; await wait(50)) {
    const [, url] = /Shokai is ready at (\S+)/.exec(printed()) ?? [];
    if (url) return url;
    if (exitCode() !== null) throw new Error(`the demo ended before it was ready: ${printed()}`);
  }
  throw new Error(`the demo was not ready in time: ${printed()}`);
}

/** A port that nothing listens on; the demo has to know it before it starts, because its mails carry it. */
function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
