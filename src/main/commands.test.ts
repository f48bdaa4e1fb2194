import { execFile, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';

let folder = '';
let environment: NodeJS.ProcessEnv = {};
const port = 20_000 + Math.floor(Math.random() * 20_000);
const url = `http://127.0.0.1:${port}`;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shokai-commands-'));
  const { PATH, HOME } = process.env;
  environment = { PATH, HOME, DATA_DIR: folder, PORT: String(port) };
});
afterAll(() => rm(folder, { recursive: true, force: true }));

type Ended = { code: number; printed: string };

/** Runs one of the product's commands to its end. */
function run(file: string, args: readonly string[] = [], input = ''): Promise<Ended> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [`src/main/${file}`, ...args],
      { env: environment },
      (error, out, err) => resolve({ code: error ? Number(error.code) : 0, printed: out + err }),
    );
    child.stdin?.end(input);
  });
}

async function startDemo(): Promise<{ printed: string; stop: () => Promise<number> }> {
  const demo = spawn(process.execPath, ['src/main/start.ts'], { env: environment });
  let printed = '';
  const keep = (piece: Buffer): void => {
    printed += piece.toString();
  };
  demo.stdout.on('data', keep);
  demo.stderr.on('data', keep);
  while (!printed.includes('demo:reset')) {
    if (demo.exitCode !== null) throw new Error(`the demo ended: ${printed}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const stop = (): Promise<number> =>
    new Promise((resolve) => {
      demo.once('exit', (code) => resolve(code ?? -1));
      demo.kill('SIGTERM');
    });
  return { printed, stop };
}

const request = (reference: string, mid: string): string =>
  JSON.stringify({
    institutionReference: reference,
    notificationType: 'inquiry.other',
    mid,
    sid: '001',
    requestedAt: '2026-11-20T10:00:00+09:00',
    dueAt: '2026-11-27T23:59:59+09:00',
    supplement: 'ご確認ください',
    payment: {
      trackingId: '20261101000123',
      method: 'credit_card',
      amount: { value: 12800, currency: 'JPY' },
      paidAt: '2026-11-01T09:12:00+09:00',
      goods: 'digital',
    },
  });

it('starts, greets, takes a file in, stops, and takes the same file in without a server', async () => {
  const demo = await startDemo();
  expect(demo.printed).toContain(`Shokai is ready at ${url}`);
  for (const text of [
    'hanako',
    'shokai-demo-hanako',
    'demo-institution-key-0123456789abcdef',
    '/demo/mailbox',
  ]) {
    expect(demo.printed).toContain(text);
  }
  expect((await fetch(`${url}/healthz`)).status).toBe(200);

  const file = join(folder, 'requests.ndjson');
  await writeFile(
    file,
    [request('CLI-1', '12345'), request('CLI-2', '12345'), request('CLI-3', '99999')].join('\n'),
  );
  const first = await run('import.ts', [file]);
  expect(first.printed).toContain('2 created, 0 known before, 1 refused, 0 unknown');
  expect(first.printed).toContain(
    'line 3 CLI-3: refused request_invalid /sid このMID-SIDのサービスは登録されていません。',
  );
  expect(first.code).toBe(1);

  const again = await run('start.ts');
  expect(again.code).toBe(1);
  expect(again.printed).not.toContain('    at ');
  expect((await run('reset-demo.ts')).code).toBe(1);

  expect(await demo.stop()).toBe(0);
  const second = await run('import.ts', [file]);
  expect(second.printed).toContain('0 created, 2 known before, 1 refused, 0 unknown');
}, 120_000);

it('adds an operator once, with a password that is long enough, and starts the demo over', async () => {
  const create = (password: string) =>
    run('create-operator.ts', ['suzuki', '鈴木 一郎', 'suzuki@psp.example.jp'], `${password}\n`);

  expect((await create('too short')).printed).toContain('Use at least 15 characters (now 9)');
  expect((await create('suzuki suzuki suzuki')).printed).toContain('little more than');
  expect(await create('a long enough password')).toMatchObject({ code: 0 });
  expect((await create('a long enough password')).printed).toContain(
    'There is a user suzuki, or one with this mail address, already.',
  );
  expect(
    (await run('create-operator.ts', ['ito', '4111 1111 1111 1111', 'ito@psp.example.jp'])).printed,
  ).toBe('What you typed looks like a card number.\n');
  expect(await run('create-operator.ts')).toMatchObject({
    code: 1,
    printed: expect.stringContaining('Use: npm run'),
  });
  expect(await run('reset-demo.ts')).toMatchObject({ code: 0 });
  expect(await create('a long enough password')).toMatchObject({ code: 0 });
}, 120_000);

it('says what is wrong with the configuration, without a stack', async () => {
  environment = { ...environment, PORT: 'seventy' };
  const { code, printed } = await run('start.ts');
  environment = { ...environment, PORT: String(port) };

  expect(code).toBe(1);
  expect(printed).toContain('PORT');
  expect(printed).not.toContain('    at ');
}, 60_000);
