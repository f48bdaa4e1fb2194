/**
 * The operators' console (運用): what waits for an operator, who looks after a case, what operators note about it for
 * themselves, and what they do with many cases at once. Owns `case_notes`; of everything else that waits it reads numbers alone.
 */
export { bulkEndpoints } from './bulk/routes.ts';
export { consoleEndpoints } from './routes.ts';
