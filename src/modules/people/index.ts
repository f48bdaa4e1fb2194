/**
 * People: users, sessions, and who a request comes from. What somebody may see of cases is decided in
 * `cases`, by the actor that this module makes.
 */
export { accountEndpoints } from './account-routes.ts';
export { authenticateWith } from './authenticate.ts';
export { refuseWeakPassword } from './choose-password.ts';
export { forgetOldGuesses, unlockUser } from './count-guess.ts';
export { createUser, type NewUser } from './create-user.ts';
export { credentialOf } from './credential-of.ts';
export { type Admin, findAdmins } from './find-admins.ts';
export { linkEndpoints } from './link-routes.ts';
export { renewSession } from './renew-session.ts';
export { resetSecondFactors } from './reset-second-factors.ts';
export { peopleEndpoints } from './routes.ts';
export { Environment } from './session-schemas.ts';
export { siteAt } from './sign-in-parts.ts';
export { newToken, tokenHash } from './tokens.ts';
export { userEndpoints } from './user-routes.ts';
export { peopleQueues } from './write-news.ts';
