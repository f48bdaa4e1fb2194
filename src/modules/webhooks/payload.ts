import { testType } from '#src/domain/event-types.ts';
import { type EventRow, toEvent } from './event-columns.ts';

/** What a delivery carries: an event, or for a test nothing but its type and time. */
export type Carried = { deliveryId: string; createdAt: Date; event: EventRow | null };

/** The `webhook-id`: the event's, so that it is the same for whoever gets it, however often. */
export const messageId = ({ deliveryId, event }: Carried): string => event?.eventId ?? deliveryId;

/** The body of a delivery, the same bytes at every try. */
export function bodyOf({ createdAt, event }: Carried): string {
  if (!event) return JSON.stringify({ type: testType, timestamp: createdAt.toISOString(), data: {} });
  const { type, timestamp, data } = toEvent(event);
  return JSON.stringify({ type, timestamp, data });
}
