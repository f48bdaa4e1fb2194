import type { Socket } from 'node:net';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Limits } from './limits.ts';

type Reading = { socket: Socket; taken: number; slowLooks: number };

const looksAllowed = 3;

/**
 * Leaves clients that hold a connection without using it: who takes a reply more slowly than anybody needs, and who still
 * sends a body after it was answered. Slow headers, slow bodies and idle connections end by time-outs of the server.
 */
export function leaveSlowClients(app: FastifyInstance, limits: Limits): void {
  const open = new Map<FastifyReply, Reading>();
  app.addHook('onRequest', async ({ raw: { socket } }, reply) => {
    open.set(reply, { socket, taken: 0, slowLooks: 0 });
    reply.raw.once('close', () => open.delete(reply));
  });
  app.addHook('onResponse', async ({ raw }) => {
    if (raw.complete) return;
    setTimeout(() => raw.complete || raw.destroy(), limits.leftoverMs).unref();
  });
  const looking = setInterval(() => {
    for (const reading of open.values()) look(reading, limits);
  }, limits.slowLookMs).unref();
  app.addHook('onClose', async () => clearInterval(looking));
}

/** What is not waited for is not slow: only bytes that lie ready and are not taken count. */
function look(reading: Reading, { slowestBytesPerSecond, slowLookMs }: Limits): void {
  const { socket } = reading;
  const taken = socket.bytesWritten - socket.writableLength;
  const isSlow =
    socket.writableLength > 0 && taken - reading.taken < (slowestBytesPerSecond * slowLookMs) / 1000;
  reading.taken = taken;
  reading.slowLooks = isSlow ? reading.slowLooks + 1 : 0;
  if (reading.slowLooks >= looksAllowed) socket.destroy();
}
