import type { z } from 'zod';
import type { Reader } from '#src/platform/transaction.ts';
import type { BulkPreview } from './bulk-schemas.ts';
import { type BulkAction, readStanding, type Standing, versionOf, whyLeftBy } from './judge-cases.ts';

/** Tells of each case what an action would do with it, or why not, and as what it was seen. Changes nothing. */
export async function previewBulk(
  db: Reader,
  action: BulkAction,
  caseIds: readonly string[],
): Promise<z.input<typeof BulkPreview>> {
  const standing = await readStanding(db, caseIds, { lock: false });
  const cases = [...new Set(caseIds)].map((caseId) => {
    const found = standing.get(caseId);
    return {
      caseId,
      version: versionOf(found),
      why: whyLeftBy(action, found),
      found: found ? shownOf(found) : null,
    };
  });
  const goes = cases.filter(({ why }) => why === null).length;
  return { cases, goes, stays: cases.length - goes };
}

const shownOf = ({ mid, sid, notificationType, status, assigneeName }: Standing) => ({
  ...{ mid, sid, notificationType, status, assigneeName },
});
