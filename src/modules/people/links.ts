import { newToken, tokenHash } from './tokens.ts';

/** The pages that links of mails lead to. */
type LinkPage = '/invitation' | '/reset-password' | '/confirm-email';

/** How long the link for a new password, or for a new mail address, works. */
export const linkMinutes = 60;

/**
 * A link that stands for somebody, and what is stored of it. Its secret stands behind `#`: browsers send it to no server, so
 * it comes into no log and no referrer.
 */
export function newLink(page: LinkPage): { path: string; hash: Buffer } {
  const token = newToken();
  return { path: `${page}#${token}`, hash: tokenHash(token) };
}
