/**
 * Takes a file in as the product does, in a process of its own, and says step by step what it cost: `take-file-in.ts FILE`, with
 * the database in DATABASE_URL. Prints a line of JSON for each step.
 */
import { createReadStream } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { readConfig } from '#src/main/config.ts';
import { createShokai } from '#src/main/shokai.ts';
import { checkImport } from '#src/modules/imports/check-import.ts';
import { confirmImport, mapImport } from '#src/modules/imports/decide-import.ts';
import { ImportMapping } from '#src/modules/imports/mapping.ts';
import { runImport } from '#src/modules/imports/run-import.ts';
import { startImport } from '#src/modules/imports/start-import.ts';
import type { OperatorActor } from '#src/platform/actor.ts';
import { createLog } from '#src/platform/log.ts';
import { columns, institutionId, operatorId } from './parties.ts';

const [file = ''] = process.argv.slice(2);
const connectionString = process.env.DATABASE_URL ?? '';
const { bySystem, actingFor, stop } = await createShokai({
  config: readConfig(process.env),
  storage: { connectionString, ownerConnectionString: connectionString },
  log: createLog('error'),
  work: false,
});
const actor: OperatorActor = {
  kind: 'operator',
  id: operatorId,
  name: 'bench',
  rights: new Set(['take_in_cases']),
};
const acting = actingFor({ actor, right: 'take_in_cases' });

/** Does a step; the parent says when to begin, having looked at the database's processor. */
async function step<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  const [cpu, began] = [process.cpuUsage(), performance.now()];
  delay.enable();
  const result = await work();
  delay.disable();
  const { user, system } = process.cpuUsage(cpu);
  const told = {
    ...{ name, seconds: (performance.now() - began) / 1000, nodeSeconds: (user + system) / 1e6 },
    ...{ longestBlockMs: delay.max / 1e6, peakMB: process.resourceUsage().maxRSS / 1024 },
  };
  const { promise, resolve } = Promise.withResolvers<void>();
  process.send?.(told);
  process.once('message', () => resolve());
  await promise;
  return result;
}

await step('start', async () => undefined);
const { id } = await step('upload', () =>
  startImport({ ...acting, body: createReadStream(file) }, actor, { institutionId, name: 'bench' }, 'ja'),
);
const mapping = ImportMapping.parse({ columns, constants: { method: 'credit_card', goods: 'physical' } });
await acting.inTransaction((tx) => mapImport(tx, actor, { importId: id, mapping }));
await step('check', () => checkImport(bySystem, id));
await acting.inTransaction((tx) => confirmImport(tx, actor, { importId: id }));
await step('take in', () => runImport(bySystem, id));
await stop();
process.exit(0);
