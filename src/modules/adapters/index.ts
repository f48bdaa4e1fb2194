/**
 * Adapters (接続): messages of providers become cases by the same path as every request. Owns the `adapter…` tables; what a
 * message says is read in `domain/`, whether it is believed and what became of it is here. Answers go back in `replies/`.
 */
export { eraseOldMessages } from './erase-old-messages.ts';
export * from './replies/index.ts';
export { adapterEndpoints } from './routes.ts';
