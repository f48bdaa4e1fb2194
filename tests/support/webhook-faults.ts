/** Webhooks to receivers that fail in every way, over days of the run's own clock, until all have arrived. */
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { eventTypeNames } from '#src/domain/event-types.ts';
import { openPostman } from '#src/modules/webhooks/postman.ts';
import { sendDue } from '#src/modules/webhooks/queues.ts';
import { addSecret } from '#src/modules/webhooks/secrets.ts';
import { spreadEvents } from '#src/modules/webhooks/spread-events.ts';
import { createLog } from '#src/platform/log.ts';
import { readExceptions } from '#src/platform/outbound/exceptions.ts';
import { openOutbound } from '#src/platform/outbound/outbound.ts';
import { sealingWith } from '#src/platform/sealing.ts';
import { openReceivers, type Receivers, takingWays, type Way, wayNames } from './faulty-receivers.ts';
import { aMerchant, anInstitution, aRequest, as, type Merchant, testKey, type World } from './world.ts';

/** In place of ten seconds. */
const totalMs = 150;

export type Faults = {
  webhooks: number;
  /** Webhooks of which no copy was taken in the end. */
  lost: number;
  /** Copies beyond the first. */
  copies: number;
  /** Calls whose signature or time was wrong. */
  unverified: number;
  /** Events of a case that came before an earlier one. */
  outOfOrder: number;
  attempts: number;
  /** Webhooks that were given up, seen and sent again. */
  givenUp: number;
  /** Endpoints that were switched off, and why. */
  off: Record<string, string>;
  virtualHours: number;
  seconds: number;
};

type Sizes = { everywhere: number; toFailing: number };
type Run = {
  world: World;
  merchant: Merchant;
  receivers: Receivers;
  ids: Map<Way, string>;
  look: () => Promise<void>;
};

/** Sends two events of so many cases to those that take something, and of some of them to those that fail. */
export async function runFaults(world: World, sizes: Sizes): Promise<Faults> {
  const started = performance.now();
  let passed = 0;
  const clock = () => new Date(Date.now() + passed * 3_600_000);
  const receivers = await openReceivers(clock);
  const merchant = await aMerchant(world);
  const { inTransaction } = world.bySystem;
  const sealing = sealingWith([Buffer.from(testKey, 'base64')]);
  const outbound = openOutbound({
    exceptions: readExceptions(receivers.hosts),
    limits: { connectMs: totalMs, headersMs: totalMs, totalMs, bytes: 10_000 },
  });
  const log = createLog('silent');
  const postman = openPostman({ inTransaction, outbound, sealing, clock, log, tell: async () => undefined });
  const look = async (): Promise<void> => {
    await sendDue({ inTransaction, postman, clock });
    await postman.idle();
  };
  const ids = new Map<Way, string>();
  for (const way of wayNames) {
    const sids = takingWays.includes(way) ? null : ['002'];
    const id = await addReceiver(world, { mid: merchant.mid, sids, name: way, url: receivers.urlOf(way) });
    receivers.secrets.set(
      way,
      await inTransaction(async (tx) => {
        tx.record('webhook.add', [id]);
        return addSecret(tx, sealing, id);
      }),
    );
    ids.set(way, id);
  }
  await makeEvents(world, merchant, sizes);
  await spreadEvents(inTransaction, clock());
  const run = { world, merchant, receivers, ids, look };
  const [first] = await stateOf(run);
  for (; passed < 96; passed += passed < 2 ? 0.1 : 1) await look();
  const [meanwhile, off] = await stateOf(run);
  const virtualHours = passed;
  await mendAll(run);
  for (let tries = 0; tries < 5; tries += 1, passed += 1) await look();
  const [after] = await stateOf(run);
  await postman.stop();
  receivers.close();
  return {
    webhooks: first.webhooks,
    ...countArrived(run, after.webhooks),
    unverified: receivers.unverified(),
    attempts: after.attempts,
    givenUp: meanwhile.dead,
    off,
    virtualHours: Math.round(virtualHours),
    seconds: Math.round((performance.now() - started) / 1000),
  };
}

type Receiver = { mid: string; sids: string[] | null; name: string; url: string };

async function addReceiver({ db }: World, receiver: Receiver): Promise<string> {
  const id = randomUUID();
  await db
    .insertInto('webhook_endpoints')
    .values({ id, ...receiver, event_types: eventTypeNames })
    .execute();
  return id;
}

/** Takes requests in and back again, over the API. */
async function makeEvents(world: World, { mid }: Merchant, { everywhere, toFailing }: Sizes): Promise<void> {
  const institution = await anInstitution(world);
  const left = [...Array(everywhere).fill('001'), ...Array(toFailing).fill('002')] as string[];
  const workers = [1, 2, 3, 4].map(async () => {
    for (let sid = left.pop(); sid; sid = left.pop()) {
      const { body } = await as(world, institution).post('/cases', aRequest(mid, { sid }));
      await as(world, institution).post(`/cases/${body.id}/withdrawal`, { reason: '重複のため' });
    }
  });
  await Promise.all(workers);
}

type State = { webhooks: number; dead: number; attempts: number };

async function stateOf({ world: { db }, ids }: Run): Promise<[State, Record<string, string>]> {
  const own = sql`any (${[...ids.values()]}::uuid[])`;
  const { rows } = await sql<State>`
    select count(*)::int as webhooks, count(*) filter (where state = 'dead')::int as dead,
      (select count(*)::int from webhook_attempts where delivery_id in
        (select id from webhook_deliveries where endpoint_id = ${own})) as attempts
    from webhook_deliveries where endpoint_id = ${own}`.execute(db);
  const off = await sql<{ name: string; reason: string }>`
    select name, off_reason as reason from webhook_endpoints where id = ${own} and off_reason is not null order by name`.execute(
    db,
  );
  const reasons = off.rows.map(({ name, reason }) => [name, reason]);
  return [rows[0] ?? { webhooks: 0, dead: 0, attempts: 0 }, Object.fromEntries(reasons)];
}

/** What somebody does who finds them switched off: sees to the receivers, sends again what was given up, switches them on. */
async function mendAll({ world, merchant, receivers, ids }: Run): Promise<void> {
  receivers.mend();
  for (const [way, id] of ids) {
    await sql`update webhook_endpoints set url = ${receivers.urlOf(way)} where id = ${id}`.execute(world.db);
    await as(world, merchant.hanako).post(`/webhook-endpoints/${id}/replay`);
    await as(world, merchant.hanako).post(`/webhook-endpoints/${id}/activation`);
  }
}

function countArrived({ receivers }: Run, webhooks: number) {
  let [arrived, copies, outOfOrder] = [0, 0, 0];
  for (const way of wayNames) {
    const seen = new Set<string>();
    const highest = new Map<string, number>();
    for (const { id, caseId, sequence } of receivers.taken.get(way) ?? []) {
      if (seen.has(id)) {
        copies += 1;
        continue;
      }
      seen.add(id);
      if (sequence !== (highest.get(caseId) ?? 0) + 1) outOfOrder += 1;
      highest.set(caseId, sequence);
    }
    arrived += seen.size;
  }
  return { lost: webhooks - arrived, copies, outOfOrder };
}
