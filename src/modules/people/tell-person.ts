import { z } from 'zod';
import type { Tx } from '#src/platform/transaction.ts';

export const tellQueue = 'tell-person';

const userId = z.uuid().nullable();

/** Whole seconds in a job, so that a job holds nothing but ids, codes and numbers. */
const instant = z
  .number()
  .int()
  .transform((seconds) => new Date(seconds * 1000));

/** What somebody is to be told by mail. It holds ids only; links and addresses are looked up or made when the mail is written. */
export const Telling = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('invitation'), invitationId: z.uuid() }),
  z.object({ kind: z.enum(['password_reset', 'email_confirmation']), userId }),
  z.object({
    kind: z.enum(['password_changed', 'email_changed', 'second_factor_changed']),
    userId,
    at: instant,
  }),
  z.object({ kind: z.literal('account_locked'), userId, at: instant, minutes: z.number().int() }),
]);

export type Telling = z.output<typeof Telling>;

/**
 * Has somebody told by mail, once the transaction has committed. Without a person (`userId` null) the same is done for nobody,
 * so that it takes as long to refuse a stranger as to help a user.
 */
export const tellPerson = (tx: Tx, telling: Telling): Promise<void> =>
  tx.enqueue(tellQueue, [
    { data: 'at' in telling ? { ...telling, at: Math.floor(telling.at.getTime() / 1000) } : telling },
  ]);
