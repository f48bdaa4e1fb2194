import type { Tx } from '#src/platform/transaction.ts';
import type { Verification } from './verify-trail.ts';

/** Records that the trail was looked at, and what came of it, for the auditors' screen. */
export function recordVerification(
  tx: Tx,
  { entries, through, count, scope }: Verification & { scope: 'all' | 'range' | 'since_anchor' },
): void {
  tx.record('audit.verify', [], { scope, entries, through, findings: count });
}
