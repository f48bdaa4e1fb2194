import { once } from 'node:events';
import { Agent, request as httpRequest } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, expect, it } from 'vitest';
import { anOwnDatabase } from '#tests/support/own-database.ts';
import { type ProductProcess, startProcess } from '#tests/support/product-process.ts';
import { aMerchant, anInstitution, aRequest, startWorld } from '#tests/support/world.ts';

let connectionString = '';
const world = startWorld({
  database: async () => {
    const own = await anOwnDatabase();
    connectionString = own.connectionString;
    return own;
  },
});
const running = new Set<ProductProcess>();
afterAll(async () => {
  for (const process of running) await process.end('SIGKILL');
});

async function start(settings: Record<string, string> = {}): Promise<ProductProcess> {
  const process = await startProcess(connectionString, { STOP_DELAY_SECONDS: '2', ...settings });
  running.add(process);
  return process;
}

const agent = new Agent({ keepAlive: true, maxSockets: 20 });
afterAll(() => agent.destroy());

/** Sends one request over kept connections, as a balancer does, and tells what came back, or that it was cut. */
async function send(url: string, path: string, body: string, key: string): Promise<number | 'cut'> {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  const sent = httpRequest(`${url}/api/v1${path}`, { method: 'POST', agent, headers });
  sent.end(body);
  try {
    const [response] = await once(sent, 'response');
    for await (const _ of response) void _;
    return response.statusCode;
  } catch {
    return 'cut';
  }
}

it('two nodes restarted one after the other under load cut nothing, lose nothing and do nothing twice', async () => {
  const merchant = await aMerchant(world);
  const institution = await anInstitution(world);
  const key = 'key' in institution ? institution.key : '';
  const nodes = [await start(), await start()];
  const open = new Set(nodes.map(({ url }) => url));
  // A balancer that asks each node twice a second whether it takes requests.
  let isOver = false;
  const watching = (async () => {
    while (!isOver) {
      for (const { url } of nodes) {
        const isReady = await fetch(`${url}/readyz`).then(
          ({ ok }) => ok,
          () => false,
        );
        if (isReady) open.add(url);
        else open.delete(url);
      }
      await wait(200);
    }
  })();
  const ends = new Map<string, number | 'cut'>();
  const client = async (): Promise<void> => {
    for (let turn = 0; !isOver; turn += 1) {
      const urls = [...open];
      const request = aRequest(merchant.mid);
      const url = urls[turn % urls.length] ?? '';
      ends.set(request.institutionReference, await send(url, '/cases', JSON.stringify(request), key));
    }
  };
  const clients = [client(), client(), client(), client()];

  await wait(1_000);
  for (const place of [0, 1]) {
    const node = nodes[place] as ProductProcess;
    expect(await node.end('SIGTERM')).toBe(0);
    running.delete(node);
    nodes[place] = await start();
    await wait(1_000);
  }
  isOver = true;
  await Promise.all([...clients, watching]);

  const statuses = [...ends.values()];
  expect(statuses.length).toBeGreaterThan(50);
  expect(statuses.filter((status) => status !== 201)).toEqual([]);
  const { rows } = await sql<{ reference: string; n: number }>`
    select institution_reference as reference, count(*)::int as n from cases group by 1`.execute(world.db);
  expect(rows.filter(({ n }) => n !== 1)).toEqual([]);
  expect(rows.map(({ reference }) => reference).sort()).toEqual([...ends.keys()].sort());
}, 180_000);

it('is red to balancers at once, finishes what is under way, and ends at a second signal', async () => {
  const node = await start({ STOP_DELAY_SECONDS: '60' });
  const merchant = await aMerchant(world);
  const institution = await anInstitution(world);
  const key = 'key' in institution ? institution.key : '';
  node.child.kill('SIGTERM');
  await expect.poll(async () => (await fetch(`${node.url}/readyz`)).status).toBe(503);
  const ready = await fetch(`${node.url}/readyz`);
  expect([await ready.json(), ready.headers.get('connection')]).toEqual([{ status: 'stopping' }, 'close']);
  expect(await send(node.url, '/cases', JSON.stringify(aRequest(merchant.mid)), key)).toBe(201);
  expect(await node.end('SIGTERM')).toBe(1);
  running.delete(node);
}, 60_000);
