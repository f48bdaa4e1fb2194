/**
 * People: users, sessions, and who a request comes from. What somebody may see of cases is decided in
 * `cases`, by the actor that this module makes.
 */
export { accountEndpoints } from './account-routes.ts';
export { authenticateWith } from './authenticate.ts';
export { refuseWeakPassword } from './choose-password.ts';
export { forgetOldGuesses, unlockUser } from './count-guess.ts';
export { createUser, type NewUser } from './create-user.ts';
export { credentialOf, sessionHashIn } from './credential-of.ts';
export { findSessionActors } from './find-actor.ts';
export { type Admin, findAdmins } from './find-admins.ts';
export { findOperators } from './find-operators.ts';
export type { Identity } from './find-person-by-identity.ts';
export { linkEndpoints } from './link-routes.ts';
export { proveByIdentity } from './prove-by-identity.ts';
export { renewSession } from './renew-session.ts';
export { resetSecondFactors } from './reset-second-factors.ts';
export { peopleEndpoints } from './routes.ts';
export { ssoCookie } from './session-cookie.ts';
export { Environment, Session, SignInStep } from './session-schemas.ts';
export { signInByIdentity } from './sign-in-by-identity.ts';
export { type SignInParts, siteAt } from './sign-in-parts.ts';
export { type SignInReply, sessionHash } from './sign-in-steps.ts';
export { newToken, tokenHash } from './tokens.ts';
export { userEndpoints } from './user-routes.ts';
export { peopleQueues } from './write-news.ts';
