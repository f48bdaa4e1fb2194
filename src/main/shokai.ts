import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { expireCases, foldCounts } from '#src/modules/cases/index.ts';
import { type Database, openDatabase } from '#src/platform/database.ts';
import { forgetOldKeys } from '#src/platform/idempotency.ts';
import { type Queue, startJobs } from '#src/platform/jobs.ts';
import { migrate } from '#src/platform/migrate.ts';
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
  // The queues' work needs transactions, and transactions need the queues: the work looks them up when it runs.
  const parts: { inTransaction?: InTransaction } = {};
  const inTransaction: InTransaction = (run) => {
    if (!parts.inTransaction) throw new Error('a job ran before the product was put together');
    return parts.inTransaction(run);
  };
  const queues = queuesOf({ config, inTransaction });
  const jobs = await startJobs({ connectionString, queues, log, work });
  parts.inTransaction = transactions(db, jobs, reactionsWith({ gatherSeconds: config.MAIL_GATHER_SECONDS }));
  const app = await createApp({ config, db, inTransaction, log });
  const stop = async (): Promise<void> => {
    await app.close();
    await jobs.stop();
    await db.destroy();
  };
  return { app, db, inTransaction, stop };
}

/** Everything that is done by itself, by queue. */
function queuesOf({ inTransaction }: { config: Config; inTransaction: InTransaction }): Queue[] {
  const housekeeping = { retries: 0, retryAfterSeconds: 60 };
  return [
    { name: 'expire-cases', schedule: '5 * * * *', ...housekeeping, work: () => expireCases(inTransaction) },
    { name: 'fold-counts', schedule: '*/5 * * * *', ...housekeeping, work: () => inTransaction(foldCounts) },
    {
      name: 'forget-old-keys',
      schedule: '30 4 * * *',
      ...housekeeping,
      work: () => inTransaction(forgetOldKeys),
    },
  ];
}
