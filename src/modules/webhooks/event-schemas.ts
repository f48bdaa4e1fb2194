import { z } from 'zod';
import { type EventType, eventTypeNames } from '#src/domain/event-types.ts';
import { apiValues } from '#src/platform/http/api-values.ts';

const { caseId, status, notificationType, mid, sid, instant } = apiValues;

/** What an event says of its case: where it stands, and ids to ask for the rest. Nothing personal. */
export const EventData = z
  .object({
    caseId,
    sequence: z
      .number()
      .int()
      .positive()
      .meta({ description: 'The place in the history of the case; keep the highest you have seen' }),
    version: z.number().int().min(0).meta({ description: 'The version of the answer registered by then' }),
    status,
    notificationType,
    mid,
    sid,
    institutionId: z.string(),
    institutionReference: z.string(),
  })
  .meta({ id: 'EventData' });

export const EventTypeName = z
  .enum(eventTypeNames as [EventType, ...EventType[]])
  .meta({ id: 'EventType', description: 'What happened' });

/** Something that happened to a case, in the feed and in webhooks alike. */
export const Event = z
  .object({
    id: z.uuid().meta({ description: 'The same in the feed and as webhook-id' }),
    type: EventTypeName,
    timestamp: instant,
    data: EventData,
  })
  .meta({ id: 'Event' });

/** A piece of the feed. */
export const EventPage = z
  .object({
    data: z.array(Event),
    nextCursor: z
      .string()
      .nullable()
      .meta({ description: 'Where to read on, now or later; null only as long as there is no event at all' }),
    hasMore: z.boolean(),
  })
  .meta({ id: 'EventPage' });
