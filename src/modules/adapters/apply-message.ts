import { sql } from 'kysely';
import { awaitsAnswer, type CaseStatus } from '#src/domain/case-life.ts';
import type { Problem } from '#src/domain/problems.ts';
import { withdrawCase } from '#src/modules/cases/index.ts';
import { takeIn } from '#src/modules/intake/index.ts';
import type { Actor } from '#src/platform/actor.ts';
import type { Tx } from '#src/platform/transaction.ts';
import type { AdapterRules } from './find-adapters.ts';
import { asRequest, type Said } from './read-message.ts';

/** What became of a message. */
export type Applied = {
  outcome: 'created' | 'known' | 'ended' | 'refused';
  caseId: string | null;
  problems: readonly Problem[];
};

const refused = (problems: readonly Problem[]): Applied => ({ outcome: 'refused', caseId: null, problems });

/** Does what a message says: an inquiry becomes a case by the path of every request, and the end of one withdraws it. */
export async function applyMessage(
  tx: Tx,
  actor: Actor,
  { rules, said, messageId }: { rules: AdapterRules; said: Said; messageId: string },
): Promise<Applied> {
  const made = asRequest(said, rules.settings);
  const { reference, says } = said.message;
  // Messages about one dispute wait for each other, as a provider keeps no order.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`adapter ${rules.id} ${reference ?? ''}`}, 0))`.execute(
    tx,
  );
  const known = reference === null ? undefined : await findCase(tx, rules, reference);
  if (says === 'ended')
    return known ? end(tx, actor, { known, because: said.message.because }) : refused(problemsOf(made));
  if ('problems' in made) return refused(made.problems);
  if (known) return { outcome: 'known', caseId: known.id, problems: dueProblems(known, said) };
  if (reference !== null && (await hasEnded(tx, rules.id, { reference, messageId })))
    return refused([{ pointer: '/reference', code: 'already_ended' }]);
  const [outcome] = await takeIn(tx, actor, { institutionId: rules.institutionId, sent: [made.request] });
  switch (outcome?.outcome) {
    case 'created':
      return { outcome: 'created', caseId: outcome.caseId, problems: [] };
    case 'duplicate':
      return { outcome: 'known', caseId: outcome.caseId, problems: [] };
    case 'invalid':
      return refused(outcome.problems);
    default:
      return refused([{ pointer: '/reference', code: 'different_content' }]);
  }
}

const problemsOf = (made: ReturnType<typeof asRequest>) => ('problems' in made ? made.problems : []);

type Known = { id: string; status: CaseStatus; due_at: Date };

/** A provider may move the due instant of a dispute; a case's is moved by people alone, who are told here that it differs. */
function dueProblems({ status, due_at }: Known, { message }: Said): Problem[] {
  const due = message.says === 'inquiry' ? message.facts.dueAt : null;
  if (due === null || !awaitsAnswer(status) || new Date(due).getTime() === due_at.getTime()) return [];
  return [{ pointer: '/dueAt', code: 'due_changed', params: { due } }];
}

const findCase = (tx: Tx, { institutionId }: AdapterRules, reference: string): Promise<Known | undefined> =>
  tx
    .selectFrom('cases')
    .select(['id', 'status', 'due_at'])
    .where('institution_id', '=', institutionId)
    .where('institution_reference', '=', reference)
    .executeTakeFirst();

/** What providers say once an answer has come: of a case that has one it is no end, and its correction goes on. */
const answeredThere = new Set(['warning_under_review', 'under_review', 'INFORMATION_SUPPLIED']);

/** The provider needs no answer any more. What is answered stays answered. */
async function end(
  tx: Tx,
  actor: Actor,
  { known, because }: { known: Known; because: string },
): Promise<Applied> {
  const isEchoOfOurs = known.status === 'correcting' && answeredThere.has(because);
  if (awaitsAnswer(known.status) && !isEchoOfOurs)
    await withdrawCase(tx, actor, { caseId: known.id, reason: `決済事業者の通知により終了 (${because})` });
  return { outcome: 'ended', caseId: known.id, problems: [] };
}

/** Whether the end of a dispute came before its beginning. */
async function hasEnded(
  tx: Tx,
  adapterId: string,
  { reference, messageId }: { reference: string; messageId: string },
): Promise<boolean> {
  const found = await tx
    .selectFrom('adapter_messages')
    .select('id')
    .where('adapter_id', '=', adapterId)
    .where('reference', '=', reference)
    .where('id', '<>', messageId)
    .where(sql<boolean>`(outcome = 'ended' or problems @> '[{"code": "not_an_inquiry"}]')`)
    .limit(1)
    .executeTakeFirst();
  return found !== undefined;
}
