import { z } from 'zod';
import { type ReplyReason, type ReplyState, replyReasons, replyStates } from '#src/domain/replies.ts';
import { apiValues } from '#src/platform/http/api-values.ts';
import { prose } from '#src/platform/http/prose.ts';

const { caseId, instant } = apiValues;
const code = z.string().trim().max(100).pipe(prose(100));

/** What an outlet can be set to; see `OutletSettings`. */
export const OutletSettingsBody = z.strictObject({
  submit: z.boolean().meta({
    description: 'Stripe: true submits the evidence to the bank at once; false leaves it staged at Stripe',
  }),
  environment: z.enum(['test', 'live']).meta({ description: 'Adyen: which of its two worlds' }),
  defenseReason: code.meta({ description: 'Adyen: the defense reason code' }),
  documentType: code.meta({
    description: 'Adyen: the type of document that the answer sheet is supplied as',
  }),
  url: z
    .string()
    .trim()
    .max(2048)
    .pipe(prose(2048))
    .meta({ description: 'Mapping: where answers are posted' }),
  mapping: z
    .string()
    .max(20_000)
    .refine((value) => value.isWellFormed() && !value.includes('\u0000'), {
      params: { code: 'not_readable' },
    })
    .meta({ description: 'Mapping: the JSONata expression that makes the body' }),
});

export const OutletBody = z
  .strictObject({
    isOn: z.boolean(),
    settings: OutletSettingsBody,
    secret: z
      .string()
      .trim()
      .min(16)
      .max(500)
      .optional()
      .meta({ description: 'Sealed, and never shown again; left out, it stays the one before' }),
  })
  .meta({ id: 'Outlet' });

/** How answers are sent back, as it is shown: of the secret only since when there is one. */
export const ShownOutlet = z
  .object({
    isOn: z.boolean(),
    settings: OutletSettingsBody,
    secretSetAt: instant.nullable(),
    brokenAt: instant
      .nullable()
      .meta({ description: 'Since when the provider does not let us in; answers wait until it does' }),
  })
  .nullable()
  .meta({ id: 'ShownOutlet' });

export const OutletTrial = z
  .object({
    works: z.boolean(),
    status: z.number().int().nullable(),
    reason: z.string().nullable().meta({ description: 'Why nothing came back' }),
    said: z.string().nullable().meta({ description: 'What the provider said' }),
  })
  .meta({ id: 'OutletTrial' });

const replyHead = {
  id: z.uuid(),
  adapterId: z.uuid(),
  adapterName: z.string(),
  caseId,
  version: z.number().int().positive(),
  reference: z.string().nullable().meta({ description: 'What the provider calls the dispute' }),
  state: z.enum(Object.keys(replyStates) as [ReplyState, ...ReplyState[]]),
  reason: z.enum(Object.keys(replyReasons) as [ReplyReason, ...ReplyReason[]]).nullable(),
  providerReference: z.string().nullable().meta({ description: 'What the provider calls what it took' }),
  tries: z.number().int(),
  nextAttemptAt: instant.nullable().meta({ description: 'Of one that waits' }),
  createdAt: instant,
  endedAt: instant.nullable(),
  canSendAgain: z.boolean(),
};

/** One version of an answer on its way to a provider. */
export const Reply = z.object(replyHead).meta({ id: 'Reply' });

export const ReplyPage = z
  .object({ data: z.array(Reply), nextCursor: z.string().nullable() })
  .meta({ id: 'ReplyPage' });

const call = z.object({
  at: instant,
  call: z.string(),
  status: z.number().int().nullable(),
  reason: z.string().nullable(),
  said: z
    .string()
    .nullable()
    .meta({ description: 'What the provider said of an error, to those who may read personal data' }),
  milliseconds: z.number().int(),
});

/** What became of the answers of a case at the provider that asked. */
export const CaseReplies = z
  .object({
    caseId,
    adapter: z
      .object({
        id: z.uuid(),
        name: z.string(),
        kind: z.enum(['stripe', 'adyen', 'mapping']),
        takesAnswer: z.boolean().meta({ description: 'Whether the provider takes an answer to this case' }),
        isOn: z.boolean().meta({ description: 'Whether answers are sent' }),
        isBroken: z.boolean(),
      })
      .nullable()
      .meta({ description: 'What the case came by; null where a person, a file or the API took it in' }),
    data: z.array(z.object({ ...replyHead, calls: z.array(call) })),
  })
  .meta({ id: 'CaseReplies' });
