import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/** What a mail server does: not there, a second late with every reply, or breaks off after the whole mail and before it says that it took it. */
export type MailFault = 'down' | 'slow' | 'cut';

export type FaultyServer = {
  url: string;
  /** Of how many copies of one mail the server got all. */
  mostCopies: () => Promise<number>;
  stop: () => Promise<unknown>;
};

const program = `
const { SMTPServer } = require('smtp-server');
const { parentPort, workerData: fault } = require('node:worker_threads');
const copies = new Map();
const late = (reply) => setTimeout(reply, fault === 'slow' ? 1_000 : 0);
const server = new SMTPServer({
  authOptional: true, disabledCommands: ['AUTH', 'STARTTLS'],
  onConnect: (_, reply) => late(reply),
  onMailFrom: (_, __, reply) => late(reply),
  onRcptTo: (_, __, reply) => late(reply),
  onData: (stream, { id }, reply) => {
    let text = '';
    stream.on('data', (data) => { text += data; });
    stream.once('end', () => {
      const messageId = /^message-id: *(\\S+)/im.exec(text)?.[1];
      copies.set(messageId, (copies.get(messageId) ?? 0) + 1);
      if (fault === 'cut') [...server.connections].find((each) => each.id === id)?._socket.destroy();
      else late(reply);
    });
  },
});
server.on('error', () => undefined);
parentPort.on('message', () => parentPort.postMessage(Math.max(0, ...copies.values())));
server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.server.address().port));
`;

/** A mail server with a thread of its own that fails in one way. */
export async function faultyServer(fault: MailFault): Promise<FaultyServer> {
  // Nobody listens on the port of discarding.
  if (fault === 'down')
    return { url: 'smtp://127.0.0.1:9', mostCopies: async () => 0, stop: async () => undefined };
  const worker = new Worker(program, { eval: true, workerData: fault });
  const [port] = (await once(worker, 'message')) as [number];
  return {
    url: `smtp://127.0.0.1:${port}`,
    mostCopies: async () => {
      worker.postMessage('copies');
      const [copies] = (await once(worker, 'message')) as [number];
      return copies;
    },
    stop: () => worker.terminate(),
  };
}
