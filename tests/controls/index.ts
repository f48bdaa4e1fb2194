import type { Control } from './control.ts';
import { reminderControls } from './reminders.ts';

/** All negative controls, by subject. */
export const controls: Readonly<Record<string, readonly Control[]>> = {
  reminders: reminderControls,
};
