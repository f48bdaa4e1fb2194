import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { onTestFinished } from 'vitest';
import { certificates } from './certificates.ts';

/** A server on the outside, and how often anybody connected to it. */
export type Outside = { port: number; connections: () => number };

type Listening = { host?: string; port?: number; tls?: { cert: string; key: string } | false };

/** Starts a server for one test, over TLS unless told otherwise. */
export async function anOutside(answer: RequestListener, listening: Listening = {}): Promise<Outside> {
  const { host = '127.0.0.1', port = 0, tls = certificates.server } = listening;
  const server = tls ? createHttpsServer(tls, answer) : createHttpServer(answer);
  let connections = 0;
  server.on('connection', () => {
    connections += 1;
  });
  server.listen(port, host);
  await once(server, 'listening');
  onTestFinished(() => closed(server));
  return { port: (server.address() as AddressInfo).port, connections: () => connections };
}

function closed(server: Server & { closeAllConnections: () => void }): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}

/** What a name server answers for a name: one list of IPv4 addresses after the other, the last one for good. */
export type Zone = Record<string, string[][]>;

/** Starts a name server (UDP, time to live 0) for one test; says how often it was asked for IPv4 addresses. */
export async function aNameServer(zone: Zone): Promise<{ server: string; asked: () => number }> {
  const socket = createSocket('udp4');
  let asked = 0;
  socket.on('message', (query, { port, address }) => {
    const { name, end, type } = questionOf(query);
    const isIpv4 = type === 1;
    if (isIpv4) asked += 1;
    const answers = zone[name] ?? [];
    const addresses = isIpv4 ? ((answers.length > 1 ? answers.shift() : answers[0]) ?? []) : [];
    socket.send(reply(query.subarray(0, end), addresses, name in zone), port, address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  onTestFinished(() => void socket.close());
  return { server: `127.0.0.1:${socket.address().port}`, asked: () => asked };
}

function questionOf(query: Buffer): { name: string; end: number; type: number } {
  const labels: string[] = [];
  let at = 12;
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.toString('ascii', at + 1, at + 1 + length));
    at += length + 1;
  }
  return { name: labels.join('.').toLowerCase(), end: at + 5, type: query.readUInt16BE(at + 1) };
}

function reply(question: Buffer, addresses: readonly string[], isKnown: boolean): Buffer {
  const head = Buffer.from(question);
  head.writeUInt16BE(isKnown ? 0x8180 : 0x8183, 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt16BE(addresses.length, 6);
  head.writeUInt32BE(0, 8);
  const records = addresses.map((address) =>
    Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 0, 0, 4, ...address.split('.').map(Number)]),
  );
  return Buffer.concat([head, ...records]);
}
