/**
 * How long the registration of an answer takes while the mail server is down, slow or breaks off half-way, beside the same without any
 * mail server, in turns in one run: `npm run bench:registration -- [REGISTRATIONS] [ROUNDS]`. The product runs in a process of its own with its
 * worker; answers are registered at a constant rate while the mails of as many new cases are being sent.
 */
import { randomInt } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { casesAt } from './bench-registration/cases.ts';
import { faultyServer, type MailFault } from './bench-registration/faulty-server.ts';
import { aMerchantKey, startProduct, stopProduct } from './bench-registration/product.ts';

type Way = MailFault | 'none';

const [registrations = 300, rounds = 4] = process.argv.slice(2).map(Number);
const perSecond = 20;
const warmUp = 60;
const ways: readonly Way[] = ['none', 'down', 'slow', 'cut'];

const port = 20_000 + randomInt(20_000);
const folder = await mkdtemp(join(tmpdir(), 'bench-registration-'));
const all = new Map<Way, number[]>(ways.map((way) => [way, []]));
let merchantKey: string | undefined;
for (let round = 0; round < rounds; round += 1)
  // Another order in each round, so that none is always the first.
  for (const way of [...ways.slice(round % ways.length), ...ways.slice(0, round % ways.length)]) {
    const { times, copies } = await measure(way);
    all.get(way)?.push(...times);
    tell(`${round + 1} ${way}`, times, `most copies of one mail ${copies}`);
  }
await rm(folder, { recursive: true, force: true });
const without = at(all.get('none') ?? [], 0.99);
for (const [way, times] of all)
  tell(`all ${way}`, times, `${(at(times, 0.99) / without).toFixed(2)} of the p99 without`);

async function measure(way: Way): Promise<{ times: number[]; copies: number }> {
  const server = way === 'none' ? undefined : await faultyServer(way);
  const product = await startProduct({ folder, port, smtpUrl: server?.url });
  try {
    merchantKey ??= await aMerchantKey(folder);
    const { drafted, register } = casesAt(port, merchantKey);
    for (let count = 0; count < warmUp; count += 1) await register(await drafted());
    const cases: string[] = [];
    for (let count = 0; count < registrations; count += 1) cases.push(await drafted());
    const times = await atConstantRate(cases.map((id) => () => register(id)));
    return { times, copies: (await server?.mostCopies()) ?? 0 };
  } finally {
    await stopProduct(product);
    await server?.stop();
  }
}

/** Milliseconds of each from when it was to begin, so that one that keeps the next waiting counts for both. */
async function atConstantRate(runs: readonly (() => Promise<unknown>)[]): Promise<number[]> {
  const begin = performance.now() + 100;
  return Promise.all(
    runs.map(async (run, index) => {
      const due = begin + (index * 1_000) / perSecond;
      await pause(Math.max(0, due - performance.now()));
      await run();
      return performance.now() - due;
    }),
  );
}

function at(times: readonly number[], share: number): number {
  const sorted = times.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

function tell(what: string, times: readonly number[], more: string): void {
  const [p50, p99] = [0.5, 0.99].map((share) => at(times, share).toFixed(1));
  process.stdout.write(`${what}: p50 ${p50} ms, p99 ${p99} ms, ${more}\n`);
}
