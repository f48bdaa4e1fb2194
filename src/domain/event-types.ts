import { type Text, text } from './text.ts';

/**
 * What the systems of merchants and institutions are told of. The names are sent and stored, so they never change: what
 * means something else is a new one.
 */
export const eventTypes = {
  'case.received': text('依頼の受付', 'Request received'),
  'case.answered': text('回答の登録', 'Answer registered'),
  'case.correction_opened': text('訂正の開始', 'Correction opened'),
  'case.follow_up_asked': text('追加の照会', 'Follow-up question asked'),
  'case.correction_ended': text('訂正の終了', 'Correction ended without a version'),
  'case.correction_requested': text('訂正の依頼', 'Correction asked for'),
  'case.correction_refused': text('訂正の見送り', 'Correction refused'),
  'case.extension_requested': text('期限延長の依頼', 'Extension asked for'),
  'case.extension_granted': text('期限の延長', 'Extension granted'),
  'case.extension_refused': text('期限延長の見送り', 'Extension refused'),
  'case.withdrawn': text('依頼の取下げ', 'Request withdrawn'),
  'case.expired': text('回答期限超過によるクローズ', 'Closed without an answer'),
} as const satisfies Record<string, Text>;

export type EventType = keyof typeof eventTypes;

export const eventTypeNames = Object.keys(eventTypes) as EventType[];

/** The type of what an endpoint is sent to try it; it is no event and stands in no feed. */
export const testType = 'webhook.test';
