import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { longestFailureSeconds, mostTries, readRetryAfter, waitAfter } from './webhook-schedule.ts';

const chances = fc.double({ min: 0, max: 1, noNaN: true });
const askedFor = fc.option(fc.nat({ max: 10_000_000 }), { nil: undefined });

describe('the tries of a webhook', () => {
  it('are twelve or more over 75 hours or more, whatever chance and the receiver want (INV-20)', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(chances, askedFor), { minLength: 50, maxLength: 50 }), (luck) => {
        let seconds = 0;
        let tries = 1;
        for (const [chance, asked] of luck) {
          const wait = waitAfter({ tries, asked, chance });
          if (wait === undefined) break;
          expect(wait).toBeGreaterThanOrEqual(Math.min(asked ?? 0, 86_400));
          // A day is the longest that a receiver can ask for, and chance adds a fifth.
          expect(wait).toBeLessThanOrEqual(86_400 * 1.2);
          seconds += wait;
          tries += 1;
        }
        expect(tries).toBe(mostTries);
        expect(tries).toBeGreaterThanOrEqual(12);
        expect(seconds).toBeGreaterThanOrEqual(75 * 3600);
        expect(seconds).toBeGreaterThanOrEqual(longestFailureSeconds);
      }),
      { numRuns: 2000 },
    );
  });

  it('are spread by chance', () => {
    const waits = [0, 0.25, 0.5, 1].map((chance) => waitAfter({ tries: 5, chance }));
    expect(waits).toEqual([3600, 3780, 3960, 4320]);
  });
});

describe('Retry-After', () => {
  const now = new Date('2026-11-25T00:00:00Z');

  it.each([
    ['120', 120],
    [' 5 ', 5],
    ['Wed, 25 Nov 2026 00:10:00 GMT', 600],
    ['Tue, 24 Nov 2026 00:00:00 GMT', 0],
    ['-5', undefined],
    ['1e9', undefined],
    ['99999999999', undefined],
    ['soon', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('%j is %j seconds', (header, seconds) => {
    expect(readRetryAfter(header, now)).toBe(seconds);
  });
});
