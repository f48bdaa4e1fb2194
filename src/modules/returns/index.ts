/**
 * The return channel (回答の返送): the ways by which registered answers get back to the institutions that asked. Reads `answers`
 * and the feed's order in `events`, and changes neither.
 */
export { returnEndpoints } from './routes.ts';
export { openPrinter, type Printer } from './sheet/printer.ts';
