import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { writeAnchorFile } from '#src/modules/audit/index.ts';
import { type Live, openLive } from '#src/modules/live/index.ts';
import { writeStoppedMail } from '#src/modules/mail/index.ts';
import type { Operations, ProcessRole } from '#src/modules/operations/index.ts';
import { findSessionActors } from '#src/modules/people/index.ts';
import { openReminders } from '#src/modules/reminders/index.ts';
import { keepPeriods, type Periods } from '#src/modules/retention/index.ts';
import { openPostman, webhookQueues } from '#src/modules/webhooks/index.ts';
import { theSystem } from '#src/platform/actor.ts';
import { type Database, openDatabase, portalRole } from '#src/platform/database.ts';
import { prepareJobs, startJobs } from '#src/platform/jobs.ts';
import { migrate } from '#src/platform/migrate.ts';
import { type Observed, traceStatement } from '#src/platform/observed/observed.ts';
import { readExceptions } from '#src/platform/outbound/exceptions.ts';
import { openOutbound } from '#src/platform/outbound/outbound.ts';
import { prepareClock } from '#src/platform/product-clock.ts';
import type { Sealing } from '#src/platform/sealing.ts';
import { openSmtp } from '#src/platform/smtp.ts';
import { type Acting, type ActingFor, actingWith, type InTransaction } from '#src/platform/transaction.ts';
import { openVault, type Vault } from '#src/platform/vault.ts';
import { allQueues } from './all-queues.ts';
import { createApp, createWorkerApp } from './app.ts';
import { clockWork } from './clock-work.ts';
import type { Config } from './config.ts';
import { mailIdentity } from './mail-identity.ts';
import { mailPartsOf } from './mail-parts.ts';
import { countActions, observe } from './observe.ts';
import { openKeys, openSigningKey } from './open-keys.ts';
import type { Storage } from './open-storage.ts';
import { reactionsWith } from './reactions.ts';
import { watchOver } from './watch-over.ts';

type Options = {
  config: Config;
  storage: Omit<Storage, 'stop'>;
  log: Logger;
  /** Whether this process does the queued jobs too; unset: as the configuration says. */
  work?: boolean;
  /** Whether somebody may move the product's time; unset: in a demo. */
  isRehearsal?: boolean;
  onStatement?: (sql: string) => void;
};

/** The product, put together and not listening yet. */
export type Shokai = {
  app: FastifyInstance;
  actingFor: ActingFor;
  /** The ways to the database of the product itself. */
  bySystem: Acting;
  vault: Vault;
  operations: Operations;
  live: Live;
  stop: () => Promise<void>;
};

/** Opens the database, brings it to the newest schema, starts the jobs and makes the HTTP side. */
export async function createShokai({
  config,
  storage: { connectionString, ownerConnectionString },
  log,
  work = config.ROLE !== 'web',
  isRehearsal = config.isDemo,
  onStatement,
}: Options): Promise<Shokai> {
  const sealing = await openKeys(config);
  const signing = await openSigningKey(config);
  const prepared = await prepareDatabase(ownerConnectionString, { sealing, config, isRehearsal });
  const { vault, migrations, clockWasAheadMs } = prepared;
  const observed = observe(config, log);
  const db = openPortal(connectionString, observed, onStatement);
  if (clockWasAheadMs > 0) log.warn({ clockWasAheadMs }, "the product's time was ahead and is set right");
  const smtp = await mailServerOf(config, log);
  // The queues' work needs transactions, and transactions need the queues: a job that comes early waits for them.
  const whole = Promise.withResolvers<Acting>();
  const inTransaction: InTransaction = async (run) => (await whole.promise).inTransaction(run);
  const outbound = openOutbound({ exceptions: readExceptions(config.OUTBOUND_ALLOW) });
  const clock = () => new Date();
  const how = mailPartsOf(config);
  const postman = openPostman({ inTransaction, outbound, sealing, clock, tell: writeStoppedMail(how), log });
  const reminders = openReminders({ inTransaction, how, log });
  const acting = () => whole.promise;
  const queues = [
    ...reminders.queues,
    ...webhookQueues({ inTransaction, postman, clock }),
    ...allQueues({ config, acting, inTransaction, signing, outbound, smtp, how, log }),
  ];
  const jobs = await startJobs({ connectionString, queues, log, work, observed });
  const reactions = reactionsWith({ gatherSeconds: config.MAIL_GATHER_SECONDS });
  const actingFor = actingWith(db, { jobs, reactions, vault, onDone: countActions(observed) });
  const bySystem = actingFor({ actor: theSystem });
  if (migrations.length > 0)
    await bySystem.inTransaction(async (tx) => tx.record('schema.migrate', migrations));
  whole.resolve(bySystem);
  if (work) await writeAnchors(bySystem, config.anchorFolder, log);
  const rehearsal = isRehearsal && { clockWork: clockWork({ inTransaction, how }, reminders.run) };
  const watched = { connectionString, db, role: roleOf(config, work), observed, log };
  const operations = await watchOver({ ...watched, effects: { jobs, reactions, vault } });
  const live = openLive({ connectionString, actorsOf: actorsOf(db, config), log });
  const parts = { config, db, actingFor, sealing, outbound, operations, live, log, ...rehearsal };
  const app = config.ROLE === 'worker' ? createWorkerApp(parts) : await createApp(parts);
  const stop = async (): Promise<void> => {
    operations.drain();
    await live.stop();
    await app.close();
    await jobs.stop();
    await postman.stop();
    smtp?.close();
    await operations.end();
    await db.destroy();
  };
  return { app, actingFor, bySystem, vault, operations, live, stop };
}

const roleOf = ({ ROLE }: Config, work: boolean): ProcessRole => {
  if (!work) return 'web';
  return ROLE === 'worker' ? 'worker' : 'all';
};

const openPortal = (connectionString: string, observed: Observed, onStatement: Options['onStatement']) =>
  openDatabase({
    connectionString,
    role: portalRole,
    ...(onStatement && { onStatement }),
    ...(observed.tracer && { onTimed: traceStatement(observed) }),
  });

const actorsOf =
  (db: Database, { SESSION_IDLE_MINUTES: idleMinutes }: Config) =>
  (sessions: readonly string[]) =>
    findSessionActors(db, sessions, { idleMinutes });

async function mailServerOf(config: Config, log: Logger) {
  if (config.SMTP_URL) return openSmtp(config.SMTP_URL, await mailIdentity(config));
  if (!config.isDemo) log.warn('SMTP_URL is not set: mails are kept and nobody gets them');
  return undefined;
}

async function writeAnchors({ reading }: Acting, anchorFolder: string, log: Logger): Promise<void> {
  await writeAnchorFile(reading, anchorFolder).catch((err) =>
    log.error({ err, anchorFolder }, 'the anchors of the audit trail could not be written'),
  );
}

type Preparation = { sealing: Sealing; config: Config; isRehearsal: boolean };

/**
 * What needs the owner of the database: the schema, what the portal's role may do in it, the product's time, and the check of
 * the key. Tells what was migrated.
 */
async function prepareDatabase(connectionString: string, { sealing, config, isRehearsal }: Preparation) {
  const db = openDatabase({ connectionString, poolSize: 1 });
  try {
    const migrations = await migrate(db);
    const vault = await openVault(db, sealing);
    await keepPeriods(db, periodsOf(config));
    const clockWasAheadMs = await prepareClock(db, { isRehearsal });
    await prepareJobs(connectionString);
    return { vault, migrations, clockWasAheadMs };
  } finally {
    await db.destroy();
  }
}

const periodsOf = (config: Config): Periods => ({
  cases: config.RETENTION_DAYS,
  byCategory: config.RETENTION_DAYS_BY_CATEGORY ?? {},
  mails: config.RETENTION_MAIL_DAYS,
});
