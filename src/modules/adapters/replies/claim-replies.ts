import { sql } from 'kysely';
import type { AdapterKind } from '#src/domain/adapter-settings.ts';
import type { OutletSettings } from '#src/domain/replies.ts';
import type { Tx } from '#src/platform/transaction.ts';

/** A reply that one worker has in hand, and how its adapter sends. */
export type ClaimedReply = {
  id: string;
  adapterId: string;
  institutionId: string;
  caseId: string;
  version: number;
  reference: string | null;
  account: string | null;
  isSupplied: boolean;
  round: number;
  tries: number;
  kind: AdapterKind;
  isOn: boolean;
  settings: OutletSettings | null;
  sealedSecret: Buffer | null;
  secretSetAt: Date | null;
};

/** Longer than any try takes: a worker that died keeps others from a reply no longer than this. */
const holdSeconds = 180;

type Claim = { adapterId: string; atMost: number };

/**
 * Takes in hand what is due for an adapter, oldest first: of each case only its first version that still waits, so that versions
 * arrive in order. While the provider does not let us in, everything waits.
 */
export async function claimReplies(tx: Tx, { adapterId, atMost }: Claim): Promise<ClaimedReply[]> {
  const { rows } = await sql<ClaimedReply>`
    with due as (
      select id from adapter_replies waiting
      where adapter_id = ${adapterId} and state = 'waiting' and next_attempt_at <= now()
        and (taken_until is null or taken_until <= now())
        and not exists (
          select from adapter_replies earlier
          where earlier.case_id = waiting.case_id and earlier.state = 'waiting' and earlier.version < waiting.version)
        and not exists (select from adapter_outlets where adapter_id = ${adapterId} and is_on and broken_at is not null)
      order by next_attempt_at, id
      limit ${atMost}
      for update skip locked
    ), taken as (
      update adapter_replies set taken_until = now() + make_interval(secs => ${holdSeconds})
      from due where adapter_replies.id = due.id
      returning adapter_replies.*
    )
    select taken.id, taken.adapter_id as "adapterId", taken.institution_id as "institutionId", taken.case_id as "caseId",
      taken.version, taken.reference, taken.account, taken.is_supplied as "isSupplied", taken.round, taken.tries,
      adapters.kind, coalesce(outlet.is_on, false) as "isOn", outlet.settings,
      outlet.sealed_secret as "sealedSecret", outlet.secret_set_at as "secretSetAt"
    from taken join adapters on adapters.id = taken.adapter_id
      left join adapter_outlets outlet on outlet.adapter_id = taken.adapter_id
    order by taken.created_at, taken.version`.execute(tx);
  return rows;
}

/** The adapters for which something is due. */
export async function findDueAdapters(tx: Tx): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from adapters
    where exists (select from adapter_replies
        where adapter_id = adapters.id and state = 'waiting' and next_attempt_at <= now())
      and not exists (select from adapter_outlets where adapter_id = adapters.id and is_on and broken_at is not null)
    order by id`.execute(tx);
  return rows.map(({ id }) => id);
}
