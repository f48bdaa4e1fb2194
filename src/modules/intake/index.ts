/** Intake: institutions' requests become cases, one by one or as a file, each at most once. Owns no table. */
export { intakeEndpoints, toLineResult } from './routes.ts';
export { type LineOutcome, takeInLines } from './take-in-lines.ts';
