import { z } from 'zod';
import { apiValues } from '#src/platform/http/api-values.ts';
import { MailAddress, PersonName } from './user-schemas.ts';

/** Longer than any password may be, so that a password's own rule tells how long it is too long. */
const longestBody = 1000;

/** A password as it was typed: nothing is trimmed. */
export const Password = z
  .string()
  .min(1)
  .max(longestBody)
  .meta({ format: 'password', description: '15 to 128 characters, taken exactly as they are' });

const token = z
  .string()
  .min(1)
  .max(100)
  .meta({ description: 'What stands behind the # of the link in the mail' });

export const Link = z.object({ token });

export const InvitationLooked = z
  .object({
    merchantName: z.string().nullable().meta({ description: 'null: the PSP' }),
    name: z.string(),
    email: z.string(),
    isKnown: z.boolean().meta({ description: 'Has a user id and a password already' }),
  })
  .meta({ id: 'InvitationLooked' });

export const Acceptance = z.object({ token, name: PersonName.optional(), password: Password.optional() });

export const OwnUserId = z.object({ userId: z.string() });

export const ResetRequest = z.object({
  userId: z.string().trim().min(1).max(254).meta({ description: 'User id or mail address' }),
});

export const Reset = z.object({ token, password: Password });

export const PasswordChange = z.object({ currentPassword: Password, password: Password });

export const EmailChange = z.object({ email: MailAddress });

export const Account = z
  .object({
    email: z.string().nullable(),
    emailWanted: z.string().nullable().meta({ description: 'Waits until the link mailed to it is opened' }),
  })
  .meta({ id: 'Account' });

export const OwnSessions = z
  .object({
    data: z.array(
      z.object({
        id: z.uuid(),
        merchantName: z.string().nullable().meta({ description: 'As whose user; null: the PSP' }),
        device: z.string().nullable().meta({ example: 'Chrome (Windows)' }),
        network: z.string().nullable().meta({ example: '203.0.113.0/24' }),
        startedAt: apiValues.instant,
        lastUsedAt: apiValues.instant,
        isThis: z.boolean(),
      }),
    ),
  })
  .meta({ id: 'OwnSessions' });

export const SessionId = z.object({ sessionId: z.uuid() });
