/**
 * Adapters (接続): messages of providers become cases by the same path as every request. Owns the `adapter…` tables; what a
 * message says is read in `domain/`, whether it is believed and what became of it is here.
 */
export { eraseOldMessages } from './erase-old-messages.ts';
export { adapterEndpoints } from './routes.ts';
