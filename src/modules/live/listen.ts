import pg from 'pg';
import type { Logger } from 'pino';
import { portalRole } from '#src/platform/database.ts';

type Parts = {
  connectionString: string;
  /** What was told. */
  onTold: (text: string) => void;
  /** The connection was away and is back: something may have been missed. */
  onBack: () => void;
  log: Logger;
};

export type Listening = {
  /** Resolves once everything that is committed from now on is heard. */
  ready: () => Promise<void>;
  stop: () => Promise<void>;
};

const lookMs = 10_000;
const againMs = 1_000;

/** Hears what the database tells at commits, on one connection of this process, which is opened when it is first wanted. */
export function listen({ connectionString, onTold, onBack, log }: Parts): Listening {
  let client: Promise<pg.Client> | undefined;
  let isStopped = false;
  let again: NodeJS.Timeout | undefined;
  const lost = (gone: pg.Client): void => {
    void gone.end().catch(() => undefined);
    client = undefined;
    if (isStopped) return;
    again = setTimeout(() => {
      open().then(onBack, (err) => log.warn({ err }, 'the database cannot be listened to'));
    }, againMs);
  };
  const open = (): Promise<pg.Client> => {
    client ??= connect(connectionString, onTold, lost).catch((error) => {
      client = undefined;
      if (!isStopped) again = setTimeout(() => void open().then(onBack, () => undefined), againMs);
      throw error;
    });
    return client;
  };
  return {
    ready: async () => void (await open()),
    stop: async () => {
      isStopped = true;
      clearTimeout(again);
      await (await client?.catch(() => undefined))?.end().catch(() => undefined);
    },
  };
}

async function connect(
  connectionString: string,
  onTold: (text: string) => void,
  onLost: (client: pg.Client) => void,
): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString,
    options: `-c role=${portalRole}`,
    application_name: 'shokai live',
    connectionTimeoutMillis: 5_000,
    query_timeout: 5_000,
    keepAlive: true,
  });
  let isLost = false;
  let looking: NodeJS.Timeout | undefined;
  const lose = (): void => {
    if (isLost) return;
    isLost = true;
    clearInterval(looking);
    onLost(client);
  };
  client.on('notification', ({ payload = '[]' }) => onTold(payload));
  await client.connect();
  client.on('error', lose);
  client.on('end', lose);
  await client.query('listen shokai_events');
  // A connection that is cut without a word is found out.
  looking = setInterval(() => void client.query('select 1').catch(lose), lookMs).unref();
  return client;
}
