import { findRunningPostgres } from '#src/platform/embedded-postgres/find-running.ts';
import { startEmbeddedPostgres } from '#src/platform/embedded-postgres/start.ts';
import type { Config } from './config.ts';

export type Storage = {
  /** How the portal reaches the database; it works there as its own role, whoever logs in. */
  connectionString: string;
  /** The same database as its owner, who brings it to the newest schema. */
  ownerConnectionString: string;
  stop: () => Promise<void>;
};

/** The database the configuration names: an external one, or the embedded one, started here. */
export async function openStorage(config: Config, onExit: () => void): Promise<Storage> {
  if (config.DATABASE_URL !== undefined)
    return {
      connectionString: config.DATABASE_URL,
      ownerConnectionString: config.DATABASE_OWNER_URL ?? config.DATABASE_URL,
      stop: async () => undefined,
    };
  const { connectionString, stop } = await startEmbeddedPostgres(config.DATA_DIR, { onExit });
  return { connectionString, ownerConnectionString: connectionString, stop };
}

/** The same database as its owner, beside a Shokai that may be running on it. */
export async function openToRead(config: Config): Promise<Omit<Storage, 'ownerConnectionString'>> {
  const running = config.DATABASE_URL === undefined ? await findRunningPostgres(config.DATA_DIR) : undefined;
  if (running !== undefined) return { connectionString: running, stop: async () => undefined };
  const { ownerConnectionString, stop } = await openStorage(config, () => process.exit(1));
  return { connectionString: ownerConnectionString, stop };
}
