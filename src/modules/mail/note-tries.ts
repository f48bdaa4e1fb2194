import { sql } from 'kysely';
import type { InTransaction, Tx } from '#src/platform/transaction.ts';
import { type Claimed, holdSeconds } from './claim-mails.ts';
import { markRecipient } from './note-report.ts';

/** What became of a try. `isKnown`: whether it is sure that the mail was delivered, or was not. */
export type Ended = {
  mailId: string;
  state: 'queued' | 'sent' | 'failed';
  isKnown: boolean;
  /** The code the server replied with, or what was wrong with the connection. */
  reply: string;
  host: string;
};

/** A try that ended, one that is about to begin, or both: a lane does not wait twice between two mails. */
type Note = { ended?: Ended | undefined; begins?: Claimed | undefined };

/** Whether the try may begin: not where somebody else has the mail in hand by now. */
export type NoteTry = (note: Note) => Promise<boolean>;

/**
 * Notes the beginnings and the ends of tries, all that came up while the last ones were being written in one transaction. A try
 * is counted as one of unknown end before its first byte leaves, and settled when its end is known: a process that dies leaves
 * just those in doubt that were on their way.
 */
export function noteTogether(inTransaction: InTransaction): NoteTry {
  let waiting: { note: Note; done: PromiseWithResolvers<boolean> }[] = [];
  let isWriting = false;
  const writeAll = async (): Promise<void> => {
    isWriting = true;
    while (waiting.length > 0) {
      const these = waiting;
      waiting = [];
      try {
        const begun = await inTransaction((tx) => writeNotes(tx, these));
        for (const { note, done } of these) done.resolve(begun.has(note.begins?.id ?? ''));
      } catch (error) {
        for (const { done } of these) done.reject(error);
      }
    }
    isWriting = false;
  };
  return (note) => {
    const done = Promise.withResolvers<boolean>();
    waiting.push({ note, done });
    if (!isWriting) void writeAll();
    return done.promise;
  };
}

async function writeNotes(tx: Tx, notes: readonly { note: Note }[]): Promise<Set<string>> {
  const ended = notes.flatMap(({ note }) => note.ended ?? []);
  const begins = notes.flatMap(({ note }) => note.begins ?? []);
  const lastErrors = await lock(tx, [...ended.map(({ mailId }) => mailId), ...begins.map(({ id }) => id)]);
  await settle(tx, ended, lastErrors);
  await markRefused(tx, ended);
  return beginTries(tx, begins);
}

type LastErrors = ReadonlyMap<string, string | null>;

/** Locks mails in one order, as the workers do that take them in hand. What went wrong with each the last time. */
async function lock(tx: Tx, ids: readonly string[]): Promise<LastErrors> {
  const { rows } = await sql<{ id: string; lastError: string | null }>`
    select id, last_error as "lastError" from mails where id = any(${ids}::uuid[]) order by id for update`.execute(
    tx,
  );
  return new Map(rows.map(({ id, lastError }) => [id, lastError]));
}

/** Counts a try of each that is still this worker's. Returns which are. */
export async function beginTries(tx: Tx, mails: readonly Claimed[]): Promise<Set<string>> {
  if (mails.length === 0) return new Set();
  const { rows } = await sql<{ id: string }>`
    update mails
    set taken_until = now() + make_interval(secs => ${holdSeconds}), unknown_tries = unknown_tries + 1, tries = tries + 1
    from unnest(${mails.map(({ id }) => id)}::uuid[], ${mails.map(({ token }) => token)}::timestamptz[]) as held (mail_id, token)
    where id = mail_id and taken_until = held.token and state = 'queued'
    returning id`.execute(tx);
  return new Set(rows.map(({ id }) => id));
}

async function settle(tx: Tx, all: readonly Ended[], lastErrors: LastErrors): Promise<void> {
  if (all.length === 0) return;
  // Tries that end alike, one after the other, are one line. The ids stand beside the rows, so that the index is walked for a few.
  const given = all.map((each) => ({
    ...each,
    kind: kinds[each.state],
    isTold: each.state !== 'queued' || each.reply !== lastErrors.get(each.mailId),
  }));
  await sql`
    with given as (
      select * from jsonb_to_recordset(${JSON.stringify(given)}::jsonb)
        as each ("mailId" uuid, state text, "isKnown" boolean, reply text, host text, kind text, "isTold" boolean)
    ), told as (
      insert into mail_events (mail_id, kind, reply, host) select "mailId", kind, reply, host from given where "isTold"
    )
    update mails
    set state = given.state, taken_until = null,
      last_error = case when given.state = 'sent' then null else given.reply end,
      sent_at = case when given.state = 'sent' then now() end,
      undelivered_since = case when given.state = 'failed' then coalesce(undelivered_since, now()) else undelivered_since end,
      unknown_tries = unknown_tries - "isKnown"::integer
    from given where id = "mailId" and id = any(${all.map(({ mailId }) => mailId)}::uuid[])`.execute(tx);
}

const kinds = { queued: 'not_taken', sent: 'handed_over', failed: 'failed' } as const;

/** An address that the server refuses for good is as one whose mails come back. */
async function markRefused(tx: Tx, ended: readonly Ended[]): Promise<void> {
  for (const { mailId, reply } of ended.filter(({ state, isKnown }) => state === 'failed' && isKnown)) {
    const mail = await tx
      .selectFrom('mails')
      .select(['id', 'mid', 'sealed_letter'])
      .where('id', '=', mailId)
      .executeTakeFirst();
    if (mail) await markRecipient(tx, mail, reply);
  }
}
