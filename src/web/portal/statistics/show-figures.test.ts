import { describe, expect, it } from 'vitest';
import { showHours, showShare, ticksTo } from './show-figures.ts';

describe('figures as people read them', () => {
  it('are days and hours', () => {
    expect([0, 5, 24, 52].map((hours) => showHours(hours, 'ja'))).toEqual([
      '0時間',
      '5時間',
      '1日',
      '2日4時間',
    ]);
    expect([0, 24, 52].map((hours) => showHours(hours, 'en'))).toEqual(['0 h', '1 d', '2 d 4 h']);
  });

  it('are per cents to a tenth, and all only when it is all', () => {
    expect([0, 0.5, 0.9996, 1, 0.1234].map((share) => showShare(share, 'ja'))).toEqual([
      ...['0%', '50%', '99.9%', '100%', '12.3%'],
    ]);
  });
});

describe('the lines of a plot', () => {
  it('stand at round numbers and reach the most', () => {
    expect(ticksTo(0, 'count')).toEqual([0, 1]);
    expect(ticksTo(3, 'count')).toEqual([0, 1, 2, 3]);
    expect(ticksTo(130, 'count')).toEqual([0, 50, 100, 150]);
    expect(ticksTo(130, 'hours')).toEqual([0, 48, 96, 144]);
    for (const most of [1, 7, 99, 1234, 98_765]) {
      const ticks = ticksTo(most, 'count');
      expect([(ticks.at(-1) as number) >= most, ticks.length <= 6]).toEqual([true, true]);
    }
  });
});
