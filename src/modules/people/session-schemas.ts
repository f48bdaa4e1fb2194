import { z } from 'zod';
import { rights } from '#src/domain/rights.ts';
import { locales } from '#src/domain/text.ts';
import { apiValues } from '#src/platform/http/api-values.ts';

export const Credentials = z.object({
  userId: z.string().trim().min(1).max(64),
  password: z.string().min(1).max(256),
});

export const Preferences = z.object({ locale: z.enum(locales), theme: z.enum(['auto', 'light', 'dark']) });

/** Who is signed in, and what the screens need to know about it. */
export const Session = z
  .object({
    user: z.object({
      id: z.string(),
      userId: z.string(),
      name: z.string(),
      kind: z.enum(['merchant', 'operator']),
      roles: z.array(z.string()),
      rights: z.array(z.enum(rights)),
    }),
    services: z
      .array(z.object({ mid: apiValues.mid, sid: apiValues.sid, name: z.string(), merchantName: z.string() }))
      .meta({ description: 'The services whose cases the user may see; for operators all' }),
    preferences: Preferences,
    csrfToken: z
      .string()
      .meta({ description: 'To be sent as X-CSRF-Token with every request that changes something' }),
    idleTimeoutSeconds: z.number().int(),
  })
  .meta({ id: 'Session' });

/** What the pages know before anybody is signed in. */
export const Environment = z
  .object({
    providerName: z.string(),
    supportMail: z.string(),
    isDemo: z.boolean(),
  })
  .meta({ id: 'Environment' });
