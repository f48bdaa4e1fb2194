import { randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';

declare module 'fastify' {
  interface FastifyReply {
    /** Lets the styles in that a page brings with it; another one for every reply. */
    styleNonce: string;
  }
}

/** What nothing of ours uses; a page that was taken over could not either. */
const closedFeatures = [
  'accelerometer',
  'camera',
  'display-capture',
  'geolocation',
  'gyroscope',
  'hid',
  'idle-detection',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'serial',
  'usb',
  'xr-spatial-tracking',
];

/** What every response carries, also those that are made before there is a reply. */
export const fixedHeaders = ({ isHttps }: { isHttps: boolean }): Readonly<Record<string, string>> => ({
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  // Addresses can carry secrets, such as that of an invitation, and where somebody was is nobody's business.
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': closedFeatures.map((feature) => `${feature}=()`).join(', '),
  'x-permitted-cross-domain-policies': 'none',
  // Told to browsers only where the portal is reached over https; otherwise they would lock people out.
  ...(isHttps && { 'strict-transport-security': 'max-age=31536000; includeSubDomains' }),
});

/** The policy of what is no page: nothing may be loaded, framed or run, should a browser ever show it as one. */
export const closedPolicy = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** The policy of a page of ours: its own files, and styles with the reply's nonce; no script or style in the text. */
export const pagePolicy = (styleNonce: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${styleNonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

/** Gives every reply its security headers first of all, so that no refusal and no error goes without, and has nothing kept. */
export function setSecurityHeaders(app: FastifyInstance, options: { isHttps: boolean }): void {
  const fixed = fixedHeaders(options);
  app.decorateReply('styleNonce', '');
  app.addHook('onRequest', async (_, reply) => {
    reply.styleNonce = randomBytes(16).toString('hex');
    reply.headers(fixed).header('content-security-policy', pagePolicy(reply.styleNonce));
  });
  app.addHook('onSend', async (_, reply) => {
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store');
  });
}
