import type { Letter } from './letter.ts';

/**
 * The letter with its link naming the mail it stands in, so that the log can tell who came by it once they are logged in. Nothing
 * is loaded from us by reading it, and what opens links without logging in is not counted.
 */
export function withMailId(letter: Letter, mailId: string): Letter {
  const url = new URL(letter.link.url);
  url.searchParams.set('mail', mailId);
  return { ...letter, link: { ...letter.link, url: url.href } };
}
