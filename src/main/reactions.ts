import { sendReplyLater } from '#src/modules/adapters/index.ts';
import { announceLater } from '#src/modules/mail/index.ts';
import { planReminders } from '#src/modules/reminders/index.ts';
import { type ToldStep, tellOf } from '#src/modules/steps/index.ts';
import { noteEvent } from '#src/modules/webhooks/index.ts';
import type { Reactions } from '#src/platform/transaction.ts';

type Settings = { gatherSeconds: number };

/**
 * Everything that follows from a step in the life of a case. A reaction only queues work in the transaction of the step, so
 * a mail server that is down delays the mail and nothing else.
 */
export const reactionsWith = ({ gatherSeconds }: Settings): Reactions => {
  const tell = (step: ToldStep) => tellOf(step, gatherSeconds);
  return {
    receive: [announceLater(gatherSeconds), planReminders, noteEvent('case.received')],
    register_answer: [noteEvent('case.answered'), sendReplyLater],
    open_correction: [noteEvent('case.correction_opened'), tell('open_correction')],
    ask_again: [noteEvent('case.follow_up_asked'), tell('ask_again')],
    end_correction: [noteEvent('case.correction_ended'), tell('end_correction')],
    request_correction: [noteEvent('case.correction_requested'), tell('request_correction')],
    refuse_correction: [noteEvent('case.correction_refused'), tell('refuse_correction')],
    request_extension: [noteEvent('case.extension_requested'), tell('request_extension')],
    grant_extension: [noteEvent('case.extension_granted'), tell('grant_extension')],
    refuse_extension: [noteEvent('case.extension_refused'), tell('refuse_extension')],
    withdraw: [noteEvent('case.withdrawn'), tell('withdraw')],
    expire: [noteEvent('case.expired'), tell('expire')],
  };
};
