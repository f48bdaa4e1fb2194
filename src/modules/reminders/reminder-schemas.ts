import { z } from 'zod';
import {
  audienceCodes,
  mostDays,
  mostSteps,
  problemsOfLadder,
  stepPlaces,
} from '#src/domain/reminder-ladder.ts';
import { areSendingTimes } from '#src/domain/sending-times.ts';
import { apiValues } from '#src/platform/http/api-values.ts';

const { category, instant } = apiValues;
const institutionId = z.string().min(2).max(32);

export const LadderStep = z
  .strictObject({
    at: z.enum(stepPlaces).meta({
      description:
        'before: business days before the due day; morning: of the due day; after: business days after it is overdue, 0 is at once; before_expiry: business days before it is closed unanswered',
    }),
    days: z.number().int().min(0).max(mostDays),
    to: z.array(z.enum(audienceCodes)).min(1).max(audienceCodes.length),
  })
  .meta({ id: 'ReminderStep' });

const steps = z
  .array(LadderStep)
  .min(1)
  .max(mostSteps)
  .refine((ladder) => problemsOfLadder(ladder).length === 0, 'steps have fitting days and are not repeated');

const scope = {
  category: category.nullable(),
  institutionId: institutionId.nullable().meta({ description: 'Only with a category' }),
};

/** A ladder and what it is for; without steps, the next wider one is for it again. */
export const LadderChange = z
  .strictObject({ ...scope, steps: steps.nullable() })
  .refine(
    (change) => change.institutionId === null || change.category !== null,
    'an institution has a category',
  );

const minute = z.number().int().min(0).max(1440).meta({ description: 'Minute of the day in Asia/Tokyo' });
const times = { opensAt: minute, closesAt: minute, onlyBusinessDays: z.boolean() };

export const SendingTimesChange = z.strictObject(times).refine(areSendingTimes, 'open for an hour at least');

export const HoldEnd = z.strictObject({ ending: z.enum(['released', 'skipped']) });

/** A hold since the clock jumped. */
const hold = z.object({ putAt: instant, jumpedSeconds: z.number().int(), waiting: z.number().int() });

/** How reminders are sent (設定 › 督促). */
export const ReminderSettings = z
  .object({
    times: z.object(times),
    ladders: z.array(
      z.object({ ...scope, institutionName: z.string().nullable(), steps: z.array(LadderStep) }),
    ),
    institutions: z.array(z.object({ id: z.string(), name: z.string() })),
    hold: hold.nullable(),
    lastRunAt: instant.nullable(),
    version: z.string().meta({ description: 'Of the ladders and sending times, for If-Match' }),
  })
  .meta({ id: 'ReminderSettings' });

export const ReminderHold = z.object({ hold: hold.nullable() }).meta({ id: 'ReminderHold' });

/** Which reminders were sent of a case, to how many of whom (督促履歴), and when the next is looked for. */
export const CaseReminders = z
  .object({
    sent: z.array(
      z.object({
        at: instant,
        dueAt: instant,
        step: z.object({ at: z.enum(stepPlaces), days: z.number().int() }),
        outcome: z.enum(['sent', 'covered', 'dropped']).meta({
          description:
            'covered: missed, a later step told of it; dropped: no longer waited when its mails were to leave',
        }),
        contacts: z.number().int(),
        merchantAdmins: z.number().int(),
        operators: z.number().int(),
      }),
    ),
    next: z
      .object({ at: instant, step: z.object({ at: z.enum(stepPlaces), days: z.number().int() }) })
      .nullable(),
  })
  .meta({ id: 'CaseReminders' });
