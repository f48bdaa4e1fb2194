import { sql } from 'kysely';
import type { Database } from '#src/platform/database.ts';
import type { Signing } from '#src/platform/signing.ts';
import type { Tx } from '#src/platform/transaction.ts';
import { Anchor, lineHash, signAnchor } from './anchor.ts';
import type { Head } from './chain-verifier.ts';
import { type Verification, verifyTrail } from './verify-trail.ts';

export type Anchored = { anchor: Anchor; line: string };

type Before = { anchor: Anchor; line: string };

/** The newest anchor, as its line tells it. */
export async function lastAnchor(db: Database): Promise<Before | undefined> {
  const row = await db
    .selectFrom('audit_anchors')
    .select('line')
    .orderBy('sequence', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row && { anchor: anchorOf(row.line), line: row.line };
}

/** The anchor in a line that this product wrote; whether its signature holds is asked where it comes from outside. */
export const anchorOf = (line: string): Anchor =>
  Anchor.parse((JSON.parse(line) as { anchor: unknown }).anchor);

/**
 * Looks at everything that was added since the newest anchor, and at the entries of the anchors in the file outside. It is
 * done daily and stays quick however long the trail is; `npm run audit:verify` looks at all of it.
 */
export async function verifySinceAnchor(db: Database, outside: readonly Anchor[]): Promise<Verification> {
  const before = await lastAnchor(db);
  const known = new Map(outside.map((anchor) => [anchor.sequence, anchor]));
  if (before) known.set(before.anchor.sequence, before.anchor);
  const start = before && headOf(before.anchor);
  const recent = await verifyTrail(db, { anchors: outside, ...(start && { start }) });
  const upToStart = [...known.values()].filter(({ sequence }) => start && sequence <= start.sequence);
  const broken = await notAsSigned(db, upToStart);
  const findings = broken.map(({ sequence, at }) => ({ sequence, at, problems: ['anchor'] as const }));
  return { ...recent, findings: [...findings, ...recent.findings], count: recent.count + findings.length };
}

async function notAsSigned(db: Database, anchors: readonly Anchor[]): Promise<Anchor[]> {
  if (anchors.length === 0) return [];
  const rows = await db
    .selectFrom('audit_entries')
    .select(['sequence', 'hash'])
    .where('sequence', '=', sql<number>`any (${anchors.map(({ sequence }) => sequence)}::bigint[])`)
    .execute();
  const hashes = new Map(rows.map(({ sequence, hash }) => [sequence, hash.toString('hex')]));
  return anchors.filter(({ sequence, hash }) => hashes.get(sequence) !== hash);
}

const headOf = ({ sequence, hash }: Anchor): Head => ({ sequence, hash: Buffer.from(hash, 'hex') });

/**
 * Signs the end of the trail and keeps the line, from which the file and the mails are made. The signing is in the trail
 * itself. Undefined when nothing was ever recorded.
 */
export async function anchorTrail(tx: Tx, signing: Signing): Promise<Anchored | undefined> {
  const { rows } = await sql<{ sequence: number; hash: Buffer; at: string }>`
    select entry.sequence, entry.hash, to_char(entry.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at
    from audit_head join audit_entries entry on entry.sequence = audit_head.sequence`.execute(tx);
  const [head] = rows;
  if (!head) return undefined;
  const before = await lastAnchor(tx);
  const signedAt = new Date().toISOString();
  const anchor: Anchor = {
    sequence: head.sequence,
    hash: head.hash.toString('hex'),
    at: head.at,
    entries: head.sequence - (before?.anchor.sequence ?? 0),
    signedAt,
    previous: before ? lineHash(before.line) : null,
  };
  const line = signAnchor(anchor, signing);
  await tx
    .insertInto('audit_anchors')
    .values({ sequence: head.sequence, signed_at: signedAt, line })
    .execute();
  tx.record('audit.anchor', [], { sequence: head.sequence, entries: anchor.entries });
  return { anchor, line };
}
