import pg from 'pg';
import { type Address, passwordAddress, type Settings, socketAddress } from './address.ts';
import type { Binaries } from './binaries.ts';
import { createCluster, findCluster } from './cluster.ts';
import { EmbeddedPostgresError, reasonOf } from './errors.ts';
import { chooseIdentity } from './identity.ts';
import { endLeftover } from './leftover.ts';
import { openLogFile } from './log-file.ts';
import { type Postmaster, startPostmaster } from './postmaster.ts';

export type Running = { address: Address; exited: Promise<EmbeddedPostgresError>; stop: () => Promise<void> };

type Wish = { binaries: Binaries; fast: boolean; transport: 'socket' | 'password' };

const settings: Settings = {
  max_connections: '60',
  timezone: 'UTC',
  log_timezone: 'UTC',
  logging_collector: 'off',
  log_checkpoints: 'off',
  // Details of a message would carry the values that break a constraint: personal data.
  log_error_verbosity: 'terse',
};

/** Loses data when the machine goes down: for data nobody will miss. */
const fastSettings: Settings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

/** Runs PostgreSQL in a data folder that this process owns: its cluster made when missing, its database too. */
export async function runCluster(dataDir: string, { binaries, fast, transport }: Wish): Promise<Running> {
  const cluster = await findCluster(dataDir, binaries.major);
  const identity = await chooseIdentity(dataDir, cluster, binaries.postgres);
  await endLeftover(cluster.folder, binaries, identity);
  const isNew = cluster.owner === undefined;
  const address =
    transport === 'socket'
      ? await socketAddress(dataDir, identity.account)
      : await passwordAddress(dataDir, isNew, identity.account);
  const log = await openLogFile(dataDir);
  const tidyUp = async (): Promise<void> => {
    await log.close();
    await address.close();
  };
  try {
    if (isNew) {
      await createCluster(dataDir, cluster, { binaries, identity, fast, arguments: address.initdbArguments });
    }
    const postmaster = await startPostmaster({
      binaries,
      identity,
      cluster: cluster.folder,
      settings: { ...settings, ...(fast && fastSettings), ...address.settings },
      log,
    });
    await ensureDatabase(address, postmaster);
    return {
      address,
      stop: postmaster.stop,
      exited: postmaster.exited.then(async (reason) => {
        await tidyUp();
        return ended(reason, log.path);
      }),
    };
  } catch (error) {
    await tidyUp();
    throw error;
  }
}

async function ensureDatabase(address: Address, postmaster: Postmaster): Promise<void> {
  const client = new pg.Client({
    connectionString: address.connectionString('postgres'),
    connectionTimeoutMillis: 10_000,
  });
  // A connection that breaks fails the statement too; unheard, its error would end the process.
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rowCount } = await client.query("select from pg_database where datname = 'shokai'");
    if (rowCount === 0) await client.query('create database shokai');
  } catch (error) {
    await postmaster.stop();
    throw new EmbeddedPostgresError(
      'start_failed',
      `The database cannot be opened or made: ${reasonOf(error)}.`,
    );
  } finally {
    await client.end();
  }
}

const ended = (reason: string, logPath: string): EmbeddedPostgresError =>
  new EmbeddedPostgresError('ended', `The embedded PostgreSQL has ended: ${reason} (more in ${logPath}).`);
