/**
 * The clock for rehearsals (リハーサル用の時計): moves the product's time in a demo or a test, and has done on the way what the clock
 * would have done. It must not exist anywhere else.
 */
export type { ClockWork } from './move-clock.ts';
export { rehearsalEndpoints } from './routes.ts';
