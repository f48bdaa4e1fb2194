import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, chown, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { aFreePort, untilItListens } from './listening.ts';

const program = '/usr/sbin/dovecot';
/** Debian's www-data: Dovecot keeps no mails for root. */
const owner = 33;

export type MailboxServer = {
  url: string;
  /** Puts a mail into the mailbox, as a mail server does. */
  deliver: (source: Buffer) => Promise<void>;
  /** The flags of each mail, in Dovecot's letters: `S` for seen, `a` and later ones for keywords. */
  flags: () => Promise<string[]>;
  stop: () => Promise<void>;
};

/** `keeps`: which flags the server keeps for us. */
type Options = { keeps?: 'all' | 'seen' | 'none' };

/** Debian's Dovecot on a free port with the one mailbox of a user and everything of its own in a folder. */
export async function aDovecot({ keeps = 'all' }: Options = {}): Promise<MailboxServer> {
  if (!existsSync(program)) {
    throw new Error('This test needs the Debian package dovecot-imapd: apt-get install dovecot-imapd');
  }
  if (process.getuid?.() !== 0) {
    throw new Error('This test runs Dovecot, which starts as root only: run it as root');
  }
  const folder = await mkdtemp(join(tmpdir(), 'shokai-dovecot-'));
  await chmod(folder, 0o755);
  const maildir = join(folder, 'mail');
  for (const each of ['', 'new', 'cur', 'tmp']) await mkdir(join(maildir, each), { recursive: true });
  for (const each of ['', 'new', 'cur', 'tmp']) await chown(join(maildir, each), owner, owner);
  // Looking up, reading and, with an s, marking as seen.
  if (keeps !== 'all')
    await writeFile(join(maildir, 'dovecot-acl'), keeps === 'seen' ? 'owner lrs\n' : 'owner lr\n');
  const port = await aFreePort();
  const file = join(folder, 'dovecot.conf');
  await writeFile(file, settings({ folder, maildir, port, keeps }));
  const child = spawn(program, ['-F', '-c', file], { stdio: ['ignore', 'pipe', 'pipe'] });
  await untilItListens(port, child, 'Dovecot');
  return {
    url: `imap://reports%40psp.example.jp:p%40ss@127.0.0.1:${port}/INBOX`,
    deliver: async (source) => {
      const path = join(maildir, 'new', `${Date.now()}.${randomUUID()}.shokai`);
      await writeFile(path, source);
      await chown(path, owner, owner);
    },
    flags: async () => {
      const read = (await readdir(join(maildir, 'cur'))).map((name) => name.split(':2,')[1] ?? '');
      return [...read, ...(await readdir(join(maildir, 'new'))).map(() => '')].sort();
    },
    stop: () => stop(child, folder),
  };
}

type Place = Required<Options> & { folder: string; maildir: string; port: number };

const settings = ({ folder, maildir, port, keeps }: Place): string => `
protocols = imap
base_dir = ${folder}/run
state_dir = ${folder}/run
log_path = ${folder}/log
ssl = no
disable_plaintext_auth = no
mail_location = maildir:${maildir}
first_valid_uid = ${owner}
listen = 127.0.0.1
service imap-login {
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
passdb {
  driver = static
  args = password=p@ss
}
userdb {
  driver = static
  args = uid=${owner} gid=${owner} home=${folder}
}
${keeps === 'all' ? '' : 'mail_plugins = acl\nplugin {\n  acl = vfile\n}\n'}`;

async function stop(child: ChildProcess, folder: string): Promise<void> {
  const ended = once(child, 'exit');
  child.kill();
  await ended;
  await rm(folder, { recursive: true });
}
