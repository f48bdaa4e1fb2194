import type { Transaction } from 'kysely';
import type { CaseAction } from '#src/domain/case-life.ts';
import type { Database } from './database.ts';
import type { Job, Jobs } from './jobs.ts';
import type { DB } from './tables.ts';

/**
 * A unit of work. What is enqueued in it exists exactly when its rows do; `happened` does what `main/reactions.ts` says
 * follows from a step in the life of cases.
 */
export type Tx = Transaction<DB> & {
  enqueue: (queue: string, jobs: readonly Job[]) => Promise<void>;
  happened: (action: CaseAction, caseIds: readonly string[]) => Promise<void>;
};

/** Something the product does by itself after a step; it only queues work, so that nothing outside can fail the step. */
export type Reaction = (tx: Tx, caseIds: readonly string[]) => Promise<void>;

export type Reactions = Readonly<Record<CaseAction, readonly Reaction[]>>;

export type InTransaction = <Result>(work: (tx: Tx) => Promise<Result>) => Promise<Result>;

/** Gives the one way to change anything: in a transaction, with whatever follows from the change inside it. */
export function transactions(db: Database, jobs: Jobs, reactions: Reactions): InTransaction {
  return (work) =>
    db.transaction().execute((plain) => {
      const tx: Tx = Object.assign(plain, {
        enqueue: (queue: string, added: readonly Job[]) => jobs.insert(plain, queue, added),
        happened: async (action: CaseAction, caseIds: readonly string[]) => {
          for (const react of reactions[action]) await react(tx, caseIds);
        },
      });
      return work(tx);
    });
}
