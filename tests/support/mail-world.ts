import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import pg from 'pg';
import { afterAll, beforeAll, inject } from 'vitest';
import { type Config, readConfig } from '#src/main/config.ts';
import { createShokai } from '#src/main/shokai.ts';
import { openDatabase } from '#src/platform/database.ts';
import { keepTraces, newLogPath, testLogAt } from './logs.ts';
import type { World } from './world.ts';

/** The product with a database of its own. */
export type MailWorld = World & { connectionString: string };

type Options = { work?: boolean; settings?: () => Record<string, string> };

/**
 * The product as a demo, in a database of its own: its workers take no job of another test, and no other takes theirs.
 * Settings are asked for when it starts.
 */
export function startMailWorld({ work = false, settings = () => ({}) }: Options = {}): MailWorld {
  const world = { statements: [] as string[], logPath: newLogPath() } as MailWorld;
  const database = `mail_${randomUUID().replaceAll('-', '')}`;
  beforeAll(async () => {
    await asAdmin(`create database ${database}`);
    const config = readConfig({ MAIL_GATHER_SECONDS: '0', ...settings() });
    world.connectionString = urlOf(database);
    Object.assign(world, await openShokai(config, world, work));
    world.db = openDatabase({ connectionString: world.connectionString });
    await world.app.listen({ port: 0, host: '127.0.0.1' });
    world.url = `http://127.0.0.1:${(world.app.server.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    await world.stop();
    await keepTraces(world.db);
    await world.db.destroy();
    await asAdmin(`drop database ${database} with (force)`);
  });
  return world;
}

const openShokai = (config: Config, { connectionString, logPath }: MailWorld, work: boolean) =>
  createShokai({
    config,
    storage: { connectionString, ownerConnectionString: connectionString },
    log: testLogAt(logPath),
    work,
  });

function urlOf(database: string): string {
  const url = new URL(inject('connectionString'));
  url.pathname = `/${database}`;
  return url.href;
}

async function asAdmin(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: inject('connectionString') });
  await client.connect();
  await client.query(statement);
  await client.end();
}
