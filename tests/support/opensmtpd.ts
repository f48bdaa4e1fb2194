import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { aFreePort, untilItListens } from './listening.ts';

const program = '/usr/sbin/smtpd';

export type Relay = { url: string; stop: () => Promise<void> };

/**
 * Debian's OpenSMTPD on a free port, which takes mails for `shop.example.jp` and passes them on to a port of this machine. It has a
 * spool and a control socket of its own, so that neither a mail server of the machine nor another run is in its way.
 */
export async function anOpenSmtpd(onwardPort: number): Promise<Relay> {
  if (!existsSync(program)) {
    throw new Error('This test needs the Debian package opensmtpd: apt-get install opensmtpd');
  }
  if (process.getuid?.() !== 0) {
    throw new Error('This test runs OpenSMTPD, which starts as root only: run it as root');
  }
  const folder = await mkdtemp(join(tmpdir(), 'shokai-smtpd-'));
  const file = join(folder, 'smtpd.conf');
  const port = await aFreePort();
  await writeFile(
    file,
    `listen on 127.0.0.1 port ${port} hostname relay.example.jp
action "onward" relay host smtp+notls://127.0.0.1:${onwardPort}
match from any for domain "shop.example.jp" action "onward"
`,
  );
  const ownFolders = 'mount -t tmpfs tmpfs /var/spool && mount -t tmpfs tmpfs /run';
  const child = spawn(
    'unshare',
    ['--mount', 'sh', '-c', `${ownFolders} && exec ${program} -d -f "$1"`, 'sh', file],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  await untilItListens(port, child, 'OpenSMTPD');
  return {
    url: `smtp://127.0.0.1:${port}`,
    stop: async () => {
      const ended = once(child, 'exit');
      child.kill();
      await ended;
      await rm(folder, { recursive: true });
    },
  };
}
