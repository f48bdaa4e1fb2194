import type { Control } from './control.ts';

const alerts = 'src/modules/alerts/alerts.test.ts';

/** What keeps mails to operators to once each, and to those who can do something. */
export const alertControls: readonly Control[] = [
  {
    without: 'noting that a mail was written',
    file: 'src/modules/alerts/tell-once.ts',
    take: 'if (rows.length === 0) return false;',
    put: 'if (rows.length < 0) return false;',
    tests: alerts,
    fails: 'is told of once',
  },
  {
    without: 'waiting for somebody to tell',
    file: 'src/modules/alerts/tell-once.ts',
    take: 'if (to.length === 0) return false;',
    put: "if (to.length === 0) await tx.insertInto('alerts').values({ kind, subject, people: 1 }).execute();",
    tests: alerts,
    fails: 'waits for somebody',
  },
  {
    without: 'leaving confirmed years out',
    file: 'src/modules/calendar/years-to-confirm.ts',
    take: '!confirmed.includes(year)',
    put: 'confirmed !== undefined',
    tests: alerts,
    fails: 'not once it is confirmed',
  },
  {
    without: 'looking ahead',
    file: 'src/modules/calendar/years-to-confirm.ts',
    take: 'const daysAhead = 120;',
    put: 'const daysAhead = 0;',
    tests: alerts,
    fails: '120 days before it begins',
  },
];
