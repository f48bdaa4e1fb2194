/**
 * API keys (APIキー): who may make one for whom, how one takes the place of another, and whom a key stands for. Owns `api_keys`.
 * A key is known to its owner alone; stored is its SHA-256, and its first letters to tell it from others.
 */
export { addApiKey } from './add-api-key.ts';
export { findKeyActor } from './find-key-actor.ts';
export { keyEndpoints } from './routes.ts';
