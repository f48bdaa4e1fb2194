/** The catalogue as the API tells it: notification types and what an answer to each is made of. Owns no table. */
export { catalogueEndpoints } from './routes.ts';
