/**
 * People and keys: users, sessions, API keys, and who a request comes from. What somebody may see of cases is decided in
 * `cases`, by the actor that this module makes.
 */
export { authenticateWith } from './authenticate.ts';
export { forgetOldGuesses, unlockUser } from './count-guess.ts';
export { createApiKey } from './create-api-key.ts';
export { createUser, type NewUser } from './create-user.ts';
export { type Admin, findAdmins } from './find-admins.ts';
export { renewSession } from './renew-session.ts';
export { resetSecondFactors } from './reset-second-factors.ts';
export { peopleEndpoints } from './routes.ts';
export { Environment } from './session-schemas.ts';
export { siteAt } from './sign-in-parts.ts';
