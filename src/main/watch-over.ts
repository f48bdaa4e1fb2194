import type { Logger } from 'pino';
import { type Operations, openOperations, type ProcessRole } from '#src/modules/operations/index.ts';
import { theSystem } from '#src/platform/actor.ts';
import { type Database, openDatabase, portalRole } from '#src/platform/database.ts';
import type { Observed } from '#src/platform/observed/observed.ts';
import { type ActingFor, actingWith } from '#src/platform/transaction.ts';
import { productVersion } from './version.ts';

type Parts = {
  connectionString: string;
  db: Database;
  role: ProcessRole;
  observed: Observed;
  log: Logger;
  effects: Parameters<typeof actingWith>[1];
};

/** The watch over this process, with connections of its own: it sees that the others are busy, and does not wait for them. */
export async function watchOver({ connectionString, effects, ...parts }: Parts): Promise<Operations> {
  const watchDb = openDatabase({ connectionString, role: portalRole, poolSize: 2 });
  const watching = (actingWith(watchDb, effects) satisfies ActingFor)({ actor: theSystem });
  const operations = await openOperations({ ...parts, watching, version: productVersion });
  return {
    ...operations,
    end: async () => {
      await operations.end();
      await parts.observed.tracer?.stop();
      await watchDb.destroy();
    },
  };
}
