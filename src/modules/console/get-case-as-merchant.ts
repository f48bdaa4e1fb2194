import type { z } from 'zod';
import { Refusal } from '#src/domain/refusals.ts';
import { rightsOfMerchant } from '#src/domain/rights.ts';
import { type Case, getCase, visibleTo } from '#src/modules/cases/index.ts';
import type { MerchantActor, OperatorActor } from '#src/platform/actor.ts';
import type { Reader } from '#src/platform/transaction.ts';

/**
 * A case exactly as the merchant is told of it: by the merchant's own query, for a responder (回答者) of all its services. Who may not
 * read personal data sees it as a viewer does, masked.
 */
export async function getCaseAsMerchant(
  db: Reader,
  actor: OperatorActor,
  { caseId }: { caseId: string },
): Promise<z.input<typeof Case>> {
  const found = await db
    .selectFrom('cases')
    .select('mid')
    .where('id', '=', caseId)
    .where(visibleTo(actor))
    .executeTakeFirst();
  if (!found) throw new Refusal('case_not_found');
  return getCase(db, asMerchant(actor, found.mid), { caseId });
}

const asMerchant = ({ id, name, rights }: OperatorActor, mid: string): MerchantActor => ({
  ...{ kind: 'merchant', id, name, mid, sids: null },
  rights: rightsOfMerchant([rights.has('read_personal_data') ? 'responder' : 'viewer']),
});
