import type { Reaction } from '#src/platform/transaction.ts';

/** The queue whose job looks for answers that are to be sent to providers, and sends them. */
export const replyQueue = 'send-replies';

/**
 * Has a registered answer sent to the provider that asked. What is to be sent stands in `adapter_replies`, which the database
 * writes with the answer; this only says that there is something to look for, at once.
 */
export const sendReplyLater: Reaction = (tx) => tx.enqueue(replyQueue, [{ data: {} }]);
