import { hash } from 'node:crypto';

/** An entry of the audit trail as it is stored, with everything as text that the hash takes as text. */
export type ChainEntry = {
  sequence: string;
  /** In UTC with microseconds: `2026-11-25T06:30:00.123456Z`. */
  at: string;
  actorKind: string;
  actorId: string | null;
  actorTenant: string | null;
  actorRight: string | null;
  action: string;
  subjects: readonly (string | null)[];
  /** As `jsonb` prints it. */
  details: string;
  origin: string | null;
  requestId: string | null;
  previousHash: Buffer;
  hash: Buffer;
};

/** What stands before the first entry. */
export const zeroHash = Buffer.alloc(32);

/**
 * The hash an entry has to have, computed here and not by the database: SHA-256 over the hash before it and each field as its
 * length in bytes, a colon, its bytes and a comma; null is a minus and a comma. docs/decisions/0009 tells the order.
 */
export function hashOf(entry: Omit<ChainEntry, 'hash'>): Buffer {
  const { sequence, at, actorKind, actorId, actorTenant, actorRight, action, subjects } = entry;
  const { details, origin, requestId, previousHash } = entry;
  const before = [sequence, at, actorKind, actorId, actorTenant, actorRight, action, String(subjects.length)];
  const fields = [...before, ...subjects, details, origin, requestId].map(asField).join('');
  return hash('sha256', Buffer.concat([previousHash, Buffer.from(fields)]), 'buffer');
}

const asField = (value: string | null): string =>
  value === null ? '-,' : `${Buffer.byteLength(value)}:${value},`;
