/**
 * Live: tells the browsers that are open what changed, as it is committed, on whichever process. Owns no table: it hears the
 * database's word of `events` and passes on ids alone, to those who may see the case at that moment.
 */
export { type Live, openLive } from './live.ts';
export { liveEndpoints } from './routes.ts';
