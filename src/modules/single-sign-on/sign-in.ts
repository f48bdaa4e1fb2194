import { Refusal } from '#src/domain/refusals.ts';
import { type SignInParts, type SignInReply, signInByIdentity } from '#src/modules/people/index.ts';
import type { Asked } from '#src/platform/http/endpoint.ts';
import type { Acting } from '#src/platform/transaction.ts';
import { type Attempt, beginAttempt, secretsFor, takeAttempt } from './attempts.ts';
import type { IdentityProvider } from './identity-provider.ts';
import { recorded } from './recorded.ts';

/** Where somebody who wants to sign in at the identity provider has to go, and come back from within ten minutes. */
export const beginSignIn = (
  visitor: Acting,
  { nextPage }: { nextPage?: string | undefined },
  asked: Asked,
  provider: IdentityProvider,
): Promise<{ address: string }> =>
  recorded(visitor, [], async () => {
    const secrets = await visitor.inTransaction(async (tx) => {
      tx.record('sso.begin', []);
      return beginAttempt(tx, { purpose: 'sign_in', nextPage }, asked);
    });
    return { address: await provider.addressFor({ secrets, locale: asked.locale, isAnew: false }) };
  });

type Parts = { provider: IdentityProvider; signIn: SignInParts };

/** Signs somebody in who has come back from the identity provider, or tells the next step; and the page they wanted. */
export const completeSignIn = (
  visitor: Acting,
  { query }: { query: string },
  asked: Asked,
  { provider, signIn }: Parts,
): Promise<{ reply: SignInReply; nextPage: string | null }> =>
  recorded(visitor, [], async () => {
    const secrets = secretsFor(new URLSearchParams(query).get('state'), 'sign_in', asked);
    const attempt = secrets && (await visitor.inTransaction((tx) => takeAttempt(tx, asked)));
    if (!secrets || !attempt) throw new Refusal('sso_expired');
    const vouched = await provider.read(query, secrets);
    const reply = await visitor.inTransaction((tx) => signInByIdentity(tx, vouched, asked, signIn));
    return { reply, nextPage: (attempt satisfies Attempt).nextPage };
  });
