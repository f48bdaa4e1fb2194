import { sql } from 'kysely';
import type { Tx } from '#src/platform/transaction.ts';

export type FailedImport = {
  id: string;
  institutionName: string;
  failedAt: Date;
  /** The last line that is in. */
  line: number;
  /** As it is stored. */
  reason: string | null;
};

/** The files that were not taken in to their end within the last day. */
export async function findFailedImports(tx: Tx): Promise<FailedImport[]> {
  const { rows } = await sql<FailedImport>`
    select imports.id, institutions.name as "institutionName", finished_at as "failedAt", done_line as line, reason
    from imports join institutions on institutions.id = institution_id
    where state = 'failed' and finished_at > now() - interval '1 day' order by finished_at limit 100`.execute(
    tx,
  );
  return rows;
}
