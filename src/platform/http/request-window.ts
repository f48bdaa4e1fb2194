/** How many calls a caller may make within a window of seconds; the window opens with the first of them. */
export type Quota = { limit: number; seconds: number };

/** What is left of a caller's window. Refused calls count for nothing. */
export type Counted = { isAllowed: boolean; remaining: number; resetSeconds: number };

type Window = { count: number; endsAt: number };

/**
 * Counts calls by caller in this process's memory. A call is counted before anything is waited for, so that calls at the same
 * time cannot pass each other; what it remembers is bounded, and windows that are over are forgotten.
 */
export class RequestWindows {
  readonly quota: Quota;
  readonly #windows = new Map<string, Window>();
  readonly #most: number;
  readonly #now: () => number;

  constructor(quota: Quota, { most = 50_000, now = () => performance.now() } = {}) {
    this.quota = quota;
    this.#most = most;
    this.#now = now;
  }

  /** Whether the caller has called within the window. */
  knows(caller: string): boolean {
    const window = this.#windows.get(caller);
    return window !== undefined && window.endsAt > this.#now();
  }

  take(caller: string): Counted {
    const window = this.#windowOf(caller);
    const isAllowed = window.count < this.quota.limit;
    if (isAllowed) window.count += 1;
    return {
      isAllowed,
      remaining: this.quota.limit - window.count,
      resetSeconds: Math.max(1, Math.ceil((window.endsAt - this.#now()) / 1000)),
    };
  }

  /** Takes back a call that turned out to count for somebody else. */
  giveBack(caller: string): void {
    const window = this.#windows.get(caller);
    if (window && window.count > 0) window.count -= 1;
  }

  forget(caller: string): void {
    this.#windows.delete(caller);
  }

  #windowOf(caller: string): Window {
    const now = this.#now();
    const before = this.#windows.get(caller);
    if (before && before.endsAt > now) return before;
    this.#windows.delete(caller);
    this.#makeRoom(now);
    const window = { count: 0, endsAt: now + this.quota.seconds * 1000 };
    this.#windows.set(caller, window);
    return window;
  }

  /** All windows are equally long and stand in the order of their beginnings, so that those that are over come first. */
  #makeRoom(now: number): void {
    for (const [caller, { endsAt }] of this.#windows) {
      if (endsAt > now && this.#windows.size < this.#most) return;
      this.#windows.delete(caller);
    }
  }
}
