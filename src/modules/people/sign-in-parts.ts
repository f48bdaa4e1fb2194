import type { Sealing } from '#src/platform/sealing.ts';

/** How long a session lasts, unused and at most, and how long a proof of who one is counts as fresh. */
export type SessionLimits = { idleMinutes: number; hours: number; stepUpMinutes: number };

/** Where people sign in: the name their apps show, the origin of our pages, and the name that passkeys belong to. */
export type Site = { issuer: string; origin: string; passkeyHost: string | null };

/** What signing in needs to know of the configuration. */
export type SignInParts = {
  limits: SessionLimits;
  /** Whether everybody needs a second factor. */
  mfa: 'required' | 'optional';
  site: Site;
  sealing: Sealing;
};

/** The site behind an address. Passkeys need a name: an IP address cannot have any. */
export function siteAt(baseUrl: string, issuer: string): Site {
  const { origin, hostname } = new URL(baseUrl);
  const isAddress = /^[\d.]+$|^\[/.test(hostname);
  return { issuer, origin, passkeyHost: isAddress ? null : hostname };
}
