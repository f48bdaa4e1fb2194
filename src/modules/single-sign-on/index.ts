/** Single sign-on: operators sign in at the identity provider of the PSP. Whom an identity stands for is decided in `people`. */
export { openIdentityProvider } from './identity-provider.ts';
export { singleSignOnEndpoints } from './routes.ts';
