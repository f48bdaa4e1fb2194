import type { z } from 'zod';
import { Refusal } from '#src/domain/refusals.ts';
import type { OperatorActor } from '#src/platform/actor.ts';
import type { Asked } from '#src/platform/http/endpoint.ts';
import type { Tx } from '#src/platform/transaction.ts';
import type { ChangedTerms, DueTerms } from './calendar-schemas.ts';
import { versionOf } from './due-terms.ts';

/** Changes how an institution's requests fall due from now on, if the rule is still as the one who changes it saw it. */
export async function changeDueTerms(
  tx: Tx,
  _: OperatorActor,
  { institutionId, dueRule, expiryDays }: DueTerms & { institutionId: string },
  { ifMatch }: Pick<Asked, 'ifMatch'>,
): Promise<z.input<typeof ChangedTerms>> {
  if (ifMatch === undefined) throw new Refusal('version_required');
  const found = await tx
    .selectFrom('institutions')
    .select(['due_rule as dueRule', 'expiry_days as expiryDays'])
    .where('id', '=', institutionId)
    .forUpdate()
    .executeTakeFirst();
  if (!found) throw new Refusal('not_found');
  if (versionOf(found) !== ifMatch) throw new Refusal('changed_meanwhile');
  await tx
    .updateTable('institutions')
    .set({ due_rule: dueRule && JSON.stringify(dueRule), expiry_days: expiryDays })
    .where('id', '=', institutionId)
    .execute();
  tx.record('institution.change_due_rule', [institutionId], {
    from: versionOf(found),
    to: versionOf({ dueRule, expiryDays }),
  });
  return { dueRule, expiryDays, version: versionOf({ dueRule, expiryDays }) };
}
