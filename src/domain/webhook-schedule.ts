const minute = 60;
const hour = 60 * minute;

/** Seconds after each try that failed until the next one: thirteen tries over three days and more. */
const waits = [
  minute,
  5 * minute,
  15 * minute,
  30 * minute,
  ...[1, 2, 4, 8, 12, 14, 16, 18].map((hours) => hours * hour),
] as const;

/** How often a webhook is sent before it is given up. */
export const mostTries = waits.length + 1;

/** An endpoint that accepted nothing for so long is switched off. */
export const longestFailureSeconds = 75 * hour;

const longestWaitAsked = 24 * hour;
const mostJitter = 0.2;

type Failed = {
  /** Tries so far, this one among them. */
  tries: number;
  /** Seconds that the receiver asked for (Retry-After). */
  asked?: number | undefined;
  /** From 0 to 1; spreads what failed together. */
  chance: number;
};

/**
 * Seconds to wait after a try that failed; undefined when it was the last. Chance only ever prolongs a wait, and so does what the
 * receiver asks for, up to a day.
 */
export function waitAfter({ tries, asked = 0, chance }: Failed): number | undefined {
  const wait = waits[tries - 1];
  if (wait === undefined) return undefined;
  return Math.round(Math.max(wait, Math.min(asked, longestWaitAsked)) * (1 + mostJitter * chance));
}

/** The seconds that a Retry-After header names, as a number or as a date; undefined when it names none. */
export function readRetryAfter(header: string | undefined, now: Date): number | undefined {
  const text = header?.trim() ?? '';
  if (/^\d{1,9}$/.test(text)) return Number(text);
  const at = /[a-z]/i.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? undefined : Math.max(0, (at - now.getTime()) / 1000);
}
