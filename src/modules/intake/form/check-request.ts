import { z } from 'zod';
import { instantText } from '#src/domain/days.ts';
import { Refusal } from '#src/domain/refusals.ts';
import { goodsKinds } from '#src/domain/section-shape.ts';
import type { OperatorActor } from '#src/platform/actor.ts';
import { apiValues } from '#src/platform/http/api-values.ts';
import type { Reader } from '#src/platform/transaction.ts';
import { foresee } from '../foresee.ts';

export const CheckedRequest = z
  .object({
    dueAt: apiValues.instant,
    goods: z.enum(goodsKinds).meta({ description: 'As the request says, or what its service sells' }),
    lacksProductName: z.boolean().meta({
      description: 'Its service links detailed product names (詳細商品名連携), and it has none',
    }),
    caseId: apiValues.caseId.nullable().meta({
      description: 'The case that this very request is already; null for a new one',
    }),
  })
  .meta({ id: 'CheckedRequest' });

/** Tells what is wrong with a request before it is taken in, and when it would fall due. */
export async function checkRequest(
  db: Reader,
  _: OperatorActor,
  sent: { institutionId?: unknown },
): Promise<z.input<typeof CheckedRequest>> {
  if (typeof sent.institutionId !== 'string')
    throw new Refusal('request_invalid', {}, [{ pointer: '/institutionId', code: 'missing' }]);
  const [found] = await foresee(db, { institutionId: sent.institutionId, sent: [sent] });
  if (found?.outcome === 'invalid') throw new Refusal('request_invalid', {}, found.problems);
  if (found?.outcome === 'different_content')
    throw new Refusal('different_content', { institutionReference: found.institutionReference });
  if (!found) throw new Error('a request was checked without an outcome');
  return {
    dueAt: instantText(found.dueAt),
    goods: found.goods,
    lacksProductName: found.lacksProductName,
    caseId: found.outcome === 'duplicate' ? found.caseId : null,
  };
}
