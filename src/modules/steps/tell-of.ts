import { sql } from 'kysely';
import type { Reaction } from '#src/platform/transaction.ts';
import type { ToldStep } from './step-letter.ts';

export const tellQueue = 'tell-of-step';

/** Has a step told by mail: the job is a row of the step's own transaction. */
export const tellOf =
  (step: ToldStep): Reaction =>
  async (tx, caseIds) => {
    const { rows } = await sql<{ caseId: string; sequence: number }>`
      select case_id as "caseId", max(sequence) as sequence from case_events
      where case_id = any (${[...caseIds]}) group by case_id`.execute(tx);
    await tx.enqueue(
      tellQueue,
      rows.map((row) => ({ data: { ...row, step } })),
    );
  };
