import type { Control } from './control.ts';

/** What keeps answers on their way back whole. */
export const returnControls: readonly Control[] = [
  {
    without: 'giving an answer that does not open its place',
    file: 'src/modules/returns/list-answers.ts',
    take: 'if (!(error instanceof SealingError)) throw error;',
    put: 'if (error instanceof SealingError) throw error;',
    tests: 'src/modules/returns/answers-feed.test.ts',
    fails: 'was damaged has its place',
  },
];
