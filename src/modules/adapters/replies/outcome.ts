import type { ReplyReason } from '#src/domain/replies.ts';
import type { Heard } from './line.ts';

/** What a try to send an answer came to. */
export type Outcome =
  | { is: 'sent'; providerReference: string | null }
  | {
      is: 'again';
      reason: ReplyReason;
      askedSeconds?: number | undefined;
      /** The provider remembers a failure under the key, and would answer the same for a day. */
      needsNewKey?: boolean;
    }
  /** The provider did not let us in: nothing can be sent by this adapter until somebody mends it. */
  | { is: 'broken' }
  | { is: 'failed' | 'none'; reason: ReplyReason };

/** What every provider means by a status, where it is no success. */
export function outcomeOf(heard: Heard | undefined): Outcome | undefined {
  if (!heard) return { is: 'again', reason: 'not_reached' };
  const { status, askedSeconds } = heard;
  if (status >= 200 && status < 300) return undefined;
  if (status === 401) return { is: 'broken' };
  // Of this one dispute or account, for all that is known: the others must not wait for it.
  if (status === 403) return { is: 'failed', reason: 'not_permitted' };
  const isBusy = status === 408 || status === 409 || status === 425 || status === 429 || status >= 500;
  if (isBusy) return { is: 'again', reason: 'busy', askedSeconds };
  if (status === 404) return { is: 'failed', reason: 'unknown_dispute' };
  return { is: 'failed', reason: status >= 400 ? 'refused' : 'unexpected' };
}
