import { announceLater } from '#src/modules/mail/index.ts';
import { planReminders } from '#src/modules/reminders/index.ts';
import { tellOf } from '#src/modules/steps/index.ts';
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
  open_correction: [noteEvent('case.correction_opened'), tellOf('open_correction')],
  ask_again: [noteEvent('case.follow_up_asked'), tellOf('ask_again')],
  end_correction: [noteEvent('case.correction_ended'), tellOf('end_correction')],
  request_correction: [noteEvent('case.correction_requested'), tellOf('request_correction')],
  refuse_correction: [noteEvent('case.correction_refused'), tellOf('refuse_correction')],
  request_extension: [noteEvent('case.extension_requested'), tellOf('request_extension')],
  grant_extension: [noteEvent('case.extension_granted'), tellOf('grant_extension')],
  refuse_extension: [noteEvent('case.extension_refused'), tellOf('refuse_extension')],
  withdraw: [noteEvent('case.withdrawn'), tellOf('withdraw')],
  expire: [noteEvent('case.expired'), tellOf('expire')],
});
