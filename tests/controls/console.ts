import type { Control } from './control.ts';

/** What keeps operators' notes to themselves and to their time, and their figures right. */
export const consoleControls: readonly Control[] = [
  {
    without: 'leaving what changed after the preview',
    file: 'src/modules/console/bulk/carry-out-bulk.ts',
    take: `found && !isAsSeen ? 'changed_meanwhile' : whyLeftBy(action, found)`,
    put: `found && !isAsSeen ? whyLeftBy(action, found) : whyLeftBy(action, found)`,
    tests: 'src/modules/console/bulk/bulk.test.ts',
    fails: 'leaves a case that changed since',
  },
  {
    without: 'the lock of the chosen cases',
    file: 'src/modules/console/bulk/judge-cases.ts',
    take: 'lock ? sql`for update`',
    put: 'lock ? sql``',
    tests: 'src/modules/console/bulk/bulk.test.ts',
    fails: 'also when pressed twice at once',
  },
  {
    without: 'saving filters one after the other',
    file: 'src/modules/saved-filters/save-filter.ts',
    take: 'pg_advisory_xact_lock(hashtextextended(',
    put: 'length(concat(',
    tests: 'src/modules/saved-filters/saved-filters.test.ts',
    fails: 'one of thirty at most',
  },
  {
    without: 'weeks that begin in Japan',
    file: 'src/modules/statistics/count-figures.ts',
    take: `select first, first at time zone 'Asia/Tokyo' as from_at`,
    put: `select first, first at time zone 'UTC' as from_at`,
    tests: 'src/modules/statistics/statistics.test.ts',
    fails: 'in the week of Japan in which each happened',
  },
  {
    without: 'all that is counted by in the index of answers',
    file: 'db/migrations/0043_statistics.sql',
    take: 'include (requested_at, answered_late, notification_type, institution_id, mid, sid) where answered_at is not null',
    put: 'where answered_at is not null',
    tests: 'src/modules/statistics/many-cases.test.ts',
    fails: 'all of four weeks',
  },
  {
    without: 'erasing notes with their case',
    file: 'db/migrations/0034_console.sql',
    take: 'update case_notes set sealed_body = null where case_id = new.id;',
    put: 'perform 1;',
    tests: 'src/modules/retention/retention.test.ts',
    fails: 'of any cases, ages and holds',
  },
  {
    without: 'notes that stay as they were written',
    file: 'db/migrations/0034_console.sql',
    take: `for each row execute function refuse_change_but_erasure('sealed_body');`,
    put: `for each row when (old.id is null) execute function refuse_change_but_erasure('sealed_body');`,
    tests: 'src/modules/console/console.test.ts',
    fails: 'stays as it was written',
  },
];
