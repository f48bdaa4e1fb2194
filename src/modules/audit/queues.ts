import type { Logger } from 'pino';
import type { Sender } from '#src/modules/mail/index.ts';
import type { Queue } from '#src/platform/jobs.ts';
import type { Signing } from '#src/platform/signing.ts';
import type { Acting } from '#src/platform/transaction.ts';
import { readAnchors } from './anchor.ts';
import { readAnchorFile, writeAnchorFile } from './anchor-file.ts';
import { anchorTrail, verifySinceAnchor } from './anchor-trail.ts';
import { mailAuditors } from './mail-auditors.ts';
import { recordVerification } from './record-verification.ts';

export type AnchorParts = {
  acting: () => Promise<Acting>;
  signing: Signing;
  folder: string;
  sender: Sender;
  /** There is no mail server: mails are written to be read in the mailbox. */
  isKept: boolean;
  log: Logger;
};

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
    const findings = await checkTrail(parts);
    await inTransaction(async (tx) => {
      const anchored = await anchorTrail(tx, parts.signing);
      if (!anchored) return;
      await tx.enqueue(fileQueue, [{ data: {} }]);
      const told = await mailAuditors(tx, anchored, { ...parts, findings });
      if (told === 0) parts.log.warn('no auditor has a mail address: the anchor stands in the file alone');
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
async function checkTrail({ acting, folder, log, signing }: AnchorParts): Promise<number> {
  const { inTransaction, reading } = await acting();
  const outside = readAnchors(await readAnchorFile(folder), [signing.publicKey]);
  const result = await reading((db) => verifySinceAnchor(db, outside.anchors));
  if (result.count > 0) log.error({ findings: result.findings.slice(0, 20) }, 'THE AUDIT TRAIL DOES NOT FIT');
  await inTransaction(async (tx) => recordVerification(tx, { ...result, scope: 'since_anchor' }));
  return result.count;
}
