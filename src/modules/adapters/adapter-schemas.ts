import { z } from 'zod';
import { type AdapterKind, adapterKinds } from '#src/domain/adapter-settings.ts';
import { notificationCodes } from '#src/domain/notification-types.ts';
import { goodsKinds } from '#src/domain/section-shape.ts';
import { apiValues } from '#src/platform/http/api-values.ts';
import { ProblemItem } from '#src/platform/http/problem.ts';
import { prose } from '#src/platform/http/prose.ts';
import { ShownOutlet } from './replies/reply-schemas.ts';

const { mid, sid, instant, caseId } = apiValues;
const kinds = Object.keys(adapterKinds) as [AdapterKind, ...AdapterKind[]];
const code = z.string().trim().min(1).max(200).pipe(prose(200));

const Settings = z.strictObject({
  reasons: z
    .array(z.strictObject({ reason: code, notificationType: z.enum(notificationCodes) }))
    .max(200)
    .meta({ description: 'The provider’s reason and the type it becomes; `*` is any other' }),
  accounts: z
    .array(z.strictObject({ account: code, mid, sid, goods: z.enum(goodsKinds) }))
    .max(1000)
    .meta({ description: 'The provider’s account and the service it stands for; `*` is any other' }),
  fillsGaps: z.boolean().meta({
    description:
      'Whether a stand-in takes the place of a tracking id or time of payment that the message lacks',
  }),
  mapping: z
    .string()
    .max(20_000)
    .refine((value) => value.isWellFormed() && !value.includes('\u0000'), {
      params: { code: 'not_readable' },
    })
    .meta({ description: 'JSONata; for the kind `mapping`' }),
});

export const AdapterSettingsBody = z
  .strictObject({ name: z.string().trim().min(1).pipe(prose(100)), isOn: z.boolean(), settings: Settings })
  .meta({ id: 'AdapterSettings' });

const secret = z.string().trim().min(16).max(500);

export const NewAdapter = AdapterSettingsBody.extend({
  institutionId: z.string().max(32),
  kind: z.enum(kinds),
  secret,
}).meta({ id: 'NewAdapter' });

export const NewAdapterSecret = z
  .strictObject({ secret, overlapHours: z.number().int().min(0).max(168).default(24) })
  .meta({ id: 'NewAdapterSecret' });

export const Adapter = z
  .object({
    id: z.uuid(),
    institutionId: z.string(),
    institutionName: z.string(),
    kind: z.enum(kinds),
    name: z.string(),
    isOn: z.boolean(),
    settings: Settings,
    secretsUntil: z.array(instant.nullable()).meta({ description: 'Until when each secret is believed' }),
    refused: z.number().int().meta({ description: 'Refused messages, counted to 1,000' }),
    receivedAt: instant.nullable(),
    outlet: ShownOutlet,
  })
  .meta({ id: 'Adapter' });

export const Adapters = z.object({ data: z.array(Adapter) }).meta({ id: 'Adapters' });

export const outcomes = ['created', 'known', 'ended', 'refused'] as const;

const messageHead = {
  id: z.uuid(),
  adapterId: z.uuid(),
  adapterName: z.string(),
  institutionId: z.string(),
  eventKey: z.string(),
  reference: z.string().nullable(),
  outcome: z.enum(outcomes),
  errors: z.array(ProblemItem),
  caseId: caseId.nullable(),
  times: z.number().int(),
  receivedAt: instant,
  canRunAgain: z.boolean(),
};

export const AdapterMessage = z.object(messageHead).meta({ id: 'AdapterMessage' });

export const AdapterMessagePage = z
  .object({ data: z.array(AdapterMessage), nextCursor: z.string().nullable() })
  .meta({ id: 'AdapterMessagePage' });

export const AdapterMessageInFull = z
  .object({ ...messageHead, body: z.string().nullable() })
  .meta({ id: 'AdapterMessageInFull' });

/** What a message would become. */
export const Tried = z
  .object({
    items: z.array(
      z.object({
        says: z.enum(['inquiry', 'ended', 'nothing']),
        reference: z.string().nullable(),
        request: z.record(z.string(), z.unknown()).nullable(),
        errors: z.array(ProblemItem),
      }),
    ),
  })
  .meta({ id: 'TriedMessage' });

export const TryMessage = z
  .strictObject({ message: z.string().min(1).max(200_000), settings: Settings.optional() })
  .meta({ id: 'TryMessage' });

/** What the provider is told: that its message is safely stored, whatever became of it. */
export const Received = z.union([z.literal('[accepted]'), z.object({ received: z.literal(true) })]);
