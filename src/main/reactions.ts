import { announceLater } from '#src/modules/mail/index.ts';
import { planReminders } from '#src/modules/reminders/index.ts';
import { noteEvent } from '#src/modules/webhooks/index.ts';
import type { Reactions } from '#src/platform/transaction.ts';

type Settings = { gatherSeconds: number };

/**
 * Everything that follows from a step in the life of a case. A reaction only queues work in the transaction of the step, so
 * a mail server that is down delays the mail and nothing else.
 */
export const reactionsWith = ({ gatherSeconds }: Settings): Reactions => ({
  receive: [announceLater(gatherSeconds), planReminders, noteEvent('case.received')],
  register_answer: [noteEvent('case.answered')],
  open_correction: [noteEvent('case.correction_opened')],
  withdraw: [noteEvent('case.withdrawn')],
  expire: [noteEvent('case.expired')],
});
