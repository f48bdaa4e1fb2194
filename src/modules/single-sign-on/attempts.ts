import { createHmac } from 'node:crypto';
import { sql } from 'kysely';
import { newToken, ssoCookie, tokenHash } from '#src/modules/people/index.ts';
import type { Asked } from '#src/platform/http/endpoint.ts';
import type { Tx } from '#src/platform/transaction.ts';

/** What somebody was sent to the identity provider for. */
export type Purpose = 'sign_in' | 'proof';

/** What a reply has to bring back, or the provider has to confirm. */
export type Secrets = { state: string; nonce: string; verifier: string };

export type Attempt = { startedAt: Date; nextPage: string | null };

type Begun = { purpose: Purpose; nextPage?: string | undefined; owner?: { userId: string; hash: Buffer } };

const minutes = 10;

/**
 * Begins an attempt. Its token goes into a cookie of the browser, and everything else follows from the token: a reply that
 * arrives in another browser fits nothing there.
 */
export async function beginAttempt(
  tx: Tx,
  { purpose, nextPage, owner }: Begun,
  { setHeader }: Pick<Asked, 'setHeader'>,
): Promise<Secrets> {
  const token = newToken();
  await sql`delete from single_sign_ons where expires_at < now()`.execute(tx);
  await tx
    .insertInto('single_sign_ons')
    .values({
      token_hash: tokenHash(token),
      next_page: nextPage ?? null,
      user_id: owner?.userId ?? null,
      owner_hash: owner?.hash ?? null,
    })
    .execute();
  setHeader('set-cookie', ssoCookie.set(token, minutes / 60));
  return secretsOf(token, purpose);
}

/** The secrets of this browser's attempt, if the state that came back is its own. Nothing is used up by asking. */
export function secretsFor(
  state: string | null,
  purpose: Purpose,
  { cookies }: Pick<Asked, 'cookies'>,
): Secrets | undefined {
  const token = ssoCookie.read(cookies);
  const secrets = token === undefined ? undefined : secretsOf(token, purpose);
  return secrets?.state === state ? secrets : undefined;
}

/** Takes this browser's attempt, once; of two replies at the same time one gets it. */
export async function takeAttempt(
  tx: Tx,
  { cookies, setHeader }: Pick<Asked, 'cookies' | 'setHeader'>,
  ownerHash?: Buffer,
): Promise<Attempt | undefined> {
  const taken = await tx
    .deleteFrom('single_sign_ons')
    .where('token_hash', '=', tokenHash(ssoCookie.read(cookies) ?? ''))
    .where('expires_at', '>', sql<Date>`now()`)
    .where('owner_hash', ownerHash ? '=' : 'is', ownerHash ?? null)
    .returning(['started_at', 'next_page'])
    .executeTakeFirst();
  setHeader('set-cookie', ssoCookie.clear());
  return taken && { startedAt: taken.started_at, nextPage: taken.next_page };
}

/** The purpose stands in the state, so that the page that it comes back to knows what to do with it. */
function secretsOf(token: string, purpose: Purpose): Secrets {
  const derived = (what: string): string =>
    createHmac('sha256', token).update(`${purpose} ${what}`).digest('base64url');
  return { state: `${purpose}.${derived('state')}`, nonce: derived('nonce'), verifier: derived('verifier') };
}
