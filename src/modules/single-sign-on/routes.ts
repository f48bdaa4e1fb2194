import { z } from 'zod';
import { Refusal } from '#src/domain/refusals.ts';
import { Session, type SignInParts, SignInStep } from '#src/modules/people/index.ts';
import type { Actor } from '#src/platform/actor.ts';
import { type Endpoint, endpoint } from '#src/platform/http/endpoint.ts';
import type { IdentityProvider } from './identity-provider.ts';
import { beginProof, completeProof } from './proof.ts';
import { beginSignIn, completeSignIn } from './sign-in.ts';

type Parts = {
  /** Unset: the PSP has none, and nothing of this is found. */
  provider: IdentityProvider | undefined;
  signIn: SignInParts;
};

const Address = z
  .object({ address: z.url().meta({ description: 'Where the browser has to go' }) })
  .meta({ id: 'SingleSignOnAddress' });

/** What stands behind the `?` of the address that somebody came back to. */
const CameBack = z.object({ query: z.string().min(1).max(8000) });

/** A page of ours: anything else could lead to another site. */
const ownPage = z
  .string()
  .max(2000)
  .regex(/^\/(?![/\\])/)
  .meta({ description: 'The page to go on with' });

const common = { method: 'POST', tag: 'Session', status: 200 } as const;
const reading = [
  'invalid_request',
  'not_found',
  'sso_expired',
  'sso_cancelled',
  'sso_failed',
  'sso_unreachable',
] as const;

/** Single sign-on (シングルサインオン) for operators, at the identity provider of the PSP. */
export const singleSignOnEndpoints = (parts: Parts): Endpoint[] => [
  ...signInEndpoints(parts),
  ...proofEndpoints(parts),
];

function theProviderOf({ provider }: Parts): IdentityProvider {
  if (!provider) throw new Refusal('not_found');
  return provider;
}

const signInEndpoints = (parts: Parts): Endpoint[] => [
  endpoint({
    ...common,
    path: '/session/single-sign-on',
    summary: 'Log in: where to go at the identity provider',
    access: 'public',
    body: z.object({ nextPage: ownPage.optional() }),
    reply: Address,
    refusals: ['invalid_request', 'not_found', 'sso_unreachable', 'cross_site'],
    stages: (visitor, _, wanted, asked) => beginSignIn(visitor, wanted, asked, theProviderOf(parts)),
  }),
  endpoint({
    ...common,
    path: '/session/single-sign-on/completion',
    summary: 'Log in: come back from the identity provider',
    access: 'public',
    body: CameBack,
    // Its code is made of chance and goes back to whom it came from.
    tellsCardNumbers: true,
    reply: z
      .object({ reply: z.union([Session, SignInStep]), nextPage: z.string().nullable() })
      .meta({ id: 'SingleSignOn' }),
    refusals: [...reading, 'sso_email_not_verified', 'sso_unknown_person', 'cross_site'],
    stages: (visitor, _, cameBack, asked) =>
      completeSignIn(visitor, cameBack, asked, { provider: theProviderOf(parts), signIn: parts.signIn }),
  }),
];

const proofEndpoints = (parts: Parts): Endpoint[] => [
  endpoint({
    ...common,
    path: '/session/proof/single-sign-on',
    summary: 'Prove once more who one is: where to go at the identity provider',
    access: 'anyone',
    reply: Address,
    refusals: ['not_found', 'sso_unreachable', 'cross_site'],
    stages: (acting, actor: Actor, _, asked) => beginProof(acting, actor, asked, theProviderOf(parts)),
  }),
  endpoint({
    ...common,
    path: '/session/proof/single-sign-on/completion',
    summary: 'Prove once more who one is: come back from the identity provider',
    access: 'anyone',
    body: CameBack,
    tellsCardNumbers: true,
    reply: Session,
    refusals: [...reading, 'sso_unknown_person', 'cross_site'],
    stages: (acting, actor: Actor, { query }, asked) =>
      completeProof(
        acting,
        actor,
        { query, asked },
        { provider: theProviderOf(parts), signIn: parts.signIn },
      ),
  }),
];
