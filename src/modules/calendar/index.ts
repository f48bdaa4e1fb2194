/**
 * The calendar (営業日・回答期限): closing days of the PSP and of institutions, the years in which they are confirmed, and the rules by
 * which institutions' requests fall due. Owns `closing_periods` and `confirmed_years`. A change never moves what is due already.
 */
export { addClosingPeriod } from './add-closing-period.ts';
export { ClosingDaysView } from './calendar-schemas.ts';
export { confirmYear } from './confirm-year.ts';
export { closingDaysJson, readClosingDays } from './read-closing-days.ts';
export { calendarEndpoints } from './routes.ts';
export { findYearsToConfirm } from './years-to-confirm.ts';
