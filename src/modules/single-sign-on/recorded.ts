import { Refusal } from '#src/domain/refusals.ts';
import type { Acting } from '#src/platform/transaction.ts';

/** Does a step of single sign-on; the audit trail tells of every one that is refused, and why. */
export async function recorded<Result>(
  { inTransaction }: Acting,
  subjects: readonly string[],
  step: () => Promise<Result>,
): Promise<Result> {
  try {
    return await step();
  } catch (error) {
    if (error instanceof Refusal) {
      const { code, detail } = error;
      const why = detail.reason ? { code, reason: detail.reason } : { code };
      await inTransaction(async (tx) => tx.record('sso.refuse', subjects, why));
    }
    throw error;
  }
}
