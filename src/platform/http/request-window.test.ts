import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RequestWindows } from './request-window.ts';

const aClock = () => {
  let now = 0;
  const passes = (milliseconds: number): void => {
    now += milliseconds;
  };
  return { now: () => now, passes };
};

describe('a window of requests', () => {
  it('allows the limit, then nothing until it ends, then the limit again', () => {
    const clock = aClock();
    const windows = new RequestWindows({ limit: 3, seconds: 60 }, { now: clock.now });
    const take = () => windows.take('key');
    expect([take(), take(), take()].map(({ remaining }) => remaining)).toEqual([2, 1, 0]);
    clock.passes(20_500);
    expect(take()).toEqual({ isAllowed: false, remaining: 0, resetSeconds: 40 });
    clock.passes(39_499);
    expect(take().isAllowed).toBe(false);
    clock.passes(1);
    expect(take()).toEqual({ isAllowed: true, remaining: 2, resetSeconds: 60 });
  });

  it('counts each caller for itself, and takes a call back', () => {
    const windows = new RequestWindows({ limit: 1, seconds: 60 });
    expect([windows.take('one').isAllowed, windows.take('two').isAllowed]).toEqual([true, true]);
    windows.giveBack('one');
    windows.giveBack('three');
    expect([windows.take('one').isAllowed, windows.take('two').isAllowed]).toEqual([true, false]);
    windows.forget('two');
    expect([windows.knows('one'), windows.knows('two')]).toEqual([true, false]);
  });

  it('never allows more than the limit within a window, whenever the calls come', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5 }),
        fc.array(fc.tuple(fc.constantFrom('a', 'b'), fc.integer({ min: 0, max: 4_000 })), { maxLength: 60 }),
        (limit, calls) => {
          const clock = aClock();
          const windows = new RequestWindows({ limit, seconds: 10 }, { now: clock.now });
          const opened = new Map<string, { at: number; allowed: number }>();
          for (const [caller, pause] of calls) {
            clock.passes(pause);
            const before = opened.get(caller);
            const window =
              before && clock.now() < before.at + 10_000 ? before : { at: clock.now(), allowed: 0 };
            opened.set(caller, window);
            const { isAllowed, remaining } = windows.take(caller);
            expect(isAllowed).toBe(window.allowed < limit);
            if (isAllowed) window.allowed += 1;
            expect(remaining).toBe(limit - window.allowed);
          }
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it('remembers a bounded number of callers, the newest', () => {
    const clock = aClock();
    const windows = new RequestWindows({ limit: 1, seconds: 60 }, { most: 3, now: clock.now });
    for (const caller of ['a', 'b', 'c', 'd']) windows.take(caller);
    expect(['a', 'b', 'c', 'd'].map((caller) => windows.knows(caller))).toEqual([false, true, true, true]);
    clock.passes(60_000);
    windows.take('e');
    expect(['b', 'c', 'd', 'e'].map((caller) => windows.knows(caller))).toEqual([false, false, false, true]);
  });
});
