import type { Control } from './control.ts';
import { importControls } from './imports.ts';
import { reminderControls } from './reminders.ts';

/** All negative controls, by subject. */
export const controls: Readonly<Record<string, readonly Control[]>> = {
  imports: importControls,
  reminders: reminderControls,
};
