import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';

/** A port of this machine that nobody listens on. */
export async function aFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Waits until a program listens on a port; throws with what it said when it ends or takes ten seconds. */
export async function untilItListens(port: number, child: ChildProcess, name: string): Promise<void> {
  const said: string[] = [];
  child.stdout?.on('data', (data) => said.push(String(data)));
  child.stderr?.on('data', (data) => said.push(String(data)));
  for (let tries = 0; tries < 100 && child.exitCode === null; tries += 1) {
    if (await isListening(port)) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${name} did not start: ${said.join('')}`);
}

const isListening = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
