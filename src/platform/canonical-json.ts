import { createHash } from 'node:crypto';

/** A value as JSON with sorted names and no blanks, so that equal values give equal texts. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

/** The SHA-256 of a value's canonical JSON. */
export const sha256Of = (value: unknown): Buffer =>
  createHash('sha256').update(canonicalJson(value)).digest();
