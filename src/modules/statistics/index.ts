/**
 * Statistics (統計) for operators: how many requests came, how long their answers took, and how many were in time. Owns nothing and
 * keeps nothing; it counts what stands in indexes of `cases`.
 */
export { statisticsEndpoints } from './routes.ts';
