import type { Configuration } from 'openid-client';
import { isSecondFactorShown } from '#src/domain/second-factor-shown.ts';
import type { Identity } from '#src/modules/people/index.ts';
import type { Outbound } from '#src/platform/outbound/outbound.ts';
import { fetchBy } from '#src/platform/outbound/outbound-fetch.ts';
import type { Secrets } from './attempts.ts';
import { problemOf, refusedBy } from './provider-problem.ts';

export type ProviderSettings = {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** Where the provider sends people back to. */
  redirectUri: string;
};

type Question = {
  secrets: Secrets;
  locale: string;
  /** Has the provider ask who somebody is although it knows them. */
  isAnew: boolean;
};

/** Whom the provider vouches for, and when they showed there who they are. */
export type Vouched = Identity & { authenticatedAt: Date | undefined };

export type IdentityProvider = {
  /** Where to send somebody. */
  addressFor: (question: Question) => Promise<string>;
  /** Reads what somebody came back with. Fails with a refusal that says in words what is wrong. */
  read: (query: string, secrets: Secrets) => Promise<Vouched>;
};

/** What the provider says of itself is asked anew after this long. */
const knownForMs = 3_600_000;
const secondsToReply = 10;
const skewSeconds = 30;

/**
 * The PSP's identity provider (認証基盤), spoken to by OpenID Connect: code flow with PKCE, signatures always checked, all
 * calls through the one way to the outside. Nothing is asked before the first person wants to sign in there.
 */
export function openIdentityProvider(settings: ProviderSettings, outbound: Outbound): IdentityProvider {
  let known: { at: number; configuration: Promise<Configuration> } | undefined;
  const asked = (): Promise<Configuration> => {
    const configuration = discover(settings, outbound);
    known = { at: Date.now(), configuration };
    configuration.catch(() => {
      known = undefined;
    });
    return configuration;
  };
  return {
    addressFor: async (question) => {
      const { buildAuthorizationUrl } = await import('openid-client');
      const before = known && Date.now() - known.at < knownForMs ? known.configuration : undefined;
      return buildAuthorizationUrl(await (before ?? asked()), await parametersOf(question, settings)).href;
    },
    read: async (query, secrets) => {
      // Always by the keys of now: those of an hour ago may have been replaced, and a code cannot be read twice.
      return readReply(await asked(), new URL(`?${query}`, settings.redirectUri), secrets);
    },
  };
}

async function discover(
  { issuer, clientId, clientSecret }: ProviderSettings,
  outbound: Outbound,
): Promise<Configuration> {
  const client = await import('openid-client');
  const isPlain = issuer.startsWith('http:');
  const execute = [
    client.enableNonRepudiationChecks,
    // The configuration allows it for addresses of the own network alone.
    ...(isPlain ? [client.allowInsecureRequests] : []),
  ];
  try {
    return await client.discovery(
      new URL(issuer),
      clientId,
      { [client.clockTolerance]: skewSeconds },
      client.ClientSecretBasic(clientSecret),
      { [client.customFetch]: fetchBy(outbound), timeout: secondsToReply, execute },
    );
  } catch (error) {
    throw refusedBy('sso_unreachable', error);
  }
}

async function parametersOf(
  { secrets, locale, isAnew }: Question,
  { redirectUri }: ProviderSettings,
): Promise<Record<string, string>> {
  const { calculatePKCECodeChallenge } = await import('openid-client');
  return {
    redirect_uri: redirectUri,
    scope: 'openid email',
    state: secrets.state,
    nonce: secrets.nonce,
    code_challenge: await calculatePKCECodeChallenge(secrets.verifier),
    code_challenge_method: 'S256',
    ui_locales: locale,
    ...(isAnew && { prompt: 'login', max_age: '0' }),
  };
}

async function readReply(
  configuration: Configuration,
  address: URL,
  { state, nonce, verifier }: Secrets,
): Promise<Vouched> {
  const client = await import('openid-client');
  try {
    const tokens = await client.authorizationCodeGrant(configuration, address, {
      expectedState: state,
      expectedNonce: nonce,
      pkceCodeVerifier: verifier,
      idTokenExpected: true,
    });
    const claims = tokens.claims();
    if (!claims) throw new Error('a checked reply has claims');
    const { sub: subject, iss: issuer, auth_time: at, acr } = claims;
    const { email, email_verified: verified } =
      claims.email === undefined && configuration.serverMetadata().userinfo_endpoint
        ? await client.fetchUserInfo(configuration, tokens.access_token, subject)
        : claims;
    return {
      ...{ issuer, subject },
      email: textOf(email),
      isEmailVerified: verified === true,
      isSecondFactorShown: isSecondFactorShown(textsOf(claims.amr), textOf(acr)),
      authenticatedAt: typeof at === 'number' ? new Date(at * 1000) : undefined,
    };
  } catch (error) {
    throw refusedBy(problemOf(error), error);
  }
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

const textsOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
