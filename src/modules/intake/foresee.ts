import type { Problem } from '#src/domain/problems.ts';
import type { Reader } from '#src/platform/transaction.ts';
import type { Valid } from './insert-cases.ts';
import { checkRequests, findBefore } from './take-in.ts';

type Right = Pick<Valid, 'dueAt' | 'goods' | 'lacksProductName'> & { institutionReference: string };

/** What would become of a request if it were taken in now. */
export type Foreseen =
  | ({ outcome: 'new' } & Right)
  | ({ outcome: 'duplicate'; caseId: string } & Right)
  | { outcome: 'different_content'; institutionReference: string }
  | { outcome: 'invalid'; institutionReference: string | null; problems: readonly Problem[] };

/** Tells beforehand what `takeIn` would make of requests. Somebody else may be faster, so only `takeIn` decides. */
export async function foresee(
  db: Reader,
  { institutionId, sent }: { institutionId: string; sent: readonly unknown[] },
): Promise<Foreseen[]> {
  const checked = await checkRequests(db, { institutionId, sent });
  const valid = checked.filter((each) => 'request' in each);
  const before = await findBefore(db, institutionId, valid);
  const inThisFile = new Map<string, Valid>();
  return checked.map((each): Foreseen => {
    if ('outcome' in each) return each;
    const { institutionReference } = each.request;
    const known = before.get(institutionReference);
    const twin = inThisFile.get(institutionReference);
    const fingerprint = known?.request_fingerprint ?? twin?.fingerprint;
    inThisFile.set(institutionReference, twin ?? each);
    const { dueAt, goods, lacksProductName } = each;
    const right = { dueAt, goods, lacksProductName, institutionReference };
    if (!fingerprint) return { outcome: 'new', ...right };
    if (!fingerprint.equals(each.fingerprint)) return { outcome: 'different_content', institutionReference };
    const caseId = known?.id ?? twin?.id ?? '';
    return { outcome: 'duplicate', ...right, caseId };
  });
}
