/**
 * Steps told by mail: whom a step in the life of a case is told to, and what the mail says. Owns `step_notices`; it reads cases and their
 * history, and the mails themselves are those of `mail`.
 */
export { stepQueues } from './queues.ts';
export { tellOf } from './tell-of.ts';
export type { ToldStep } from './told-steps.ts';
