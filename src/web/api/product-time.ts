import { useSyncExternalStore } from 'react';

/** The server tells its time to the second, so less is no difference. */
const leastMs = 1_500;

let aheadMs = 0;
const listeners = new Set<() => void>();

/** Keeps how much the product's time, as the server tells it, is ahead of this machine's clock. */
export function keepProductTime(now: string): void {
  const told = Date.parse(now) - Date.now();
  if (Math.abs(told - aheadMs) < leastMs) return;
  aheadMs = told;
  for (const listener of listeners) listener();
}

/** The product's time: what is due and overdue goes by it, and not by the clock of this machine. */
export const productTime = (): Date => new Date(Date.now() + aheadMs);

/** The same for what shows it, which is shown anew when it is moved. */
export function useProductTime(): Date {
  useSyncExternalStore(subscribe, () => aheadMs);
  return productTime();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
