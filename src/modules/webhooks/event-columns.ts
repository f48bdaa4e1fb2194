import type { z } from 'zod';
import type { CaseStatus } from '#src/domain/case-life.ts';
import type { EventType } from '#src/domain/event-types.ts';
import type { NotificationCode } from '#src/domain/notification-types.ts';
import type { Event } from './event-schemas.ts';

/** The columns of `events` that make an event. */
export const eventColumns = [
  'events.id as eventId',
  'events.type',
  'events.case_id as caseId',
  'events.sequence',
  'events.version',
  'events.status',
  'events.notification_type as notificationType',
  'events.mid',
  'events.sid',
  'events.institution_id as institutionId',
  'events.institution_reference as institutionReference',
  'events.at',
] as const;

export type EventRow = {
  eventId: string;
  type: EventType;
  caseId: string;
  sequence: number;
  version: number;
  status: CaseStatus;
  notificationType: NotificationCode;
  mid: string;
  sid: string;
  institutionId: string;
  institutionReference: string;
  at: Date;
};

/** An event as it is told: always the same bytes, however often it is sent. */
export const toEvent = (row: EventRow): z.input<typeof Event> => ({
  id: row.eventId,
  type: row.type,
  timestamp: row.at.toISOString(),
  data: {
    caseId: row.caseId,
    sequence: row.sequence,
    version: row.version,
    status: row.status,
    notificationType: row.notificationType,
    mid: row.mid,
    sid: row.sid,
    institutionId: row.institutionId,
    institutionReference: row.institutionReference,
  },
});
