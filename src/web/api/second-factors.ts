import { queryOptions } from '@tanstack/react-query';
import { api, type Schemas, unwrap } from './client.ts';

export type FactorMethod = Schemas['SignInStep']['methods'][number];
export type SignInReply = Schemas['Session'] | Schemas['SignInStep'];

type Response = { id: string; [name: string]: unknown };

/** What somebody gives to prove who they are. */
export type FactorProof =
  | { method: 'totp' | 'recovery_code'; code: string }
  | { method: 'passkey'; response: Response };

/** What shows that a new factor works. */
export type NewFactor =
  | { method: 'totp'; code: string }
  | { method: 'passkey'; name: string; response: Response };

/** One's own second factors. */
export const secondFactorsQuery = queryOptions({
  queryKey: ['second-factors'],
  queryFn: () => unwrap(api.GET('/api/v1/second-factors')),
});

/** The steps of logging in. */
export const signInSteps = {
  prove: (proof: FactorProof): Promise<SignInReply> =>
    unwrap(api.POST('/api/v1/session/second-factor', { body: { proof } })),
  askPasskey: () => unwrap(api.POST('/api/v1/session/second-factor/passkey')),
  offerTotp: () => unwrap(api.POST('/api/v1/session/enrolment/totp')),
  offerPasskey: () => unwrap(api.POST('/api/v1/session/enrolment/passkey')),
  enrol: (factor: NewFactor) => unwrap(api.POST('/api/v1/session/enrolment', { body: { factor } })),
  complete: (): Promise<SignInReply> => unwrap(api.POST('/api/v1/session/enrolment/completion')),
  choose: (membershipId: string) =>
    unwrap(api.POST('/api/v1/session/membership', { body: { membershipId } })),
};

/** Proving once more who one is. */
export const proving = {
  prove: (proof: FactorProof | { method: 'password'; password: string }) =>
    unwrap(api.POST('/api/v1/session/proof', { body: { proof } })),
  askPasskey: () => unwrap(api.POST('/api/v1/session/proof/passkey')),
};

/** Changing one's own second factors. */
export const ownFactors = {
  offerTotp: () => unwrap(api.POST('/api/v1/second-factors/totp')),
  offerPasskey: () => unwrap(api.POST('/api/v1/second-factors/passkey')),
  add: (factor: NewFactor) => unwrap(api.POST('/api/v1/second-factors', { body: { factor } })),
  removeTotp: () => unwrap(api.DELETE('/api/v1/second-factors/totp')),
  removePasskey: (passkeyId: string) =>
    unwrap(api.DELETE('/api/v1/second-factors/passkeys/{passkeyId}', { params: { path: { passkeyId } } })),
  renamePasskey: ({ passkeyId, name }: { passkeyId: string; name: string }) =>
    unwrap(
      api.PUT('/api/v1/second-factors/passkeys/{passkeyId}', {
        params: { path: { passkeyId } },
        body: { name },
      }),
    ),
  renewCodes: () => unwrap(api.POST('/api/v1/second-factors/recovery-codes')),
};

type Options = { challenge: string };

/** Has the browser sign with a passkey; loaded only where one is used. */
export async function signWithPasskey(options: Options): Promise<Response> {
  const { startAuthentication } = await import('@simplewebauthn/browser');
  return { ...(await startAuthentication({ optionsJSON: options })) };
}

/** Has the browser make a passkey. */
export async function makePasskey(options: Options): Promise<Response> {
  const { startRegistration } = await import('@simplewebauthn/browser');
  return {
    ...(await startRegistration({
      optionsJSON: options as Parameters<typeof startRegistration>[0]['optionsJSON'],
    })),
  };
}
