import { sql } from 'kysely';
import type { z } from 'zod';
import { Refusal } from '#src/domain/refusals.ts';
import type { Asked } from '#src/platform/http/endpoint.ts';
import type { Tx } from '#src/platform/transaction.ts';
import type { FactorMethod } from './count-guess.ts';
import { sessionCookie, signInCookie, signInMinutes } from './session-cookie.ts';
import type { Session, SignInStep } from './session-schemas.ts';
import type { SignInParts } from './sign-in-parts.ts';
import { startSession } from './start-session.ts';
import { newToken, tokenHash } from './tokens.ts';

export type Step = 'second_factor' | 'enrolment' | 'recovery_codes' | 'membership';

/** What a step of signing in is answered with: the next one, or the session. */
export type SignInReply = z.input<typeof Session> | z.input<typeof SignInStep>;

/** What is known of somebody that decides on their next step. */
type Standing = { methods: readonly FactorMethod[]; count: number };

/** The step that follows; undefined when everything wanted is there and a session may start. */
export function stepAfter(
  done: 'password' | 'second_factor' | 'recovery_codes',
  { methods, count }: Standing,
  { mfa }: Pick<SignInParts, 'mfa'>,
): Step | undefined {
  if (done === 'password') {
    if (methods.length > 0) return 'second_factor';
    if (mfa === 'required') return 'enrolment';
  }
  return count > 1 ? 'membership' : undefined;
}

/** A sign-in that is under way. */
export type UnderWay = {
  userId: string;
  counter: Buffer;
  device: Buffer | null;
  /** Which membership it is for; null while that is still to be seen. */
  membershipId: string | null;
  /** The hash of its token. */
  signIn: Buffer;
};

type Begin = Omit<UnderWay, 'signIn'> & { methods: readonly FactorMethod[]; step: Step };

/** The password was right and more is wanted: a sign-in begins, and its token goes into a cookie of its own. */
export async function beginSteps(
  tx: Tx,
  { userId, counter, device, membershipId, methods, step }: Begin,
  asked: Asked,
  parts: SignInParts,
): Promise<z.input<typeof SignInStep>> {
  const token = newToken();
  await tx
    .insertInto('sign_ins')
    .values({
      token_hash: tokenHash(token),
      user_id: userId,
      membership_id: membershipId,
      step,
      counter,
      device,
    })
    .execute();
  tx.record('session.begin', [userId]);
  asked.setHeader('set-cookie', signInCookie.set(token, signInMinutes / 60));
  asked.setStatus(202);
  return stepView(tx, { userId, step, methods }, parts);
}

/** The sign-in that a request's cookie stands for, if it is at one of these steps; its row is held until the transaction ends. */
export async function lockSignIn(
  tx: Tx,
  { cookies }: Pick<Asked, 'cookies'>,
  ...steps: readonly Step[]
): Promise<UnderWay> {
  const token = signInCookie.read(cookies);
  const found = token
    ? await tx
        .selectFrom('sign_ins')
        .innerJoin('users', 'users.id', 'user_id')
        .select(['token_hash', 'user_id', 'membership_id', 'counter', 'device'])
        .where('token_hash', '=', tokenHash(token))
        .where('step', 'in', steps)
        .where('expires_at', '>', sql<Date>`now()`)
        .where('disabled_at', 'is', null)
        .forUpdate('sign_ins')
        .executeTakeFirst()
    : undefined;
  if (!found) throw new Refusal('sign_in_expired');
  const { user_id: userId, membership_id: membershipId, counter, device, token_hash: signIn } = found;
  return { userId, membershipId, counter, device, signIn };
}

/** A step is done: the next one is told, or the session started. */
export async function goOn(
  tx: Tx,
  underWay: UnderWay,
  done: 'second_factor' | 'recovery_codes',
  { asked, parts }: { asked: Asked; parts: SignInParts },
): Promise<SignInReply> {
  const { userId, membershipId, signIn } = underWay;
  if (membershipId !== null) return startSession(tx, { ...underWay, membershipId }, asked, parts.limits);
  const memberships = await membershipsOf(tx, userId);
  const step = stepAfter(done, { methods: [], count: memberships.length }, parts);
  if (step === undefined) {
    const [only] = memberships;
    if (!only) throw new Refusal('sign_in_expired');
    return startSession(tx, { ...underWay, membershipId: only.id }, asked, parts.limits);
  }
  await tx.updateTable('sign_ins').set({ step }).where('token_hash', '=', signIn).execute();
  asked.setStatus(202);
  return stepView(tx, { userId, step, methods: [] }, parts);
}

type View = { userId: string; step: Step; methods: readonly FactorMethod[] };

/** What the browser has to ask for. The names of a person's merchants are told when there is nothing left to prove. */
async function stepView(
  tx: Tx,
  { userId, step, methods }: View,
  { site }: SignInParts,
): Promise<z.input<typeof SignInStep>> {
  const isUsable = (method: FactorMethod): boolean => method !== 'passkey' || site.passkeyHost !== null;
  switch (step) {
    case 'second_factor':
      return { step, methods: methods.filter(isUsable), memberships: [] };
    case 'enrolment':
      return { step, methods: (['totp', 'passkey'] as const).filter(isUsable), memberships: [] };
    case 'membership':
      return { step, methods: [], memberships: await membershipsOf(tx, userId) };
    case 'recovery_codes':
      return { step, methods: [], memberships: [] };
  }
}

/** The merchants a person may work for. */
export async function membershipsOf(
  tx: Tx,
  userId: string,
): Promise<{ id: string; mid: string | null; merchantName: string | null }[]> {
  const { rows } = await sql<{ id: string; mid: string | null; merchantName: string | null }>`
    select id, mid, merchant_name as "merchantName" from memberships_of(${userId})`.execute(tx);
  return rows;
}

/** The hash of the session's token, to which what is given out in it is bound. */
export function sessionHash({ cookies }: Pick<Asked, 'cookies'>): Buffer {
  const token = sessionCookie.read(cookies);
  if (!token) throw new Refusal('not_signed_in');
  return tokenHash(token);
}
