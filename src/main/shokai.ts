import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { expireCases, foldCounts } from '#src/modules/cases/index.ts';
import { mailQueues } from '#src/modules/mail/index.ts';
import { type Database, openDatabase } from '#src/platform/database.ts';
import { forgetOldKeys } from '#src/platform/idempotency.ts';
import { type Queue, startJobs } from '#src/platform/jobs.ts';
import { migrate } from '#src/platform/migrate.ts';
import { openSmtp } from '#src/platform/smtp.ts';
import { type InTransaction, transactions } from '#src/platform/transaction.ts';
import { createApp } from './app.ts';
import type { Config } from './config.ts';
import { reactionsWith } from './reactions.ts';

type Options = {
  config: Config;
  connectionString: string;
  log: Logger;
  /** Whether this process does the queued jobs too. */
  work?: boolean;
  onStatement?: (sql: string) => void;
};

/** The product, put together and not listening yet. */
export type Shokai = {
  app: FastifyInstance;
  db: Database;
  inTransaction: InTransaction;
  stop: () => Promise<void>;
};

/** Opens the database, brings it to the newest schema, starts the jobs and makes the HTTP side. */
export async function createShokai({
  config,
  connectionString,
  log,
  work = true,
  onStatement,
}: Options): Promise<Shokai> {
  const db = openDatabase({ connectionString, ...(onStatement && { onStatement }) });
  await migrate(db);
  const smtp = config.SMTP_URL ? await openSmtp(config.SMTP_URL) : undefined;
  if (!smtp && !config.isDemo) log.warn('SMTP_URL is not set: mails are kept and nobody gets them');
  // The queues' work needs transactions, and transactions need the queues: a job that comes early waits for them.
  const whole = Promise.withResolvers<InTransaction>();
  const inTransaction: InTransaction = async (run) => (await whole.promise)(run);
  const queues = [
    ...housekeeping(inTransaction),
    ...mailQueues({
      inTransaction,
      sender: senderOf(config),
      from: config.MAIL_FROM,
      log,
      ...(smtp && { smtp }),
    }),
  ];
  const jobs = await startJobs({ connectionString, queues, log, work });
  whole.resolve(transactions(db, jobs, reactionsWith({ gatherSeconds: config.MAIL_GATHER_SECONDS })));
  const app = await createApp({ config, db, inTransaction, log });
  const stop = async (): Promise<void> => {
    await app.close();
    await jobs.stop();
    smtp?.close();
    await db.destroy();
  };
  return { app, db, inTransaction, stop };
}

/** What is done by the clock. */
function housekeeping(inTransaction: InTransaction): Queue[] {
  // What failed once is done at the next time.
  const tries = { retries: 0, retryAfterSeconds: 60 };
  return [
    { name: 'expire-cases', schedule: '5 * * * *', ...tries, work: () => expireCases(inTransaction) },
    { name: 'fold-counts', schedule: '*/5 * * * *', ...tries, work: () => inTransaction(foldCounts) },
    { name: 'forget-old-keys', schedule: '30 4 * * *', ...tries, work: () => inTransaction(forgetOldKeys) },
  ];
}

/** How the PSP shows itself in mails. */
const senderOf = ({ PROVIDER_NAME, SUPPORT_MAIL, baseUrl }: Config) => ({
  providerName: PROVIDER_NAME,
  supportMail: SUPPORT_MAIL,
  baseUrl,
});
