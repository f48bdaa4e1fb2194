import type { Control } from './control.ts';

/** What keeps operators' notes to themselves and to their time. */
export const consoleControls: readonly Control[] = [
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
