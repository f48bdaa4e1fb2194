import { type Alerting, tellOfYears } from '#src/modules/alerts/index.ts';
import { expireCases, foldCounts } from '#src/modules/cases/index.ts';
import type { ClockWork } from '#src/modules/rehearsal/index.ts';
import { eraseDue } from '#src/modules/retention/index.ts';

/**
 * What the product does with cases by the clock, as a rehearsal has it done after each step of the time. Whatever else follows
 * from the product's time alone is added here as well as to the schedule.
 */
export const clockWork = ({ inTransaction, how }: Alerting, remind: () => Promise<unknown>): ClockWork => [
  // Before cases are closed: what was for a moment before comes first.
  remind,
  () => expireCases(inTransaction),
  () => inTransaction(foldCounts),
  () => eraseDue(inTransaction),
  () => tellOfYears({ inTransaction, how }),
];
