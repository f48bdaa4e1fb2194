import { z } from 'zod';
import { isMailAddress } from '#src/domain/mail-address.ts';
import { locales } from '#src/domain/text.ts';
import { lengthOf, textProblem } from '#src/domain/text-rules.ts';
import { apiValues } from '#src/platform/http/api-values.ts';

const longestName = 100;

const name = z
  .string()
  .trim()
  .min(1)
  .superRefine((value, context) => {
    const code = textProblem(value, longestName);
    if (!code) return;
    const values = { max: longestName, length: lengthOf(value) };
    context.addIssue({ code: 'custom', message: code, params: { code, values } });
  });

const email = z
  .string()
  .trim()
  .min(1)
  .refine(isMailAddress, { params: { code: 'not_an_email' } })
  .meta({ format: 'email' });

/** Whom a service (null: every service of the merchant) wants told of new requests of a category. */
export const NewContact = z
  .strictObject({
    sid: apiValues.sid.nullable().meta({ description: 'null: all services of the merchant' }),
    category: apiValues.category,
    name,
    email,
    locale: z.enum(locales).default('ja').meta({ description: 'The language of the mails' }),
  })
  .meta({ id: 'NewContact' });

export type NewContact = z.output<typeof NewContact>;

export const Contact = z
  .object({
    id: z.uuid(),
    sid: apiValues.sid.nullable(),
    category: apiValues.category,
    name: z.string(),
    email: z.string(),
    locale: z.enum(locales),
    version: z.number().int(),
    hasLogin: z.boolean().meta({
      description:
        'Whether somebody of the merchant logs in with this mail address; others are told and cannot look',
    }),
    unreachable: z.object({ since: apiValues.instant, reply: z.string() }).nullable().meta({
      description:
        'Set when a mail to this address did not arrive: since when, and the status code that came back (`complaint`: the recipient called it unwanted). A changed address or a test mail ends it',
    }),
  })
  .meta({ id: 'Contact' });

/** A merchant's contacts, and its services with the categories of which nobody would be told. */
export const Contacts = z
  .object({
    data: z.array(Contact),
    isLimited: z.boolean().meta({
      description:
        'Whether the caller looks after some services only, and leaves contacts of all services alone',
    }),
    services: z.array(
      z.object({ sid: apiValues.sid, name: z.string(), withoutContact: z.array(apiValues.category) }),
    ),
  })
  .meta({ id: 'Contacts' });
