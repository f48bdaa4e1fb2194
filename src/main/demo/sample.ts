import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { dayOf, daysBetween } from '#src/domain/days.ts';
import { rightsOfMerchant } from '#src/domain/rights.ts';
import { registerAnswer, saveDraft } from '#src/modules/answers/index.ts';
import { takeInLines } from '#src/modules/intake/index.ts';
import { type MerchantActor, theSystem } from '#src/platform/actor.ts';
import type { InTransaction, Tx } from '#src/platform/transaction.ts';
import { createDemoCalendar } from './demo-calendar.ts';
import { createDemoParties, demoInstitution, demoUsers } from './demo-parties.ts';
import { moveDates } from './move-dates.ts';

/** The day on which the dates in the demo's files are right; they are moved to today. */
const writtenFor = '2026-11-24';

const folder = new URL('../../../demo/', import.meta.url);

const Answers = z.array(
  z.object({
    institutionReference: z.string(),
    by: z.string(),
    register: z.boolean(),
    content: z.record(z.string(), z.unknown()),
  }),
);

/**
 * Fills an empty database with the demo: all of it or, if anything goes wrong, nothing. Requests come in and answers are
 * registered by the product's own ways. A database that was filled before is left alone.
 */
export async function sampleOnce(inTransaction: InTransaction): Promise<void> {
  await inTransaction(async (tx) => {
    const filled = await tx.selectFrom('institutions').select('id').limit(1).executeTakeFirst();
    if (filled) return;
    const today = dayOf(new Date());
    const days = daysBetween(writtenFor, today);
    const userIds = await createDemoParties(tx);
    await createDemoCalendar(tx, Number(today.slice(0, 4)));
    const caseIds = await takeInDemo(tx, days);
    await answerDemo(tx, { days, userIds, caseIds });
  });
}

async function takeInDemo(tx: Tx, days: number): Promise<Map<string, string>> {
  const file = await readFile(new URL('requests.ndjson', folder), 'utf8');
  const moved = file
    .split('\n')
    .map((line) => (line === '' ? '' : JSON.stringify(moveDates(JSON.parse(line), days))));
  const caseIds = new Map<string, string>();
  const sender = { actor: theSystem, institutionId: demoInstitution, onError: fail };
  const source = (async function* () {
    yield Buffer.from(moved.join('\n'));
  })();
  for await (const outcomes of takeInLines((work) => work(tx), sender, source)) {
    for (const outcome of outcomes) {
      if (outcome.outcome !== 'created') throw new Error(`demo request refused: ${JSON.stringify(outcome)}`);
      caseIds.set(outcome.institutionReference, outcome.caseId);
    }
  }
  return caseIds;
}

function fail(error: unknown): never {
  throw error;
}

type Known = { days: number; userIds: ReadonlyMap<string, string>; caseIds: ReadonlyMap<string, string> };

async function answerDemo(tx: Tx, { days, userIds, caseIds }: Known): Promise<void> {
  const answers = Answers.parse(JSON.parse(await readFile(new URL('answers.json', folder), 'utf8')));
  for (const { institutionReference, by, register, content } of answers) {
    const caseId =
      caseIds.get(institutionReference) ?? fail(new Error(`no demo request ${institutionReference}`));
    const actor = demoActor(by, userIds);
    const moved = moveDates(content, days) as Record<string, unknown>;
    const asked = { ifMatch: '0', locale: 'ja' } as const;
    const { version } = await saveDraft(tx, actor, { caseId, content: moved }, asked);
    if (register) await registerAnswer(tx, actor, { caseId, draftVersion: version }, asked);
  }
}

function demoActor(loginId: string, userIds: ReadonlyMap<string, string>): MerchantActor {
  const user = demoUsers.find((each) => each.loginId === loginId);
  const id = userIds.get(loginId);
  if (!user || user.mid === null || !id) throw new Error(`no demo merchant user ${loginId}`);
  const { name, mid, roles, sids = null } = user;
  return { kind: 'merchant', id, name, mid, sids, rights: rightsOfMerchant(roles) };
}
