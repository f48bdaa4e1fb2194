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
