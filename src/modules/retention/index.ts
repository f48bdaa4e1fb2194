/**
 * Retention (保存期間): how long personal data is kept, what keeps it longer (legal hold, リーガルホールド), and its erasure.
 * Owns `retention_periods` and `legal_holds`; what may be erased is decided by the database itself.
 */
export { eraseDue } from './erase-due.ts';
export { getRetention } from './get-retention.ts';
export { keepPeriods, type Periods } from './keep-periods.ts';
export { retentionEndpoints } from './routes.ts';
