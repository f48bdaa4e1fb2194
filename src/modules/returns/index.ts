/**
 * The return channel (回答の返送): the ways by which registered answers get back to the institutions that asked. Reads `answers`
 * and the feed's order in `events`, and changes neither. Owns the `return_…` tables: which answer is in which file.
 */
export { returnFileEndpoints } from './files/file-routes.ts';
export { openPlace } from './files/open-place.ts';
export type { Place } from './files/place.ts';
export { returnQueues } from './files/queues.ts';
export { getSheet } from './print-answer.ts';
export { returnEndpoints } from './routes.ts';
export { openPrinter, type Printer } from './sheet/printer.ts';
