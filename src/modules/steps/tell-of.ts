import { sql } from 'kysely';
import type { Reaction } from '#src/platform/transaction.ts';
import { type ToldStep, toldSteps } from './told-steps.ts';

export const tellQueue = 'tell-of-step';

/**
 * Notes that a step has to be told of and has it done: both are rows of the step's own transaction. What is done to many cases at once is
 * gathered first, so that a service's contacts are not written to for each.
 */
export const tellOf =
  (step: ToldStep, gatherSeconds: number): Reaction =>
  async (tx, caseIds) => {
    const { rows } = await sql<{ caseId: string; sequence: number }>`
      with taken as (
        select case_id, max(sequence) as sequence from case_events
        where case_id = any (${[...caseIds]}) and action = ${step} group by case_id
      ),
      -- Nothing is returned of what is written: who takes a step does not see who is told of it.
      noted as (insert into step_notices (case_id, sequence, step) select case_id, sequence, ${step} from taken)
      select case_id as "caseId", sequence from taken`.execute(tx);
    const startAfterSeconds = toldSteps[step].isGathered ? gatherSeconds : 0;
    await tx.enqueue(
      tellQueue,
      rows.map((data) => ({ data, startAfterSeconds })),
    );
  };
