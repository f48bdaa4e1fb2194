/**
 * Webhooks and the feed of events: what happens to cases, told to the systems of merchants and institutions. Owns `events` and
 * the `webhook_…` tables. Events are written with the step they tell of, placed in the feed after it, and sent until they arrive.
 */
export { noteEvent } from './note-event.ts';
export { openPostman } from './postman.ts';
export { webhookQueues } from './queues.ts';
export { webhookEndpoints } from './routes.ts';
export type { StoppedNews, TellStopped } from './stopped-news.ts';
