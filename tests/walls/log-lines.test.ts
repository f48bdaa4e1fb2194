/** J4: whatever is sent, a line of the log is one event, whole, and holds nothing that a caller wrote. */
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { expect, it } from 'vitest';
import { aMerchant, as, startWorld } from '#tests/support/world.ts';

const world = startWorld();

const forged = '{"level":60,"msg":"forged"}';
const hostile: Readonly<Record<string, string>> = {
  'line ends': `a\r\n${forged}\n`,
  'other line ends': `a\u2028${forged}\u2029\u0085\u000b`,
  'a terminal’s commands': '\u001b[2J\u001b[31mred\u001b]0;title\u0007',
  'the end of a string': `","forged":"yes"},${forged}`,
  'half a pair and NUL': 'a\ud800\u0000b',
  'the other direction': '\u202eelif\u2066',
};

/** Sends bytes as they are, as no client would; waits until the server has had enough of them. */
function sendRaw(bytes: string): Promise<string> {
  const { hostname, port } = new URL(world.url);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname, () => socket.end(bytes));
    let reply = '';
    socket.on('data', (piece) => {
      reply += String(piece);
    });
    // A server that has read enough hangs up, and what was still to be sent breaks off.
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(reply));
  });
}

const raw = (path: string, agent = 'x', more = ''): string =>
  `GET ${path} HTTP/1.1\r\nhost: x\r\nuser-agent: ${agent}\r\n${more}connection: close\r\n\r\n`;

it('is one line of JSON for each request, however hostile, and quotes none of it', async () => {
  const { hanako } = await aMerchant(world);
  const before = linesOf(world.logPath).length;
  let asked = 0;
  for (const text of Object.values(hostile)) {
    const escaped = encodeURIComponent(text.toWellFormed());
    const inHeader = text.replace(/[^\x20-\x7e]/g, '');
    for (const path of [`/cases?q=${escaped}`, `/cases/${escaped}`, `/${escaped}`]) {
      await as(world, hanako).get(path, {
        'x-request-id': inHeader,
        'user-agent': inHeader,
        'accept-language': inHeader,
      });
      asked += 1;
    }
    await as(world).post('/session', { userId: text, password: text });
    await as(world, hanako).send('POST', '/session', {
      raw: text.toWellFormed(),
      headers: { 'content-type': 'application/json' },
    });
    asked += 2;
  }
  const lines = linesOf(world.logPath).slice(before);
  const events = lines.map((line) => JSON.parse(line) as { msg: string });
  expect(events.filter(({ msg }) => msg === 'request')).toHaveLength(asked);
  expect(lines.filter((line) => hasControls(line))).toEqual([]);
  expect(lines.filter((line) => /forged|\[2J|\[31m|elif/.test(line))).toEqual([]);
});

it('stays small and whole when a megabyte is sent where a name belongs', async () => {
  const long = 'x'.repeat(1_048_576);
  const before = linesOf(world.logPath).length;
  const replies = [
    await sendRaw(raw(`/api/v1/cases?q=${long}`)),
    await sendRaw(raw('/api/v1/cases', long)),
    await sendRaw(raw('/api/v1/cases', '\u001b[31mred')),
    await sendRaw(raw('/api/v1/cases\u001b[2J')),
    await sendRaw('NONSENSE\r\n\r\n'),
  ];
  expect(replies.filter((reply) => /^HTTP\/1.1 [23]/.test(reply))).toEqual([]);
  // The server still answers, and what it logged is short.
  expect((await as(world).get('/environment')).status).toBe(200);
  const lines = linesOf(world.logPath).slice(before);
  for (const line of lines)
    expect([JSON.parse(line).msg, line.length < 4_000]).toEqual([expect.any(String), true]);
  expect(lines.filter((line) => line.includes('xxxxxxxx') || hasControls(line))).toEqual([]);
});

const linesOf = (path: string): string[] => readFileSync(path, 'utf8').split('\n').filter(Boolean);

const hasControls = (line: string): boolean =>
  [...line].some((sign) => {
    const code = sign.charCodeAt(0);
    return code < 0x20 || (code >= 0x7f && code < 0xa0) || code === 0x2028 || code === 0x2029;
  });
