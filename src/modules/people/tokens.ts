import { createHash, randomBytes } from 'node:crypto';

/** A secret that stands for a session: 256 random bits. */
export const newToken = (): string => randomBytes(32).toString('base64url');

/** What is stored of a token or key. They are random, so a plain hash keeps them. */
export const tokenHash = (token: string): Buffer => createHash('sha256').update(token).digest();

/** The proof that a change comes from our own pages; it follows from the session, so nothing more is stored. */
export const csrfTokenOf = (token: string): string =>
  createHash('sha256').update(`csrf:${token}`).digest('base64url');
