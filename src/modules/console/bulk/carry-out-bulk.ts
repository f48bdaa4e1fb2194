import type { z } from 'zod';
import { assignCases, requireOperator, withdrawCase } from '#src/modules/cases/index.ts';
import type { OperatorActor } from '#src/platform/actor.ts';
import type { Tx } from '#src/platform/transaction.ts';
import type { BulkResult, WhyLeft } from './bulk-schemas.ts';
import { type BulkAction, readStanding, versionOf, whyLeftBy } from './judge-cases.ts';

type Seen = { caseId: string; version: string };
type Result = z.input<typeof BulkResult>;

/** Has an operator look after many cases, or nobody: those that are still as they were seen. */
export async function assignMany(
  tx: Tx,
  actor: OperatorActor,
  { operatorId, cases }: { operatorId: string | null; cases: readonly Seen[] },
): Promise<Result> {
  if (operatorId !== null) await requireOperator(tx, operatorId);
  const judged = await judge(tx, { kind: 'assign', operatorId }, cases);
  const going = idsThatGo(judged);
  if (going.length > 0) await assignCases(tx, actor, { caseIds: going, operatorId });
  return told(tx, 'assign', judged);
}

/** Takes many requests back for one reason: those that are still as they were seen. */
export async function withdrawMany(
  tx: Tx,
  actor: OperatorActor,
  { reason, cases }: { reason: string; cases: readonly Seen[] },
): Promise<Result> {
  const judged = await judge(tx, { kind: 'withdraw' }, cases);
  for (const caseId of idsThatGo(judged)) await withdrawCase(tx, actor, { caseId, reason });
  return told(tx, 'withdraw', judged);
}

type Judged = ReadonlyMap<string, WhyLeft | null>;

/** Locks the cases and decides of each, in the order of the request. What was seen otherwise is left. */
async function judge(tx: Tx, action: BulkAction, cases: readonly Seen[]): Promise<Judged> {
  const standing = await readStanding(
    tx,
    cases.map(({ caseId }) => caseId),
    { lock: true },
  );
  return new Map(
    cases.map(({ caseId, version }) => {
      const found = standing.get(caseId);
      const isAsSeen = versionOf(found) === version;
      return [caseId, found && !isAsSeen ? 'changed_meanwhile' : whyLeftBy(action, found)];
    }),
  );
}

const idsThatGo = (judged: Judged): string[] =>
  [...judged].filter(([, why]) => why === null).map(([id]) => id);

/** That somebody asked is recorded too where nothing was to be done. */
function told(tx: Tx, action: BulkAction['kind'], judged: Judged): Result {
  const cases = [...judged].map(([caseId, why]) => ({ caseId, why }));
  const done = cases.filter(({ why }) => why === null).length;
  tx.record('case.bulk', [], { action, done, left: cases.length - done });
  return { cases, done, left: cases.length - done };
}
