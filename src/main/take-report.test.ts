import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const bounce = [
  ...['From: MAILER-DAEMON@mx.example.jp', 'MIME-Version: 1.0'],
  ...['Content-Type: multipart/report; report-type=delivery-status; boundary="b"', ''],
  ...['--b', 'Content-Type: message/delivery-status', '', 'Reporting-MTA: dns; mx.example.jp', ''],
  ...['Final-Recipient: rfc822; desk@shop.example.jp', 'Action: failed', 'Status: 5.1.1', '--b'],
  ...['Content-Type: message/rfc822', '', 'Message-ID: <nothing@psp.example.jp>', '', 'text', '--b--', ''],
].join('\r\n');

/** Pipes a mail into the command, with a database that does not answer. */
async function pipe(mail: string): Promise<{ code: number; said: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'take-report-'));
  const child = spawn(process.execPath, ['src/main/take-report.ts'], {
    env: {
      ...{ PATH: process.env.PATH, DATA_DIR: folder, NODE_OPTIONS: '--disable-warning=ExperimentalWarning' },
      DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none',
    },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += String(chunk)));
  child.stdin.end(mail);
  const [code] = await once(child, 'close');
  await rm(folder, { recursive: true, force: true });
  return { code: Number(code), said };
}

it('ends well for a mail that is no report, and asks for another try when it could not be noted', async () => {
  const [other, report] = await Promise.all([
    pipe('From: a@example.jp\r\nSubject: Hello\r\n\r\nHello'),
    pipe(bounce),
  ]);
  expect(other).toEqual({ code: 0, said: 'No report on a mail: nothing was noted.\n' });
  expect(report.code).toBe(75);
});
