/**
 * Cases (案件): a request followed until it is closed. Owns `cases`, `case_events` and the kept counts; every change of a
 * status goes through `moveCase`. What an answer is made of belongs to `answers`.
 */
export { Case, CaseRow, Payment, paymentMethods, RegisteredAnswer, ShownAnswer } from './case-schemas.ts';
