/**
 * The operators' console (運用): what waits for an operator, who looks after a case, and what operators note about it for
 * themselves. Owns `case_notes`; of everything else that waits it reads numbers alone.
 */
export { consoleEndpoints } from './routes.ts';
