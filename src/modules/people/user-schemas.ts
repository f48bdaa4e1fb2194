import { z } from 'zod';
import { isMailAddress } from '#src/domain/mail-address.ts';
import { merchantRoles, operatorRoles } from '#src/domain/rights.ts';
import { lengthOf, textProblem } from '#src/domain/text-rules.ts';
import { apiValues } from '#src/platform/http/api-values.ts';

const roleCodes = [...new Set([...Object.keys(merchantRoles), ...Object.keys(operatorRoles)])] as [
  string,
  ...string[],
];

export const userStates = ['invited', 'active', 'locked', 'disabled'] as const;

const longestName = 100;

/** A name that people read: one line, nothing unreadable. */
export const PersonName = z
  .string()
  .trim()
  .min(1)
  .superRefine((value, context) => {
    const code = /[\r\n\t]/.test(value) ? 'not_readable' : textProblem(value, longestName);
    if (!code) return;
    const params = { code, values: { max: longestName, length: lengthOf(value) } };
    context.addIssue({ code: 'custom', message: code, params });
  });

export const MailAddress = z
  .string()
  .trim()
  .refine(isMailAddress, { params: { code: 'not_an_email' } })
  .meta({ format: 'email', example: 'hanako@example.jp' });

const roles = z
  .array(z.enum(roleCodes))
  .min(1)
  .max(roleCodes.length)
  .meta({ description: 'Roles: admin, responder, viewer of a merchant; admin, agent, auditor of the PSP' });
const sids = z
  .array(apiValues.sid)
  .min(1)
  .max(1000)
  .nullable()
  .meta({ description: 'The services somebody is limited to; null: all of the merchant' });

export const UserId = z.object({ userId: z.uuid() });

export const NewInvitation = z.object({
  mid: apiValues.mid
    .nullable()
    .optional()
    .meta({ description: 'null: the PSP. Left out: one\u2019s own merchant' }),
  name: PersonName,
  email: MailAddress,
  roles,
  sids,
});

export const UserChange = z.object({ name: PersonName, roles, sids });

export const User = z
  .object({
    id: z.uuid(),
    mid: apiValues.mid.nullable().meta({ description: 'null: an operator of the PSP' }),
    merchantName: z.string().nullable(),
    userId: z.string().nullable().meta({ description: 'ユーザーID; null before the invitation is accepted' }),
    name: z.string(),
    email: z.string().nullable(),
    roles: z.array(z.enum(roleCodes)),
    sids: z.array(apiValues.sid).nullable(),
    state: z.enum(userStates),
    isOneself: z.boolean(),
    hasIdentity: z.boolean().meta({ description: 'Signs in at the identity provider of the PSP' }),
    lastSignedInAt: apiValues.instant.nullable(),
    invitedUntil: apiValues.instant
      .nullable()
      .meta({ description: 'Until when the link of an invitation works' }),
    version: z.number().int(),
  })
  .meta({ id: 'User' });

export const UserPage = z
  .object({ data: z.array(User), nextCursor: z.string().nullable() })
  .meta({ id: 'UserPage' });

export const UserFilter = z.object({
  mid: z
    .union([apiValues.mid, z.literal('operators')])
    .optional()
    .meta({ description: 'Of one merchant, or `operators`' }),
  q: z.string().trim().max(100).optional().meta({ description: 'Part of a name, user id or mail address' }),
  role: z.enum(roleCodes).optional(),
  state: z.enum(userStates).optional(),
  limit: apiValues.limit,
  cursor: apiValues.cursor.optional(),
});
