/**
 * Cases (案件): a request followed until it is closed. Owns `cases`, `case_events` and the kept counts; every change of a
 * status goes through `moveCase`. What an answer is made of belongs to `answers`.
 */
export { assignCase, assignCases, requireOperator } from './assign-case.ts';
export { selectCaseHeads, toCaseHead } from './case-columns.ts';
export {
  Case,
  Payment,
  PersonalDataState,
  paymentMethods,
  RegisteredAnswer,
  ShownAnswer,
} from './case-schemas.ts';
export { expireCases, withdrawCase } from './close-cases.ts';
export { foldCounts } from './count-cases.ts';
export {
  getCase,
  openAnswer,
  paymentColumns,
  possibleActionsFor,
  sealedColumns,
  toPayment,
  toRegisteredAnswer,
} from './get-case.ts';
export { type LockedCase, lockCase, moveCase } from './move-case.ts';
export {
  customerIndex,
  openPersonalData,
  type PersonalData,
  sealRequest,
  seesPersonalData,
  versionOf,
  type WrittenAnswer,
} from './personal-data.ts';
export { requestEndpoints } from './request-routes.ts';
export { caseEndpoints } from './routes.ts';
export { visibleTo } from './visible-to.ts';
