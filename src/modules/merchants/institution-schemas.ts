import { z } from 'zod';
import { institutionKindCodes } from '#src/domain/institution-kinds.ts';
import { apiValues } from '#src/platform/http/api-values.ts';
import { prose } from '#src/platform/http/prose.ts';

const id = z
  .string()
  .regex(/^[A-Z0-9-]{2,32}$/)
  .meta({ description: 'Capital letters, digits and hyphens; it never changes', example: 'JCB-DEMO' });
const kind = z.enum(institutionKindCodes);
const name = z.string().trim().min(1).pipe(prose(100));

export const InstitutionParams = z.object({ institutionId: id });

export const NewInstitution = z.strictObject({ id, name, kind }).meta({ id: 'NewInstitution' });

export const InstitutionChange = z
  .strictObject({
    name,
    kind,
    isRetired: z.boolean().meta({ description: 'Whether nothing more is taken in from it' }),
    secondPersonCorrects: z.boolean().optional().meta({
      description:
        'Four eyes: whoever registered a version does not register the next. Unchanged when left out',
    }),
  })
  .meta({ id: 'InstitutionChange' });

const row = {
  id: z.string(),
  name: z.string(),
  kind,
  retiredAt: apiValues.instant.nullable(),
};

export const InstitutionRow = z
  .object({ ...row, waiting: z.number().int().meta({ description: 'Cases that wait for an answer' }) })
  .meta({ id: 'InstitutionRow' });

export const Institutions = z
  .object({ data: z.array(InstitutionRow), nextCursor: z.string().nullable() })
  .meta({ id: 'Institutions' });

/** An institution, with what is set up for it elsewhere. */
export const Institution = z
  .object({
    ...row,
    version: z.number().int(),
    dueRule: z.object({ days: z.number().int(), of: z.enum(['calendar_days', 'business_days']) }).nullable(),
    expiryDays: z.number().int(),
    secondPersonCorrects: z.boolean(),
    closingPeriods: z.number().int(),
    adapters: z.array(z.object({ id: z.uuid(), name: z.string(), kind: z.string(), isOn: z.boolean() })),
    keys: z.number().int().meta({ description: 'API keys that work' }),
    returnChannel: z.object({ isOn: z.boolean(), times: z.array(z.string()) }).nullable(),
    webhooks: z.number().int().meta({ description: 'Webhook endpoints that are on' }),
    waiting: z.number().int(),
  })
  .meta({ id: 'Institution' });

export const InstitutionFilter = z.object({
  q: z.string().trim().max(100).optional().meta({ description: 'Part of the name or the id' }),
  kind: kind.optional(),
  state: z.enum(['active', 'retired']).optional(),
});
