import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { Refusal } from '#src/domain/refusals.ts';
import { addressBlockOf } from '#src/platform/http/network.ts';
import type { Tx } from '#src/platform/transaction.ts';
import { tokenHash } from './tokens.ts';

/** The limits stand in migration 0008 too, where passwords are counted and looked up by one call. */
const guessesAllowed = 5;
export const lockMinutes = 30;

export type FactorMethod = 'totp' | 'passkey' | 'recovery_code';

/** Where a guess was counted, and in which round, so that a right one can be given back. */
export type Guess = { counter: Buffer; round: number; isLast: boolean };

export type PasswordGuess = Guess & {
  address: { counter: Buffer; round: number } | null;
  lockedSeconds: number;
  /** The device, if the person has signed in from it before. */
  device: Buffer | null;
  user: {
    id: string;
    passwordHash: string | null;
    methods: FactorMethod[];
    membershipId: string;
    membershipCount: number;
  } | null;
};

type Guesser = { loginId: string; deviceToken: string | undefined; address: string };

type Row = {
  counter: Buffer;
  guess_round: number | null;
  guesses_taken: number | null;
  address_round: number | null;
  locked_seconds: number;
  user_id: string | null;
  password_hash: string | null;
  device: Buffer | null;
  methods: FactorMethod[] | null;
  membership_id: string;
  membership_count: number;
};

/**
 * Takes a guess at a password before it is checked, and looks up whose it would be, in one statement. It is counted for the
 * person's own device where they signed in from it before, and otherwise for the user id and for the network address.
 */
export async function countPasswordGuess(
  tx: Tx,
  { loginId, deviceToken, address }: Guesser,
): Promise<PasswordGuess> {
  const addressCounter = hashOf(`address:${addressBlockOf(address)}`);
  const { rows } = await sql<Row>`
    select * from count_password_guess(${loginId}, ${userCounter(loginId)},
      ${deviceToken === undefined ? null : tokenHash(deviceToken)}::bytea, ${addressCounter})`.execute(tx);
  const [row] = rows;
  if (!row) throw new Error('counting a guess gave no row');
  return {
    counter: row.counter,
    round: row.guess_round ?? 0,
    isLast: row.guesses_taken === guessesAllowed,
    address: row.address_round === null ? null : { counter: addressCounter, round: row.address_round },
    lockedSeconds: row.locked_seconds,
    device: row.device,
    user: row.user_id === null ? null : userOf(row, row.user_id),
  };
}

const userOf = (row: Row, id: string): PasswordGuess['user'] => ({
  id,
  passwordHash: row.password_hash,
  methods: row.methods ?? [],
  membershipId: row.membership_id,
  membershipCount: row.membership_count,
});

/** Takes a guess at a second factor, or of somebody who proves once more who they are. It throws when none is left. */
export async function countGuess(tx: Tx, counter: Buffer): Promise<Guess> {
  const { rows } = await sql<{ round: number; taken: number; locked: number }>`
    select guess_round as round, guesses_taken as taken, locked_seconds as locked
    from count_guess(${counter}, ${guessesAllowed}, make_interval(mins => ${lockMinutes}),
      make_interval(mins => ${lockMinutes}), 0)`.execute(tx);
  const [row] = rows;
  if (!row || row.locked > 0) throw locked(row?.locked ?? 0);
  return { counter, round: row.round, isLast: row.taken === guessesAllowed };
}

/** A right guess does not count. */
export async function giveBackGuess(
  tx: Tx,
  { counter, round }: Pick<Guess, 'counter' | 'round'>,
): Promise<void> {
  await sql`select give_back_guess(${counter}, ${round})`.execute(tx);
}

/** Where guesses at a user id are counted, from devices nobody has signed in from before. */
export const userCounter = (loginId: string): Buffer => hashOf(`user:${loginId}`);

/** The device a token stands for, if the person has signed in from it before. */
export async function knownDevice(
  tx: Tx,
  userId: string,
  deviceToken: string | undefined,
): Promise<Buffer | null> {
  if (deviceToken === undefined) return null;
  const device = await tx
    .selectFrom('devices')
    .select('token_hash')
    .where('token_hash', '=', tokenHash(deviceToken))
    .where('user_id', '=', userId)
    .executeTakeFirst();
  return device?.token_hash ?? null;
}

/** Where guesses of a signed-in person are counted: for their device where it is known, else for their user id. */
export async function counterOf(tx: Tx, userId: string, deviceToken: string | undefined): Promise<Buffer> {
  const { rows } = await sql<{ loginId: string; device: Buffer | null }>`
    select login_id as "loginId",
      (select token_hash from devices where token_hash = ${deviceToken === undefined ? null : tokenHash(deviceToken)}::bytea
        and user_id = users.id) as device
    from users where id = ${userId}`.execute(tx);
  const [row] = rows;
  if (!row) throw new Refusal('not_signed_in');
  return row.device ?? userCounter(row.loginId);
}

/** Forgets the wrong guesses at somebody's user id, so that they may sign in at once; for those who may manage them. */
export async function unlockUser(tx: Tx, { id }: { id: string }): Promise<void> {
  await sql`select unlock_sign_in(${id})`.execute(tx);
  tx.record('user.unlock', [id]);
}

/** Forgets counts that nobody has added to for two days. */
export async function forgetOldGuesses(tx: Tx): Promise<void> {
  await sql`delete from guess_counts where counted_from < now() - interval '2 days'
    and (locked_until is null or locked_until < now() - interval '2 days')`.execute(tx);
  await sql`delete from devices where last_used_at < now() - interval '180 days'`.execute(tx);
  await sql`delete from challenges where expires_at < now()`.execute(tx);
  await sql`delete from sign_ins where expires_at < now()`.execute(tx);
  await sql`delete from attempt_counts where counted_from < now() - interval '2 days'`.execute(tx);
  await sql`delete from password_resets where expires_at < now()`.execute(tx);
  await sql`delete from email_changes where expires_at < now() - interval '2 days'`.execute(tx);
}

/** The refusal of who has guessed wrong too often. */
export const locked = (seconds: number = lockMinutes * 60): Refusal =>
  new Refusal('too_many_attempts', { minutes: Math.max(1, Math.ceil(seconds / 60)) });

const hashOf = (what: string): Buffer => createHash('sha256').update(what).digest();
