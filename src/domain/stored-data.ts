import type { DataClass } from './data-classes.ts';

/** How a value stands in the database. */
export const waysOfKeeping = {
  clear: 'in clear',
  case: 'sealed with the key of its case',
  sealed: 'sealed with the data key',
  hash: 'as a hash',
  index: 'as a keyed hash',
  brief: 'for ten minutes, sealed where it is a secret',
} as const;

export type Kept = keyof typeof waysOfKeeping;

/** What a value may tell of a person, how it is kept, what it is, and when it is erased. */
type Told = readonly [holds: DataClass, kept: Kept, what: string, erased: string];

const withTheCase = 'with the case';

/**
 * What is stored of people, and how: every column that can hold text or bytes stands here or among those with nothing of a
 * person, and a test fails for one that does not. The table in docs/operators.md is made from it.
 */
const told: Readonly<Record<string, Told>> = {
  'cases.sealed_request': [
    'personal',
    'case',
    'supplement, customer id, product, brand and last digits of the card',
    withTheCase,
  ],
  'cases.customer_index': ['identifier', 'index', 'customer id, to be looked for whole', withTheCase],
  'cases.order_id': [
    'reference',
    'clear',
    'the merchant\u2019s order id, looked for by its start',
    withTheCase,
  ],
  'cases.tracking_id': ['reference', 'clear', 'the payment at the PSP, looked for by its start', 'stays'],
  'cases.institution_reference': [
    'reference',
    'clear',
    'the institution\u2019s number of the request',
    'stays',
  ],
  'cases.request_fingerprint': ['personal', 'index', 'what was asked, to know it again', 'stays'],
  'case_events.sealed_reason': ['free_text', 'case', 'reasons of withdrawals and corrections', withTheCase],
  'case_notes.sealed_body': ['free_text', 'case', 'what operators note for themselves', withTheCase],
  'drafts.sealed_content': ['personal', 'case', 'what was typed so far', withTheCase],
  'answers.sealed_answer': ['personal', 'case', 'the answer and the document that was shown', withTheCase],
  'answers.sha256': ['personal', 'hash', 'what was registered, to prove it', 'stays'],
  'legal_holds.sealed_reason': ['free_text', 'case', 'why a hold was put', withTheCase],
  'legal_holds.sealed_lift_reason': ['free_text', 'case', 'why it was lifted', withTheCase],
  'mails.sealed_letter': [
    'staff',
    'sealed',
    'recipient, subject and text',
    'with its cases, or after RETENTION_MAIL_DAYS',
  ],
  'mails.text_sha256': ['staff', 'hash', 'the text, to prove what was sent', 'stays'],
  'idempotency_keys.sealed_body': ['personal', 'sealed', 'what a call was answered', 'after 31 days'],
  'idempotency_keys.request_fingerprint': [
    'personal',
    'index',
    'what was sent, to know it again',
    'after 31 days',
  ],
  'contacts.name': ['staff', 'clear', 'who is told of requests', 'when removed'],
  'contacts.email': ['staff', 'clear', 'where', 'when removed'],
  'saved_filters.name': ['staff', 'clear', 'what somebody calls a filter of theirs', 'when removed'],
  'users.login_id': ['staff', 'clear', 'how somebody logs in', 'stays'],
  'users.name': ['staff', 'clear', 'who registered, shown with every answer', 'stays'],
  'users.email': ['staff', 'clear', 'where invitations go', 'stays'],
  'users.password_hash': ['secret', 'hash', 'password', 'when changed'],
  'sessions.token_hash': ['secret', 'hash', 'session', 'when ended'],
  'sessions.device': ['staff', 'clear', 'kind of browser and device', 'when ended'],
  'sessions.network': ['staff', 'clear', 'network it was started from, no whole address', 'when ended'],
  'invitations.name': ['staff', 'clear', 'who is invited', 'when accepted or taken back'],
  'invitations.email': ['staff', 'clear', 'where the invitation goes', 'when accepted or taken back'],
  'invitations.token_hash': ['secret', 'hash', 'link of an invitation', 'when used'],
  'memberships.name': ['staff', 'clear', 'what a merchant calls its user', 'stays'],
  'password_resets.token_hash': ['secret', 'hash', 'link for a new password', 'when used'],
  'password_history.password_hash': [
    'secret',
    'hash',
    'passwords before, the last three',
    'when a fourth follows',
  ],
  'email_changes.email': ['staff', 'clear', 'mail address that waits for its proof', 'when confirmed'],
  'email_changes.token_hash': ['secret', 'hash', 'link that proves it', 'when used'],
  'attempt_counts.counted_for': [
    'staff',
    'hash',
    'who asked for a new password, and from where',
    'when over',
  ],
  'guess_counts.counted_for': ['staff', 'hash', 'whose password was guessed at, and from where', 'when over'],
  'devices.token_hash': ['secret', 'hash', 'browser that somebody logged in from', 'after 180 days'],
  'sign_ins.token_hash': ['secret', 'hash', 'log-in that is under way', 'when over'],
  'challenges.secret': [
    'secret',
    'brief',
    'what a passkey has to sign, or an app that is being set up',
    'when used',
  ],
  'totp_secrets.secret': ['secret', 'sealed', 'secret of an authenticator app', 'when reset'],
  'webhook_secrets.sealed_secret': ['secret', 'sealed', 'what webhooks are signed with', 'with its endpoint'],
  'identities.subject': [
    'staff',
    'clear',
    'account of an operator at the identity provider',
    'when unlinked',
  ],
  'single_sign_ons.token_hash': ['secret', 'hash', 'single sign-on that is under way', 'when over'],
  'single_sign_ons.next_page': [
    'personal',
    'brief',
    'page to go on with, and what it searched for',
    'when used',
  ],
  'adapter_secrets.sealed_secret': ['secret', 'sealed', 'what providers sign with', 'stays'],
  'adapter_messages.sealed_body': [
    'free_text',
    'sealed',
    'what a provider sent',
    'after 90 days, or with the case',
  ],
  'adapter_messages.event_key': ['reference', 'clear', 'what a provider calls its message', 'stays'],
  'adapter_messages.reference': ['reference', 'clear', 'what a provider calls a dispute', 'stays'],
  'imports.sealed_name': ['staff', 'sealed', 'name of a file of requests', 'stays'],
  'imports.sha256': ['personal', 'hash', 'a file of requests, to know it again', 'stays'],
  'import_pieces.sealed_bytes': ['personal', 'sealed', 'a file of requests', 'a day after it was taken in'],
  'import_batches.results': [
    'reference',
    'clear',
    'what became of each line: case number, reference, codes of what was wrong',
    'stays',
  ],
  'recovery_codes.code_hash': ['secret', 'hash', 'recovery code', 'when used'],
  'api_keys.key_hash': ['secret', 'hash', 'API key', 'stays'],
  'case_keys.wrapped_key': ['secret', 'sealed', 'key of a case', withTheCase],
  'data_keys.wrapped_key': ['secret', 'sealed', 'key of the blind indexes', 'stays'],
};

export type StoredValue = { column: string; holds: DataClass; kept: Kept; what: string; erased: string };

/** The same, a value at a time. */
export const storedData: readonly StoredValue[] = Object.entries(told).map(
  ([column, [holds, kept, what, erased]]) => ({ column, holds, kept, what, erased }),
);

/** Columns with nothing of a person: codes, numbers of our own, names of merchants, services and institutions. */
export const nothingPersonal: Readonly<Record<string, readonly string[]>> = {
  adapters: ['institution_id', 'name', 'kind', 'settings'],
  adapter_messages: ['institution_id', 'outcome', 'problems', 'case_id'],
  alerts: ['kind', 'subject'],
  announcements: ['case_id', 'mid', 'sid', 'category', 'outcome'],
  answers: ['case_id', 'locale', 'registered_by_kind'],
  api_keys: ['name', 'prefix', 'institution_id', 'mid', 'sids', 'rights'],
  audit_anchors: ['line'],
  audit_entries: [
    ...['actor_kind', 'actor_tenant', 'actor_right', 'action', 'subjects', 'details', 'origin'],
    ...['request_id', 'previous_hash', 'hash'],
  ],
  audit_head: ['hash'],
  case_counts: ['institution_id', 'mid', 'sid', 'category', 'status'],
  case_events: ['case_id', 'action', 'from_status', 'to_status', 'actor_kind'],
  case_keys: ['case_id'],
  case_notes: ['case_id'],
  cases: [
    ...['id', 'institution_id', 'category', 'notification_type', 'status', 'mid', 'sid'],
    ...['payment_method', 'amount_currency', 'goods'],
  ],
  challenges: ['owner_hash', 'kind'],
  closing_periods: ['institution_id', 'name', 'first', 'last'],
  contacts: ['mid', 'sid', 'category', 'locale', 'unreachable_reply'],
  data_keys: ['name'],
  drafts: ['case_id'],
  events: [
    ...[
      'type',
      'case_id',
      'status',
      'notification_type',
      'mid',
      'sid',
      'institution_id',
      'institution_reference',
    ],
  ],
  identities: ['issuer'],
  idempotency_keys: ['actor_key', 'route', 'key'],
  import_mappings: ['institution_id', 'mapping'],
  imports: ['institution_id', 'format', 'encoding', 'state', 'reason', 'mapping', 'problems'],
  institutions: ['id', 'name', 'due_rule', 'kind'],
  invitations: ['mid', 'locale', 'roles', 'sids'],
  legal_holds: ['case_id'],
  mail_cases: ['case_id'],
  mail_events: ['kind', 'reply', 'host'],
  merchant_requests: ['case_id', 'kind', 'state'],
  mails: ['message_id', 'mid', 'sid', 'state', 'last_error'],
  memberships: ['mid', 'roles', 'sids'],
  merchants: ['mid', 'name'],
  passkeys: ['name', 'credential_id', 'public_key', 'transports'],
  reminder_holds: ['ending'],
  reminder_ladders: ['category', 'institution_id', 'steps'],
  reminder_mails: ['audience', 'locale', 'dropped'],
  reminder_plans: ['case_id', 'mid'],
  reminders: ['case_id', 'step', 'outcome'],
  processes: ['role', 'version'],
  retention_periods: ['category'],
  return_answers: ['case_id', 'institution_id', 'not_writable'],
  return_channels: ['institution_id', 'encoding', 'columns', 'times'],
  return_files: ['institution_id', 'name', 'encoding', 'columns', 'sha256', 'state', 'last_error'],
  saved_filters: ['query'],
  sign_ins: ['step', 'counter', 'device'],
  single_sign_ons: ['owner_hash'],
  services: ['mid', 'sid', 'name', 'goods'],
  step_notices: ['case_id', 'step'],
  supplement_templates: ['institution_id', 'name', 'body'],
  users: ['locale', 'theme'],
  webhook_attempts: ['url', 'signature', 'reason', 'response_body'],
  webhook_deliveries: ['case_id', 'state'],
  webhook_endpoints: ['mid', 'sids', 'institution_id', 'name', 'url', 'event_types', 'off_reason'],
};
