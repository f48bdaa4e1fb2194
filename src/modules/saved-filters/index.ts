/**
 * Saved filters (保存した条件): queries of the list of cases that a person keeps for themselves, as one of their memberships. Owns
 * `saved_filters`; the list itself belongs to `cases`.
 */
export { savedFilterEndpoints } from './routes.ts';
