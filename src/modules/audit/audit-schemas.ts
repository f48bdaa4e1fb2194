import { z } from 'zod';
import { type AuditAction, auditActions } from '#src/domain/audit-actions.ts';
import { apiValues } from '#src/platform/http/api-values.ts';

const { day, instant } = apiValues;
const actions = Object.keys(auditActions) as [AuditAction, ...AuditAction[]];
const hash = z.string().regex(/^[0-9a-f]{64}$/);
const sequence = z.number().int().positive().meta({ description: 'The number of the entry in the trail' });

/** What of the trail is wanted. */
export const AuditFilter = z.object({
  from: day.optional().meta({ description: 'First day, in Japan' }),
  to: day.optional().meta({ description: 'Last day, in Japan' }),
  action: z.enum(actions).optional(),
  actor: z
    .string()
    .regex(/^[!-~]{1,64}$/)
    .optional()
    .meta({ description: 'Id of a user or a key, or a user’s login id' }),
  subject: z
    .string()
    .trim()
    .regex(/^[!-?A-~]{1,100}$/)
    .optional()
    .meta({ description: 'What it was done to: a case number, or the id of a user, a key or the like' }),
  tenant: z
    .string()
    .regex(/^[!-~]{1,32}$/)
    .optional()
    .meta({ description: 'The merchant (MID) or institution that the actor belongs to' }),
});

/** An entry of the audit trail (監査証跡). The actor’s name is looked up when it is read and is not part of the trail. */
export const AuditEntryView = z
  .object({
    sequence,
    at: instant,
    actor: z.object({
      kind: z.string(),
      id: z.uuid().nullable(),
      name: z.string().nullable(),
      loginId: z.string().nullable(),
      tenant: z.string().nullable(),
    }),
    right: z.string().nullable(),
    action: z.string(),
    subjects: z.array(z.string()),
    details: z.record(z.string(), z.unknown()),
    origin: z.string().nullable().meta({ description: 'The network, never the whole address' }),
    requestId: z.string().nullable(),
    previousHash: hash,
    hash,
  })
  .meta({ id: 'AuditEntry' });

export const AuditPage = z
  .object({ data: z.array(AuditEntryView), nextCursor: z.string().nullable() })
  .meta({ id: 'AuditPage' });

const number = z.number().int().min(0);

/** The state of the trail: its end, what was last signed and when it was last verified. */
export const AuditTrail = z
  .object({
    head: z.object({ sequence, hash, at: instant }).nullable(),
    lastAnchor: z
      .object({ sequence, hash, entries: number, signedAt: instant, key: z.string() })
      .nullable()
      .meta({
        description: 'The newest signed end of the trail; key is the name of the key it was signed with',
      }),
    lastVerification: z
      .object({
        at: instant,
        scope: z.enum(['all', 'range', 'since_anchor']),
        entries: number,
        through: number,
        findings: number,
      })
      .nullable(),
  })
  .meta({ id: 'AuditTrail' });
