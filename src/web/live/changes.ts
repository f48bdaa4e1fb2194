import { useSyncExternalStore } from 'react';
import type { LiveEvent } from './connection.ts';

type Change = { at: number; received: number };

let changes: readonly Change[] = [];
let sequences: ReadonlyMap<string, number> = new Map();
const listeners = new Set<() => void>();
const keptChanges = 200;
const keptCases = 2_000;

/** Keeps what changed, for the pages that do not change under the reader's eyes. */
export function keepChange(event: LiveEvent): void {
  if (event.kind !== 'changed') return;
  changes = [...changes, { at: Date.now(), received: event.received }].slice(-keptChanges);
  const told = event.cases.map(({ caseId, sequence }) => [caseId, sequence] as const);
  sequences = new Map([...sequences, ...told].slice(-keptCases));
  for (const listener of listeners) listener();
}

/** How much changed since a list was asked for: steps of cases, and how many requests are new. */
export function useChangesSince(askedAt: number | undefined): { steps: number; received: number } {
  const all = useSyncExternalStore(subscribe, () => changes);
  const since = askedAt === undefined ? [] : all.filter(({ at }) => at >= askedAt);
  return { steps: since.length, received: since.reduce((sum, { received }) => sum + received, 0) };
}

/** The last place in the history of a case that was told of; 0 when nothing was. */
export const useLastSequence = (caseId: string): number =>
  useSyncExternalStore(subscribe, () => sequences).get(caseId) ?? 0;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
