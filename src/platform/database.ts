import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { DB } from './tables.ts';

export type Database = Kysely<DB>;

type Options = {
  connectionString: string;
  /** The role to work as: the portal's own, which owns nothing and is under row-level security; unset: the login's. */
  role?: typeof portalRole;
  /** Connections at most. Nodes times this must stay below the server's max_connections. */
  poolSize?: number;
  /** Told of every statement; tests count with it. */
  onStatement?: (sql: string) => void;
  /** Told of every statement when it is over, and how long it took. */
  onTimed?: (sql: string, milliseconds: number, isError: boolean) => void;
};

/** The connections of a pool: how many there may be, are used, and are waited for. */
export type PoolState = { max: number; total: number; idle: number; waiting: number };

const pools = new WeakMap<Database, { pool: pg.Pool; max: number }>();

/** How busy a database's connections are now. */
export function poolStateOf(db: Database): PoolState {
  const { pool, max = 0 } = pools.get(db) ?? {};
  return {
    max,
    total: pool?.totalCount ?? 0,
    idle: pool?.idleCount ?? 0,
    waiting: pool?.waitingCount ?? 0,
  };
}

/** The role of migration 0007. */
export const portalRole = 'shokai_app';

const int8 = 20;

/**
 * Opens the pool of connections. Every wait has an end: a database that is away fails a request within seconds, and a
 * statement that timed out may have been carried out all the same.
 */
export function openDatabase({
  connectionString,
  role,
  poolSize = 10,
  onStatement,
  onTimed,
}: Options): Database {
  const pool = new pg.Pool({
    connectionString,
    max: poolSize,
    connectionTimeoutMillis: 5_000,
    statement_timeout: 10_000,
    query_timeout: 12_000,
    idle_in_transaction_session_timeout: 15_000,
    options: role ? `-c timezone=UTC -c role=${role}` : '-c timezone=UTC',
    application_name: 'shokai',
    types: {
      getTypeParser: (id, format) => (id === int8 ? toSafeInteger : pg.types.getTypeParser(id, format)),
    },
  });
  // An idle connection that breaks is replaced by the pool; unheard, its error would end the process.
  pool.on('error', () => undefined);
  // One that breaks between two statements of a transaction fails the next of them; unheard, it would end the process too.
  pool.on('connect', (client) => client.on('error', () => undefined));
  const db = new Kysely<DB>({
    dialect: new PostgresDialect({ pool }),
    ...((onStatement || onTimed) && {
      log: ({ query, queryDurationMillis, level }) => {
        onStatement?.(query.sql);
        onTimed?.(query.sql, queryDurationMillis, level === 'error');
      },
    }),
  });
  pools.set(db, { pool, max: poolSize });
  return db;
}

/** Amounts and counts are bigint in the database and stay far below 2^53; anything larger is a bug and says so. */
function toSafeInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`${text} does not fit a number`);
  return value;
}
