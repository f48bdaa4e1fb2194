import { startEmbeddedPostgres } from '#src/platform/embedded-postgres/start.ts';
import type { Config } from './config.ts';

export type Storage = { connectionString: string; stop: () => Promise<void> };

/** The database the configuration names: an external one, or the embedded one, started here. */
export async function openStorage(config: Config, onExit: () => void): Promise<Storage> {
  if (config.DATABASE_URL !== undefined)
    return { connectionString: config.DATABASE_URL, stop: async () => undefined };
  return startEmbeddedPostgres(config.DATA_DIR, { onExit });
}
