import { sql } from 'kysely';
import type { z } from 'zod';
import type { AuditAction } from '#src/domain/audit-actions.ts';
import { Refusal } from '#src/domain/refusals.ts';
import type { Actor } from '#src/platform/actor.ts';
import type { Tx } from '#src/platform/transaction.ts';
import { getInstitution } from './get-institution.ts';
import type { InstitutionChange } from './institution-schemas.ts';

type Change = z.output<typeof InstitutionChange> & { institutionId: string; version: number };

/** Renames, retires or takes up an institution again, and says whether its corrections need four eyes, if it is still as the one who changes it saw it. */
export async function changeInstitution(
  tx: Tx,
  actor: Actor,
  { institutionId, version, name, kind, isRetired, secondPersonCorrects }: Change,
) {
  const found = await tx
    .selectFrom('institutions')
    .select(['version', 'retired_at', 'second_person_corrects'])
    .where('id', '=', institutionId)
    .forUpdate()
    .executeTakeFirst();
  if (!found) throw new Refusal('not_found');
  if (found.version !== version) throw new Refusal('changed_meanwhile');
  const second_person_corrects = secondPersonCorrects ?? found.second_person_corrects;
  await tx
    .updateTable('institutions')
    .set({ name, kind, second_person_corrects, version: version + 1 })
    .set({ retired_at: isRetired ? sql<Date>`coalesce(retired_at, now())` : null })
    .where('id', '=', institutionId)
    .execute();
  tx.record(actionOf(found.retired_at !== null, isRetired), [institutionId], {
    ...{ kind, version: version + 1, secondPersonCorrects: second_person_corrects },
  });
  return getInstitution(tx, actor, { institutionId });
}

function actionOf(wasRetired: boolean, isRetired: boolean): AuditAction {
  if (wasRetired === isRetired) return 'institution.change';
  return isRetired ? 'institution.retire' : 'institution.resume';
}
