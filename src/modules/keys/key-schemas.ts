import { z } from 'zod';
import { keyDays, keyScopes, keyStates } from '#src/domain/api-keys.ts';
import { lengthOf, textProblem } from '#src/domain/text-rules.ts';
import { apiValues } from '#src/platform/http/api-values.ts';

const institutionId = z.string().regex(/^[A-Z0-9-]{2,32}$/);

/** Whose system a key stands for. */
export const KeyOwner = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('institution'), institutionId }),
    z.strictObject({ kind: z.literal('merchant'), mid: apiValues.mid }),
    z.strictObject({ kind: z.literal('provider') }),
  ])
  .meta({ id: 'KeyOwner' });

export type KeyOwner = z.output<typeof KeyOwner>;

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

const expiresInDays = z.number().int().min(1).max(keyDays.longest).default(keyDays.standard);

export const NewKey = z
  .strictObject({
    name,
    owner: KeyOwner,
    scopes: z.array(z.enum(keyScopes)).min(1).max(keyScopes.length),
    sids: z.array(apiValues.sid).min(1).max(999).nullable().default(null).meta({
      description: 'The services a merchant’s key is limited to; null: all that its maker may see',
    }),
    expiresInDays,
  })
  .meta({ id: 'NewKey' });

export const KeyName = z.strictObject({ name });

export const Rotation = z.strictObject({
  overlapDays: z.number().int().min(0).max(keyDays.longestOverlap).default(keyDays.overlap).meta({
    description: 'For how many days the old key works beside the new one; 0: not at all',
  }),
  expiresInDays,
});

export const KeyFilter = z.object({
  mid: apiValues.mid.optional(),
  institutionId: institutionId.optional(),
  owner: z.literal('provider').optional().meta({ description: 'The keys of the PSP itself' }),
  limit: apiValues.limit,
  cursor: z.uuid().optional().meta({ description: 'Opaque: the nextCursor of the page before' }),
});

export const ApiKey = z
  .object({
    id: z.uuid(),
    name: z.string(),
    owner: KeyOwner,
    ownerName: z.string().nullable(),
    prefix: z
      .string()
      .meta({ description: 'The first letters, to tell keys apart', example: 'shk_9fK2mQ7x' }),
    scopes: z.array(z.enum(keyScopes)),
    sids: z.array(apiValues.sid).nullable(),
    state: z.enum(keyStates).meta({ description: 'A replaced key works until it expires' }),
    createdAt: apiValues.instant,
    createdBy: z.string().nullable(),
    expiresAt: apiValues.instant.nullable(),
    lastUsedAt: apiValues.instant.nullable().meta({ description: 'Exact to a minute' }),
    revokedAt: apiValues.instant.nullable(),
    replacedBy: z.uuid().nullable().meta({ description: 'The key that took its place' }),
  })
  .meta({ id: 'ApiKey' });

export const ApiKeyPage = z
  .object({
    data: z.array(ApiKey),
    nextCursor: z.string().nullable(),
  })
  .meta({ id: 'ApiKeyPage' });

/** A key that was just made. */
export const IssuedKey = z
  .object({
    apiKey: ApiKey,
    secret: z.string().nullable().meta({
      description:
        'The key itself. It is shown this once; null when the call is repeated with its Idempotency-Key',
    }),
  })
  .meta({ id: 'IssuedKey' });
