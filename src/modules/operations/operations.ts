import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { type Database, poolStateOf } from '#src/platform/database.ts';
import { migrationNames } from '#src/platform/migrate.ts';
import type { Observed } from '#src/platform/observed/observed.ts';
import type { Acting } from '#src/platform/transaction.ts';
import { type Beating, beat, beatMs, noteStop } from './beat.ts';
import { checkHealth, type Health } from './check-health.ts';
import { type Figures, gatherFigures } from './gather-figures.ts';
import { onceAtATime } from './once-at-a-time.ts';

export type ProcessRole = 'all' | 'web' | 'worker';

type Parts = {
  /** A way to the database of its own: what watches must not wait for what is watched. */
  watching: Acting;
  /** The connections that requests work with. */
  db: Database;
  role: ProcessRole;
  version: string;
  observed: Observed;
  log: Logger;
};

/** What this process knows and tells of itself. */
export type Operations = {
  health: () => Promise<Health>;
  figures: () => Promise<Figures>;
  /** Why it takes no requests now; undefined when it does. */
  notReady: () => 'stopping' | 'busy' | undefined;
  /** From here on it shows that it lives. */
  begin: () => Promise<void>;
  /** From here on it takes nothing new. */
  drain: () => void;
  isDraining: () => boolean;
  end: () => Promise<void>;
  observed: Observed;
  role: ProcessRole;
};

const healthKeptMs = 1_000;
const figuresKeptMs = 2_000;

/** Opens the watch over this process. */
export async function openOperations({
  watching,
  db,
  role,
  version,
  observed,
  log,
}: Parts): Promise<Operations> {
  const own: Beating = { id: randomUUID(), role, version };
  const migrations = await migrationNames();
  const health = onceAtATime(() => checkHealth({ watching, own, migrations, log }), healthKeptMs);
  const figures = onceAtATime(() => watching.reading(gatherFigures), figuresKeptMs);
  let beating: NodeJS.Timeout | undefined;
  let isDraining = false;
  const show = (): Promise<void> =>
    beat(watching, own, log).catch((err) => log.error({ err }, 'this process could not show that it lives'));
  return {
    health,
    figures,
    observed,
    role,
    notReady: () => (isDraining ? 'stopping' : hasRoom(db) ? undefined : 'busy'),
    begin: async () => {
      await show();
      beating = setInterval(() => void show(), beatMs).unref();
    },
    drain: () => {
      isDraining = true;
    },
    isDraining: () => isDraining,
    end: async () => {
      clearInterval(beating);
      if (beating) await noteStop(watching, own).catch((err) => log.error({ err }, 'the stop was not noted'));
    },
  };
}

/** As many may wait as there are connections; each waits for one statement or few. */
function hasRoom(db: Database): boolean {
  const { waiting, max } = poolStateOf(db);
  return waiting <= max;
}
