/** A jump of the database's clock by more than this puts a hold on reminders. */
const largestJumpMs = 3_600_000;

/** A clock of the process that nobody can set. */
export type Elapsed = () => number;

/** By how much the database's clock went further than time passed since it was last asked, when that is a jump; else 0. */
export type WatchClock = (databaseNow: Date) => number;

/**
 * Compares the database's real clock with one that cannot be set. The first look of a process has nothing to compare with, so that
 * a long outage is no jump. A clock that is set back sends nothing twice and needs no hold.
 */
export function watchClock(elapsed: Elapsed = () => performance.now()): WatchClock {
  let last: { database: number; elapsed: number } | undefined;
  return (databaseNow) => {
    const seen = { database: databaseNow.getTime(), elapsed: elapsed() };
    const before = last ?? seen;
    last = seen;
    const jumpMs = seen.database - before.database - (seen.elapsed - before.elapsed);
    return jumpMs > largestJumpMs ? jumpMs : 0;
  };
}
