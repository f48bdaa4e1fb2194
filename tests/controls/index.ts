import { adapterControls } from './adapters.ts';
import { afterTheAnswerControls } from './after-the-answer.ts';
import { alertControls } from './alerts.ts';
import { consoleControls } from './console.ts';
import type { Control } from './control.ts';
import { importControls } from './imports.ts';
import { mailControls } from './mail.ts';
import { operationControls } from './operations.ts';
import { reminderControls } from './reminders.ts';
import { replyControls } from './replies.ts';
import { returnControls } from './returns.ts';
import { timeAndNoticeControls } from './time-and-notice.ts';

/** All negative controls, by subject. */
export const controls: Readonly<Record<string, readonly Control[]>> = {
  adapters: adapterControls,
  'after-the-answer': afterTheAnswerControls,
  alerts: alertControls,
  console: consoleControls,
  imports: importControls,
  mail: mailControls,
  operations: operationControls,
  reminders: reminderControls,
  replies: replyControls,
  returns: returnControls,
  'time-and-notice': timeAndNoticeControls,
};
