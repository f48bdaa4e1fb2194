/**
 * What the portal's role (shokai_app) may do with each table, before row-level security narrows it to the actor's own rows.
 * A migration that adds a table adds a row here; what stands in the database and not here fails the test, and the other way
 * round.
 */
export const grants: Readonly<Record<string, string>> = {
  adapter_messages: 'select, insert, update',
  adapter_outlets: 'select, insert, update',
  adapter_replies: 'select, update',
  adapter_reply_calls: 'select, insert',
  adapter_secrets: 'select, insert, update',
  adapters: 'select, insert, update',
  alerts: 'select, insert',
  announcements: 'select, insert, update',
  answers: 'select, insert',
  api_keys: 'select, insert, update',
  attempt_counts: 'select, insert, update, delete',
  audit_anchors: 'select, insert',
  audit_entries: 'select',
  audit_head: 'select',
  case_counts: 'select, insert, update, delete',
  case_events: 'select, insert',
  case_keys: 'select, insert',
  case_notes: 'select, insert',
  cases: 'select, insert, update',
  challenges: 'select, insert, update, delete',
  closing_periods: 'select, insert, delete',
  confirmed_years: 'select, insert',
  contacts: 'select, insert, update, delete',
  devices: 'select, insert, update, delete',
  drafts: 'select, insert, update',
  events: 'select, insert, update',
  guess_counts: 'select, insert, update, delete',
  email_changes: 'select, insert, update, delete',
  identities: 'select, insert, update, delete',
  idempotency_keys: 'select, insert, delete',
  import_batches: 'select, insert',
  import_mappings: 'select, insert, update',
  import_pieces: 'select, insert, delete',
  imports: 'select, insert, update',
  institutions: 'select, insert, update',
  legal_holds: 'select, insert, update',
  invitations: 'select, insert, update, delete',
  mail_cases: 'select, insert',
  mail_events: 'select, insert',
  mails: 'select, insert, update',
  memberships: 'select, insert, update, delete',
  merchant_requests: 'select, insert, update',
  merchants: 'select, insert, update',
  passkeys: 'select, insert, update, delete',
  processes: 'select, insert, update, delete',
  recovery_codes: 'select, insert, delete',
  retention_periods: 'select',
  return_answers: 'select, insert, delete',
  return_channels: 'select, insert, update',
  return_files: 'select, insert, update',
  password_history: 'select, insert, delete',
  password_resets: 'select, insert, update, delete',
  reminder_holds: 'select, insert, update',
  reminder_ladders: 'select, insert, update, delete',
  reminder_mails: 'select, insert, update',
  reminder_plans: 'select, insert, update, delete',
  reminder_settings: 'select, update',
  reminders: 'select, insert, update',
  services: 'select, insert, update',
  sessions: 'select, insert, update, delete',
  single_sign_ons: 'select, insert, delete',
  sign_ins: 'select, insert, update, delete',
  search_words: 'select',
  saved_filters: 'select, insert, update, delete',
  step_notices: 'select, insert, update',
  supplement_templates: 'select, insert, update, delete',
  totp_secrets: 'select, insert, update, delete',
  users: 'select, insert, update',
  webhook_attempts: 'select, insert',
  webhook_deliveries: 'select, insert, update, delete',
  webhook_endpoints: 'select, insert, update, delete',
  webhook_secrets: 'select, insert, update',
};

/** Tables of the owner alone: the portal's role has no business there. */
export const ownersTables: readonly string[] = [
  'data_keys',
  'kysely_migration',
  'kysely_migration_lock',
  'product_clock',
];

/** Functions that work as the owner, past row-level security. Each is one more way round the wall: few, small, and named here. */
export const ownersFunctions: readonly string[] = [
  // Names of migrations.
  'applied_migrations',
  'audit_append',
  // Numbers of entries, to be looked up under row-level security.
  'audit_sequence_since',
  'audit_sequences_about',
  // Only what is due by the database's own clock, and only for the product itself.
  'erase_adapter_messages',
  'erase_adapter_reply_calls',
  'erase_case_notes',
  'erase_due_cases',
  'erase_due_mails',
  'find_api_key',
  'find_session',
  // Yes or no, of one case.
  'is_erased',
  'keep_search_words',
  'keep_words',
  'keep_words_of_user',
  // What was asked of a case that was just erased.
  'lapse_requests_of_erased',
  'may_be_erased',
  // Names of the merchants somebody works for, for that person alone.
  'memberships_of',
  // By how much the product's time is ahead, and moves it; the latter is nobody's to call but in a rehearsal.
  'move_product_clock',
  // As find_session, and leaves the session as it is.
  'peek_session',
  'product_ahead',
  // Makes the row of an answer that is to be sent to the provider that asked, when the answer is stored.
  'queue_adapter_reply',
  'require_audit_entry',
  // Takes second factors away, and shows none.
  'reset_second_factors',
  // Whether somebody is locked out, for those who manage them; and lets them in again.
  'sign_in_locked_until',
  'unlock_sign_in',
];

/** Names and numbers that others than their tenant may read, and why. Everything else is its tenant's alone. */
export const seenByMore: Readonly<Record<string, readonly string[]>> = {
  // Institutions name services in their requests and learn which exist; names stand on every case.
  // When the PSP is closed, by which everybody counts what is left.
  institution: ['institutions', 'merchants', 'services', 'closing_periods', 'confirmed_years'],
  merchant: ['institutions', 'closing_periods', 'confirmed_years'],
};
