import { sql } from 'kysely';
import type { z } from 'zod';
import type { Database } from '#src/platform/database.ts';
import type { AuditTrail } from './audit-schemas.ts';

type Trail = z.input<typeof AuditTrail>;
type Row = Pick<Trail, 'head'> & {
  line: string | null;
  verification: NonNullable<Trail['lastVerification']> | null;
};

/** The state of the trail, in one statement. */
export async function getTrail(db: Database): Promise<Trail> {
  const { rows } = await sql<Row>`
    select
      (select json_build_object('sequence', entry.sequence, 'hash', encode(entry.hash, 'hex'), 'at', ${utc('entry.at')})
       from audit_head join audit_entries entry on entry.sequence = audit_head.sequence) as head,
      (select line from audit_anchors order by sequence desc limit 1) as line,
      (select jsonb_build_object('at', ${utc('at')}) || details from audit_entries
       where action = 'audit.verify' order by sequence desc limit 1) as verification`.execute(db);
  const [row] = rows;
  return {
    head: row?.head ?? null,
    lastAnchor: row?.line ? signed(row.line) : null,
    lastVerification: row?.verification ?? null,
  };
}

const utc = (column: string) =>
  sql`to_char(${sql.ref(column)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

function signed(line: string): NonNullable<Trail['lastAnchor']> {
  const { anchor, key } = JSON.parse(line);
  const { sequence, hash, entries, signedAt } = anchor;
  return { sequence, hash, entries, signedAt, key };
}
