import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, expect, it } from 'vitest';
import { anOwnDatabase } from '#tests/support/own-database.ts';
import { type ProductProcess, startProcess } from '#tests/support/product-process.ts';
import { anOperator, as, startWorld, type World } from '#tests/support/world.ts';

let connectionString = '';
const world = startWorld({
  database: async () => {
    const own = await anOwnDatabase();
    connectionString = own.connectionString;
    return own;
  },
});
const running: ProductProcess[] = [];
afterAll(async () => {
  for (const process of running) await process.end('SIGKILL');
});

async function start(settings: Record<string, string>): Promise<ProductProcess> {
  const process = await startProcess(connectionString, settings);
  running.push(process);
  return process;
}

async function untilState(at: World, state: string): Promise<{ seconds: number; since: string | null }> {
  const operator = await anOperator(world);
  const begun = performance.now();
  for (;;) {
    const { body } = await as(at, operator).get('/operations/worker');
    const seconds = (performance.now() - begun) / 1000;
    if (body.state === state) return { seconds, since: body.since };
    if (seconds > 90) throw new Error(`not ${state} but ${JSON.stringify(body)}`);
    await wait(500);
  }
}

it('a worker that is killed is missed within a minute, and no longer once there is another', async () => {
  const web = await start({ ROLE: 'web' });
  const worker = await start({ ROLE: 'worker' });
  const there = { ...world, url: web.url };
  await untilState(there, 'running');

  // It tells how it is, and answers nothing else.
  const paths = ['/readyz', '/metrics', '/healthz', '/api/v1/cases', '/login'];
  const replies = await Promise.all(paths.map((path) => fetch(worker.url + path)));
  expect(replies.map(({ status }) => status)).toEqual([200, 200, 503, 404, 404]);
  expect(await replies[2]?.json()).toMatchObject({ role: 'worker', worker: 'up', reasons: ['not_durable'] });

  await worker.end('SIGKILL');
  const { seconds, since } = await untilState(there, 'stopped');
  expect(seconds).toBeLessThan(50);
  expect(Date.now() - Date.parse(since ?? '')).toBeLessThan(60_000);
  expect(await (await fetch(`${web.url}/healthz`)).json()).toMatchObject({ worker: 'down' });

  await start({ ROLE: 'worker' });
  expect((await untilState(there, 'running')).seconds).toBeLessThan(10);
}, 180_000);
