/**
 * How fast mails leave, against a bare pooled nodemailer that gives as many to the same server, in turns in one run:
 * `npm run bench:mail -- [mails] [rounds]`. The server has a thread of its own and takes everything.
 */
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { sql } from 'kysely';
import { createTransport } from 'nodemailer';
import { readConfig } from '#src/main/config.ts';
import { openStorage } from '#src/main/open-storage.ts';
import { createShokai } from '#src/main/shokai.ts';
import { type Letter, writeMail } from '#src/modules/mail/index.ts';
import { openDatabase } from '#src/platform/database.ts';
import { createLog } from '#src/platform/log.ts';

const [mails = 1_500, rounds = 3] = process.argv.slice(2).map(Number);

const sinkProgram = `
const { SMTPServer } = require('smtp-server');
const { parentPort } = require('node:worker_threads');
const server = new SMTPServer({
  authOptional: true, disabledCommands: ['AUTH', 'STARTTLS'],
  onData: (stream, _, done) => { stream.resume(); stream.once('end', () => done()); },
});
server.on('error', () => undefined);
server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.server.address().port));
`;

const baseUrl = 'https://portal.example.jp';
const sender = { providerName: 'PSP', supportMail: 'support@psp.example.jp', baseUrl };
const to = { name: '窓口', address: 'desk@shop.example.jp' };
const letter: Letter = {
  locale: 'ja',
  subject: '[PSP]利用照会・代行解約発生のご連絡(12345-001)',
  addressee: ['株式会社サンプル', '窓口 様'],
  paragraphs: ['平素よりご利用いただき、誠にありがとうございます。', '依頼が到着しました。'.repeat(8)],
  facts: [{ label: '依頼件数', value: '1件' }],
  link: { label: 'ログイン画面', url: `${baseUrl}/cases` },
  notes: ['お問い合わせ先：support@psp.example.jp', '当社を装ったメールにご注意ください。'.repeat(5)],
};

const sink = new Worker(sinkProgram, { eval: true });
const [port] = (await once(sink, 'message')) as [number];
const url = `smtp://127.0.0.1:${port}`;
const folder = await mkdtemp(join(tmpdir(), 'bench-mail-'));
const config = readConfig({ DATA_DIR: folder, SMTP_URL: url, PORT: '0' });
const storage = await openStorage(config, () => process.exit(1));
const log = createLog('error');

/** The words of a letter, without the product: mails a second. */
async function bare(): Promise<number> {
  const text = [...letter.addressee, ...letter.paragraphs, ...letter.notes].join('\n\n');
  const html = `<p>${text}</p>`.repeat(3);
  const mail = { from: 'no-reply@localhost', to: to.address, subject: letter.subject, text, html };
  const transport = createTransport({ url, pool: true });
  const begin = performance.now();
  await Promise.all(Array.from({ length: mails }, () => transport.sendMail(mail)));
  const seconds = (performance.now() - begin) / 1_000;
  transport.close();
  return mails / seconds;
}

/** The product with as many mails queued: mails a second from the first that left, as workers look every two seconds. */
async function product(): Promise<number> {
  await queueMails();
  const db = openDatabase({ connectionString: storage.connectionString, poolSize: 1 });
  const left = async (): Promise<number> => {
    const found = sql<{ left: number }>`select count(*)::int as left from mails where state = 'queued'`;
    return (await found.execute(db)).rows[0]?.left ?? 0;
  };
  const working = await createShokai({ config, storage, log });
  let atFirst = await left();
  for (; atFirst === mails; atFirst = await left()) await pause(5);
  const begin = performance.now();
  while ((await left()) > 0) await pause(50);
  const seconds = (performance.now() - begin) / 1_000;
  await working.stop();
  await db.destroy();
  return atFirst / seconds;
}

async function queueMails(): Promise<void> {
  const waiting = await createShokai({ config, storage, log, work: false });
  for (let done = 0; done < mails; done += 100)
    await waiting.bySystem.inTransaction(async (tx) => {
      for (let each = 0; each < 100; each += 1)
        await writeMail(tx, { to, letter, about: null, sender, isKept: false });
    });
  await waiting.stop();
}

for (let round = 1; round <= rounds; round += 1) {
  const alone = await bare();
  const ours = await product();
  const share = (ours / alone).toFixed(2);
  process.stdout.write(
    `${round}: bare ${alone.toFixed(0)}/s, product ${ours.toFixed(0)}/s, ${share} of it\n`,
  );
}
await storage.stop();
await sink.terminate();
await rm(folder, { recursive: true, force: true });
