import { type ChildProcess, spawn } from 'node:child_process';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { openDatabase } from '#src/platform/database.ts';
import { findRunningPostgres } from '#src/platform/embedded-postgres/find-running.ts';

type Start = { folder: string; port: number; smtpUrl: string | undefined };

/** The product with its worker and the database of a folder, as a process of its own that answers. */
export async function startProduct({ folder, port, smtpUrl = '' }: Start): Promise<ChildProcess> {
  const product = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', 'src/main/start.ts'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...process.env,
      ...{ PORT: `${port}`, DATA_DIR: folder, LOG_LEVEL: 'fatal', MAIL_GATHER_SECONDS: '0' },
      ...{ KEY_REQUESTS_PER_MINUTE: '1000000', ADDRESS_REQUESTS_PER_MINUTE: '1000000', SMTP_URL: smtpUrl },
    },
  });
  for (let tries = 0; tries < 600 && product.exitCode === null; tries += 1) {
    const isUp = await fetch(`http://127.0.0.1:${port}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isUp) return product;
    await pause(100);
  }
  throw new Error('the product did not start');
}

export async function stopProduct(product: ChildProcess): Promise<void> {
  product.kill('SIGTERM');
  if (product.exitCode === null) await once(product, 'exit');
}

/** A key with which the demo's merchant answers. */
export async function aMerchantKey(folder: string): Promise<string> {
  const connectionString = await findRunningPostgres(folder);
  if (!connectionString) throw new Error('the product has no database');
  const db = openDatabase({ connectionString, poolSize: 1 });
  const key = randomBytes(32).toString('base64url');
  const key_hash = createHash('sha256').update(key).digest();
  await db
    .insertInto('api_keys')
    .values({
      id: randomUUID(),
      key_hash,
      name: 'bench',
      rights: ['read_cases', 'answer_cases'],
      mid: '12345',
    })
    .execute();
  await db.destroy();
  return key;
}
