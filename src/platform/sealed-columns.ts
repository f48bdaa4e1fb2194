/**
 * The columns whose values are sealed with the key of the configuration itself, and the columns that name a row of their
 * table, with their types. `npm run keys:rotate` seals each of them anew, in this order: the last is the one that tells whether the key is
 * right, and names the new key once nothing else is left under the old.
 */
export const sealedColumns = {
  'case_keys.wrapped_key': { case_id: 'text' },
  'mails.sealed_letter': { id: 'uuid' },
  'idempotency_keys.sealed_body': { actor_key: 'text', route: 'text', key: 'text' },
  'webhook_secrets.sealed_secret': { id: 'uuid' },
  'adapter_secrets.sealed_secret': { id: 'uuid' },
  'adapter_messages.sealed_body': { id: 'uuid' },
  'adapter_outlets.sealed_secret': { adapter_id: 'uuid' },
  'imports.sealed_name': { id: 'uuid' },
  'import_pieces.sealed_bytes': { id: 'uuid' },
  'totp_secrets.secret': { user_id: 'uuid' },
  'data_keys.wrapped_key': { name: 'text' },
} as const satisfies Record<string, Readonly<Record<string, 'text' | 'uuid'>>>;

/** The columns whose values are sealed with the key of their case, and what names their place. */
export const caseSealedColumns = {
  'cases.sealed_request': ['id'],
  'case_events.sealed_reason': ['case_id', 'sequence'],
  'drafts.sealed_content': ['case_id', 'version'],
  'answers.sealed_answer': ['case_id', 'draft_version'],
  'case_notes.sealed_body': ['id'],
  'adapter_reply_calls.sealed_said': ['id'],
  'legal_holds.sealed_reason': ['id'],
  'legal_holds.sealed_lift_reason': ['id'],
} as const satisfies Record<string, readonly string[]>;

export type DirectlySealed = keyof typeof sealedColumns;

type SealedColumn = DirectlySealed | keyof typeof caseSealedColumns;

/** The place of a sealed value: it opens nowhere else, so that nothing can be moved from row to row or case to case. */
export const placeOf = (column: SealedColumn, ...ids: readonly (string | number)[]): string =>
  JSON.stringify([column, ...ids.map(String)]);
