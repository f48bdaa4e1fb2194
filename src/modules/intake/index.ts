/**
 * Intake: requests become cases, one by one or many at a time, each at most once, and what the form for one of them needs.
 * Owns `supplement_templates`.
 */
export { type Foreseen, foresee } from './foresee.ts';
export { formEndpoints } from './form/routes.ts';
export { CaseRequest } from './request-schema.ts';
export { intakeEndpoints, toLineResult } from './routes.ts';
export { type Outcome, takeIn } from './take-in.ts';
export { type LineOutcome, takeInLines } from './take-in-lines.ts';
