import type { Logger } from 'pino';
import type { Queue } from '#src/platform/jobs.ts';
import type { Signing } from '#src/platform/signing.ts';
import type { Acting } from '#src/platform/transaction.ts';
import { readAnchors } from './anchor.ts';
import { readAnchorFile, writeAnchorFile } from './anchor-file.ts';
import { anchorTrail, verifySinceAnchor } from './anchor-trail.ts';
import { recordVerification } from './record-verification.ts';

export type AnchorParts = { acting: () => Promise<Acting>; signing: Signing; folder: string; log: Logger };

const fileQueue = 'write-audit-anchors';

/** The jobs that look at the audit trail daily, sign its end and keep what was signed outside of the database. */
export const auditQueues = (parts: AnchorParts): Queue[] => [anchoring(parts), writing(parts)];

const anchoring = (parts: AnchorParts): Queue => ({
  name: 'anchor-audit-trail',
  schedule: '10 0 * * *',
  retries: 10,
  retryAfterSeconds: 60,
  work: async () => {
    const { inTransaction } = await parts.acting();
    await checkTrail(parts);
    await inTransaction(async (tx) => {
      if (await anchorTrail(tx, parts.signing)) await tx.enqueue(fileQueue, [{ data: {} }]);
    });
  },
  givenUp: async () => parts.log.error('the audit trail was not anchored today'),
});

/** Several days of tries: a folder on another machine may be away for long. */
const writing = ({ acting, folder, log }: AnchorParts): Queue => ({
  name: fileQueue,
  retries: 200,
  retryAfterSeconds: 30,
  work: async () => void (await writeAnchorFile((await acting()).reading, folder)),
  givenUp: async () => log.error({ folder }, 'the anchors of the audit trail could not be written'),
});

/** A trail that does not fit is told at once, in the log and in the trail, and is anchored all the same. */
async function checkTrail({ acting, folder, log, signing }: AnchorParts): Promise<void> {
  const { inTransaction, reading } = await acting();
  const outside = readAnchors(await readAnchorFile(folder), [signing.publicKey]);
  const result = await reading((db) => verifySinceAnchor(db, outside.anchors));
  if (result.count > 0) log.error({ findings: result.findings.slice(0, 20) }, 'THE AUDIT TRAIL DOES NOT FIT');
  await inTransaction(async (tx) => recordVerification(tx, { ...result, scope: 'since_anchor' }));
}
