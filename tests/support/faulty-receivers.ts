/** Receivers of webhooks that fail in every way, each at a path of its own, until they are mended. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { certificates } from './certificates.ts';

const say = (response: ServerResponse, status: number, headers: Record<string, string> = {}): void =>
  void response.writeHead(status, headers).end();

/** How they answer. The second and the third take a webhook now or in part; the rest never do. */
const ways = {
  healthy: (response: ServerResponse) => say(response, 204),
  sometimes: (response: ServerResponse) => say(response, Math.random() < 0.3 ? 500 : 200),
  huge: (response: ServerResponse) => pour(response.writeHead(200)),
  '500': (response: ServerResponse) => say(response, 500),
  '301': (response: ServerResponse) => say(response, 301, { location: '/healthy' }),
  '410': (response: ServerResponse) => say(response, 410),
  '429': (response: ServerResponse) => say(response, 429, { 'retry-after': '600' }),
  hang: () => undefined,
  drip: (response: ServerResponse) => {
    response.writeHead(200);
    const drops = setInterval(() => response.write('.'), 50);
    response.on('close', () => clearInterval(drops));
  },
  reset: (response: ServerResponse) => void response.socket?.resetAndDestroy(),
} as const;

/** A body without end: what comes after the status is cut off and does not matter. */
function pour(response: ServerResponse): void {
  const more = (): void => {
    while (!response.destroyed && response.write(Buffer.alloc(65_536)));
  };
  response.on('drain', more);
  more();
}

export type Way = keyof typeof ways | 'tls';
export const wayNames = [...Object.keys(ways), 'tls'] as Way[];

/** Ways in which a webhook is taken though not every time, or not whole. */
export const takingWays: readonly Way[] = ['healthy', 'sometimes', 'huge'];

export type Arrived = { id: string; caseId: string; sequence: number };

export type Receivers = {
  hosts: string;
  urlOf: (way: Way) => string;
  secrets: Map<Way, string>;
  /** What each has taken, in the order it came. */
  taken: Map<Way, Arrived[]>;
  /** Calls whose signature or time was wrong. */
  unverified: () => number;
  /** All of them take everything from now on, also the one with the bad certificate, which gets another address. */
  mend: () => void;
  close: () => void;
};

export async function openReceivers(clock: () => Date): Promise<Receivers> {
  const taken = new Map<Way, Arrived[]>();
  const secrets = new Map<Way, string>();
  let isMended = false;
  let unverified = 0;
  const receive = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const way = request.url?.slice(1) as Way;
    const body = Buffer.concat(await request.toArray()).toString();
    const {
      'webhook-id': id = '',
      'webhook-timestamp': time,
      'webhook-signature': signature,
    } = request.headers;
    const at = new Date(Number(time) * 1000);
    const signed = new Webhook(secrets.get(way) ?? '').sign(String(id), at, body);
    if (signed !== signature || Math.abs(clock().getTime() - at.getTime()) > 300_000) unverified += 1;
    if (isMended) say(response, 204);
    else if (way !== 'tls') ways[way](response);
    // One that drips is not taken: it never comes to an end.
    const isTaken = response.headersSent && response.statusCode < 300 && (isMended || way !== 'drip');
    if (!isTaken || (!isMended && way === 'reset')) return;
    const { data } = JSON.parse(body);
    taken.set(way, [
      ...(taken.get(way) ?? []),
      { id: String(id), caseId: data.caseId, sequence: data.sequence },
    ]);
  };
  const plain = createServer((request, response) => void receive(request, response));
  const badTls = createTlsServer(certificates.selfMade, (_, response) => say(response, 204));
  const [host, tlsHost] = [await listening(plain), await listening(badTls)];
  return {
    hosts: `${host},${tlsHost}`,
    urlOf: (way) => (way === 'tls' && !isMended ? `https://${tlsHost}/` : `http://${host}/${way}`),
    secrets,
    taken,
    unverified: () => unverified,
    mend: () => {
      isMended = true;
    },
    close: () => {
      for (const server of [plain, badTls]) {
        server.closeAllConnections();
        server.close();
      }
    },
  };
}

async function listening(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}
