import { sql, type Transaction } from 'kysely';
import type { AuditAction, AuditEntry } from '#src/domain/audit-actions.ts';
import type { CaseAction } from '#src/domain/case-life.ts';
import type { Who } from './actor.ts';
import type { Database } from './database.ts';
import type { Job, Jobs } from './jobs.ts';
import type { DB } from './tables.ts';
import type { Vault } from './vault.ts';

/** The database as one actor sees it, with the means to open what is sealed in it. */
export type Reader = Transaction<DB> & { vault: Vault };

/**
 * A unit of work for one actor. What is enqueued in it exists exactly when its rows do, and so does what it records in the
 * audit trail; `happened` does what `main/reactions.ts` says follows from a step in the life of cases.
 */
export type Tx = Reader & {
  enqueue: (queue: string, jobs: readonly Job[]) => Promise<void>;
  happened: (action: CaseAction, caseIds: readonly string[]) => Promise<void>;
  /** Notes for the audit trail what is done, to which ids. Entries are written last, and the work fails if they cannot be. */
  record: (action: AuditAction, subjects: readonly string[], details?: AuditEntry['details']) => void;
  /** What was recorded so far. */
  recorded: readonly AuditEntry[];
};

/** Something the product does by itself after a step; it only queues work, so that nothing outside can fail the step. */
export type Reaction = (tx: Tx, caseIds: readonly string[]) => Promise<void>;

export type Reactions = Readonly<Record<CaseAction, readonly Reaction[]>>;

export type InTransaction = <Result>(work: (tx: Tx) => Promise<Result>) => Promise<Result>;

export type Reading = <Result>(work: (db: Reader) => Promise<Result>) => Promise<Result>;

/** The ways to the database for one actor: to change things, and to read. */
export type Acting = { inTransaction: InTransaction; reading: Reading };

/** Opens the ways to the database for an actor. There is no other: row-level security shows nobody anything. */
export type ActingFor = (who: Who) => Acting;

type Parts = {
  jobs: Jobs;
  reactions: Reactions;
  vault: Vault;
  /** Told what was recorded, once it is committed. */
  onDone?: (done: readonly AuditEntry[]) => void;
};

/** Gives the one way to work with the database: for somebody, in a transaction, with whatever follows from a change inside it. */
export function actingWith(db: Database, { jobs, reactions, vault, onDone }: Parts): ActingFor {
  return (who) => ({
    reading: (work) =>
      db
        .transaction()
        .setAccessMode('read only')
        .execute(async (plain) => {
          await actAs(plain, who);
          return work(Object.assign(plain, { vault }));
        }),
    inTransaction: async (work) => {
      const { result, recorded } = await db.transaction().execute(async (plain) => {
        await actAs(plain, who);
        const tx = withEffects(Object.assign(plain, { vault }), jobs, reactions);
        const result = await work(tx);
        await writeAuditTrail(tx);
        return { result, recorded: tx.recorded };
      });
      onDone?.(recorded);
      return result;
    },
  });
}

function withEffects(plain: Reader, jobs: Jobs, reactions: Reactions): Tx {
  const recorded: AuditEntry[] = [];
  const tx: Tx = Object.assign(plain, {
    recorded,
    enqueue: (queue: string, added: readonly Job[]) => jobs.insert(plain, queue, added),
    happened: async (action: CaseAction, caseIds: readonly string[]) => {
      for (const react of reactions[action]) await react(tx, caseIds);
    },
    record: (action: AuditAction, subjects: readonly string[], details: AuditEntry['details'] = {}) =>
      void recorded.push({ action, subjects, details }),
  });
  return tx;
}

/** Tells the database for whom it works until the transaction ends; the policies of row-level security ask for it. */
async function actAs(tx: Transaction<DB>, { actor, right, origin, device, requestId }: Who): Promise<void> {
  const settings: Record<string, string> = {
    kind: actor.kind,
    actor: actor.id ?? '',
    mid: actor.kind === 'merchant' ? actor.mid : '',
    // The services are three digits each, so that the array needs no quotes.
    sids: actor.kind === 'merchant' && actor.sids !== null ? `{${actor.sids.join(',')}}` : '',
    institution: actor.kind === 'institution' ? actor.institutionId : '',
    right: right ?? '',
    origin: origin ?? '',
    device: device ?? '',
    request: requestId ?? '',
  };
  const calls = Object.entries(settings).map(
    ([name, value]) => sql`set_config(${sql.lit(`shokai.${name}`)}, ${value}, true)`,
  );
  await sql`select ${sql.join(calls)}`.execute(tx);
}

/** Last of all, because whoever adds to the chain keeps all others from it until the transaction ends. */
async function writeAuditTrail(tx: Tx): Promise<void> {
  if (tx.recorded.length === 0) return;
  await sql`select audit_append(${JSON.stringify(tx.recorded)}::jsonb)`.execute(tx);
}
