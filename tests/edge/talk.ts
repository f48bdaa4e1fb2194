import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

export type Talk = {
  /** Everything that came back until the server closed, or the time was over. */
  text: string;
  /** Whether the server closed the connection. */
  isClosed: boolean;
  milliseconds: number;
};

type Options = {
  /** What is written, piece by piece; a number is a pause in milliseconds. */
  pieces: readonly (string | Uint8Array | number)[];
  /** How long to wait for the end. */
  patienceMs?: number;
};

/** Speaks to a server byte by byte, as no HTTP client would. */
export async function talk(url: string, { pieces, patienceMs = 1000 }: Options): Promise<Talk> {
  const started = performance.now();
  const socket = await open(url);
  const heard: Buffer[] = [];
  let isClosed = false;
  socket.on('data', (piece) => void heard.push(piece));
  socket.on('error', () => undefined);
  // Not `once` of node:events, which gives up at an error: a server that cuts somebody off is one.
  const ended = new Promise<void>((resolve) => {
    socket.once('close', () => {
      isClosed = true;
      resolve();
    });
  });
  const over = pause(patienceMs);
  await Promise.race([say(socket, pieces).then(() => over), ended, over]);
  await Promise.race([ended, over]);
  socket.destroy();
  const text = Buffer.concat(heard).toString();
  return { text, isClosed, milliseconds: performance.now() - started };
}

/** Opens a connection. */
export async function open(url: string): Promise<Socket> {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port) });
  await once(socket, 'connect');
  return socket;
}

async function say(socket: Socket, pieces: Options['pieces']): Promise<void> {
  for (const piece of pieces) {
    if (socket.destroyed) return;
    if (typeof piece === 'number') await pause(piece);
    else socket.write(piece);
  }
}

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds).unref());

/** The responses in what a server said, each with its status, headers in small letters, and body by its length. */
export function responsesIn(text: string): { status: number; headers: Headers; body: string }[] {
  const found: { status: number; headers: Headers; body: string }[] = [];
  let rest = text;
  while (rest.startsWith('HTTP/1.1 ')) {
    const end = rest.indexOf('\r\n\r\n');
    const [first = '', ...lines] = rest.slice(0, end).split('\r\n');
    const headers = new Headers(lines.map((line) => line.split(/:\s*(.*)/s).slice(0, 2) as [string, string]));
    const length = Number(headers.get('content-length') ?? 0);
    const bytes = Buffer.from(rest.slice(end + 4));
    found.push({ status: Number(first.split(' ')[1]), headers, body: bytes.subarray(0, length).toString() });
    rest = bytes.subarray(length).toString();
  }
  return found;
}
