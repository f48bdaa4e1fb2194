/**
 * Reminders (督促): whom to remind of a case when, once each and never after it is closed. Owns `reminder_settings`,
 * `reminder_ladders`, `reminder_plans`, `reminders`, `reminder_mails` and `reminder_holds`. The rules themselves are in `domain`.
 */
export { planReminders } from './plan-reminders.ts';
export { openReminders } from './queues.ts';
export { refreshReminder } from './refresh-reminder.ts';
export { reminderEndpoints } from './routes.ts';
