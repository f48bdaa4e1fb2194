import { type Text, text } from './text.ts';

/**
 * What the systems of merchants and institutions are told of. The names are sent and stored, so they never change: what
 * means something else is a new one.
 */
export const eventTypes = {
  'case.received': text('依頼の受付', 'Request received'),
  'case.answered': text('回答の登録', 'Answer registered'),
  'case.correction_opened': text('訂正の開始', 'Correction opened'),
  'case.withdrawn': text('依頼の取下げ', 'Request withdrawn'),
  'case.expired': text('回答期限超過によるクローズ', 'Closed without an answer'),
} as const satisfies Record<string, Text>;

export type EventType = keyof typeof eventTypes;

export const eventTypeNames = Object.keys(eventTypes) as EventType[];

/** The type of what an endpoint is sent to try it; it is no event and stands in no feed. */
export const testType = 'webhook.test';
