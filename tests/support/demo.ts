import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { keepServerLog, logFile, onlyLogLines } from './logs.ts';

const longestStartMs = 60_000;

/** Starts the demo as `npm start` does, on a folder of its own, for all journeys of a run; stops and removes it after them. */
export default async function startDemo(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'shokai-journeys-'));
  const demo = spawn(process.execPath, ['src/main/start.ts'], {
    env: {
      ...process.env,
      PORT: String(await freePort()),
      DATA_DIR: folder,
      MAIL_GATHER_SECONDS: '1',
      LOG_LEVEL: 'trace',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  demo.stdout.pipe(onlyLogLines()).pipe(logFile('journeys'));
  let printed = '';
  demo.stdout.on('data', (piece: Buffer) => {
    printed += piece.toString();
  });
  process.env.SHOKAI_URL = await readyUrl(
    () => printed,
    () => demo.exitCode,
  );
  return async () => {
    demo.kill('SIGTERM');
    await new Promise((resolve) => demo.once('exit', resolve));
    await keepServerLog(folder, 'journeys');
    await rm(folder, { recursive: true, force: true });
  };
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
