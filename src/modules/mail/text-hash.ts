import { createHash } from 'node:crypto';

/** The SHA-256 of a mail's text, which proves what was sent when the text is erased. */
export const textHash = (text: string): Buffer => createHash('sha256').update(text).digest();
