import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll } from 'vitest';
import { openPostman, type Postman } from '#src/modules/webhooks/postman.ts';
import { sendDue } from '#src/modules/webhooks/queues.ts';
import { spreadEvents } from '#src/modules/webhooks/spread-events.ts';
import type { StoppedNews } from '#src/modules/webhooks/stopped-news.ts';
import { createLog } from '#src/platform/log.ts';
import { readExceptions } from '#src/platform/outbound/exceptions.ts';
import { openOutbound } from '#src/platform/outbound/outbound.ts';
import { sealingWith } from '#src/platform/sealing.ts';
import { anOwnDatabase } from './own-database.ts';
import { as, type Caller, startWorld, testKey, type World } from './world.ts';

/** A webhook as it came in. */
export type Received = { path: string; headers: Record<string, string>; body: string };

type Answer = (received: Received, response: ServerResponse) => void;

/**
 * The product with a database of its own, a receiver that answers as a test wants, and the product's postman with a clock that
 * the test moves: days of retries pass at once.
 */
export type WebhookWorld = World & {
  /** Where the receiver is. */
  receiver: string;
  received: Received[];
  /** What is answered at a path; 204 where nothing is said. */
  answers: Map<string, Answer>;
  told: { to: string; news: StoppedNews }[];
  now: () => Date;
  pass: (seconds: number) => void;
  /** Puts the clock right again. */
  atPresent: () => void;
  postman: Postman;
  /** Places events and sends all that is due by now. */
  deliver: () => Promise<void>;
};

export function startWebhookWorld(): WebhookWorld {
  const world = startWorld({ database: anOwnDatabase }) as WebhookWorld;
  const server = createServer(async (request, response) => {
    const received = await read(request);
    world.received.push(received);
    const answer = world.answers.get(received.path) ?? ((_, reply) => reply.writeHead(204).end());
    answer(received, response);
  });
  beforeAll(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    let passed = 0;
    const clock = () => new Date(Date.now() + passed * 1000);
    const { inTransaction } = world.bySystem;
    const postman = openPostman({
      inTransaction,
      clock,
      outbound: openOutbound({ exceptions: readExceptions(host) }),
      sealing: sealingWith([Buffer.from(testKey, 'base64')]),
      log: createLog('silent'),
      tell: async (_, to, news) => void world.told.push({ to: to.address, news }),
      chance: () => 0,
    });
    Object.assign(world, {
      ...{ receiver: `http://${host}`, received: [], answers: new Map(), told: [], now: clock, postman },
      pass: (seconds: number) => {
        passed += seconds;
      },
      atPresent: () => {
        passed = 0;
      },
      deliver: async () => {
        await spreadEvents(inTransaction, clock());
        await sendDue({ inTransaction, postman, clock });
        await postman.idle();
      },
    });
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  return world;
}

async function read(request: IncomingMessage): Promise<Received> {
  const body = Buffer.concat(await request.toArray()).toString();
  return { path: request.url ?? '', headers: request.headers as Record<string, string>, body };
}

export const everyType = [
  'case.answered',
  'case.correction_opened',
  'case.expired',
  'case.received',
  'case.withdrawn',
];

export type Hook = { id: string; secret: string; path: string };

/** An endpoint of somebody, made over the API and then moved to the receiver, which no public address leads to. */
export async function aWebhook(world: WebhookWorld, caller: Caller, eventTypes = everyType): Promise<Hook> {
  const settings = { name: '基幹システム', url: 'https://example.jp/hooks', eventTypes };
  const made = await as(world, caller).post('/webhook-endpoints', settings);
  if (made.status !== 201) throw new Error(`no endpoint was made: ${JSON.stringify(made.body)}`);
  const { endpoint, secret } = made.body;
  const path = `/${endpoint.id}`;
  await world.db
    .updateTable('webhook_endpoints')
    .set({ url: world.receiver + path })
    .where('id', '=', endpoint.id)
    .execute();
  return { id: endpoint.id, secret, path };
}

/** What the tests of webhooks say. */
export function hooksOf(world: WebhookWorld) {
  const withStatus =
    (status: number, headers: Record<string, string>): Answer =>
    (_, response) =>
      void response.writeHead(status, headers).end();
  return {
    sentTo: ({ path }: Hook): Received[] => world.received.filter((each) => each.path === path),
    fail: ({ path }: Hook, status = 500, headers: Record<string, string> = {}) =>
      world.answers.set(path, withStatus(status, headers)),
    mend: ({ path }: Hook) => world.answers.delete(path),
    deliveriesOf: ({ id }: Hook) =>
      world.db
        .selectFrom('webhook_deliveries')
        .select(['id', 'state', 'tries', 'next_attempt_at', 'case_id'])
        .where('endpoint_id', '=', id)
        .orderBy('position')
        .execute(),
    /** Lets so much time pass, with a look for what is due every so often. */
    live: async (hours: number, stepMinutes = 60): Promise<void> => {
      for (let minutes = 0; minutes < hours * 60; minutes += stepMinutes) {
        world.pass(stepMinutes * 60);
        await world.deliver();
      }
    },
    /** As the receiver's own library verifies it, by the time at which it is received. */
    verified: ({ secret }: Hook, { headers, body }: Received) => new Webhook(secret).verify(body, headers),
  };
}
