import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { endOfDay } from '#src/domain/days.ts';
import { manyCases } from '#tests/support/many-cases.ts';
import {
  aContact,
  aDueDay,
  at,
  daysBefore,
  goTo,
  startReminderWorld,
} from '#tests/support/reminder-world.ts';
import { report } from '#tests/support/report.ts';
import { aMerchant, givenCase } from '#tests/support/world.ts';

const the = startReminderWorld();
const { world } = the;
const merchantCount = 60;
const caseCount = 1_200;

/** A worker in a process of its own, once it is ready. */
async function aWorker(): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['tests/support/reminder-program.ts'], {
    env: { PATH: process.env.PATH, REMINDERS_DATABASE: world.connectionString },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  return child;
}

const countSteps = async (): Promise<number> => {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from reminders`.execute(world.db);
  return rows[0]?.n ?? 0;
};

/** Cases of many merchants, all with a reminder that is due now. */
async function manyDue(): Promise<void> {
  const merchants = [];
  for (let made = 0; made < merchantCount; made += 1) merchants.push(await aMerchant(world));
  for (const merchant of merchants) await aContact(world, merchant);
  const [first] = merchants;
  if (!first) throw new Error('no merchant');
  const day = await aDueDay(world);
  await goTo(world, at(daysBefore(day, 4), 12));
  const one = await givenCase(world, first, { dueAt: endOfDay(day).toISOString() });
  const mids = merchants.map(({ mid }) => mid);
  await manyCases(world, one, { count: caseCount - 1, merchants: mids, dueInDays: 30 });
  await sql`update cases set due_at = ${endOfDay(day)}`.execute(world.db);
  await goTo(world, at(daysBefore(day, 3), 8));
}

it('each reminder is written once, in one mail, though one of two workers is killed in the middle', async () => {
  await manyDue();
  const workers = await Promise.all([aWorker(), aWorker()]);
  const [killed, other] = workers;
  const ends = workers.map((worker) => once(worker, 'exit'));
  while ((await countSteps()) < 50) await wait(5);
  killed.kill('SIGKILL');
  expect((await ends[0])?.[1]).toBe('SIGKILL');
  const atKill = await countSteps();
  expect(atKill).toBeLessThan(caseCount);
  await ends[1];
  expect(other.exitCode).toBe(0);
  // What the killed one had in its hands is free again; the next run, wherever, finds whatever was left.
  await the.run();

  const { rows } = await sql<{ steps: number; cases: number; mails: number; told: number }>`
    select (select count(*)::int from reminders) as steps, (select count(distinct case_id)::int from reminders) as cases,
      (select count(*)::int from reminder_mails) as mails,
      (select count(*)::int from mail_cases join reminder_mails using (mail_id)) as told`.execute(world.db);
  expect(rows[0]).toEqual({ steps: caseCount, cases: caseCount, mails: merchantCount, told: caseCount });
  report('killed-reminders', { reminders: caseCount, 'written when one was killed': atKill });
}, 120_000);
