import { describe, expect, it } from 'vitest';
import { Refusal, type RefusalCode, refusals } from './refusals.ts';
import { fill } from './text.ts';

/** Programs rely on the statuses, so they stay. */
const statuses: Record<RefusalCode, number> = {
  invalid_request: 400,
  url_not_callable: 400,
  not_signed_in: 401,
  wrong_credentials: 401,
  wrong_factor: 401,
  wrong_password: 401,
  sign_in_expired: 401,
  sso_expired: 401,
  sso_cancelled: 401,
  sso_failed: 401,
  sso_email_not_verified: 403,
  sso_unknown_person: 403,
  not_permitted: 403,
  scopes_not_held: 403,
  proof_required: 403,
  cross_site: 403,
  not_found: 404,
  case_not_found: 404,
  answer_not_found: 404,
  request_open: 409,
  request_decided: 409,
  second_person_needed: 403,
  draft_unchanged: 409,
  somebody_else_registers: 403,
  link_not_valid: 404,
  user_exists: 409,
  invitation_accepted: 409,
  not_oneself: 409,
  last_admin: 409,
  action_not_possible: 409,
  case_erased: 409,
  case_held: 409,
  case_not_held: 409,
  already_answered: 409,
  case_expired: 409,
  draft_changed: 409,
  key_not_active: 409,
  contact_exists: 409,
  institution_exists: 409,
  merchant_exists: 409,
  template_exists: 409,
  filter_exists: 409,
  too_many_filters: 409,
  import_not_possible: 409,
  file_refused: 422,
  different_content: 409,
  return_not_set: 409,
  wrong_signature: 401,
  outlet_not_set: 409,
  reply_not_resendable: 409,
  reply_not_failed: 409,
  webhook_is_on: 409,
  webhook_is_off: 409,
  secrets_overlap: 409,
  test_under_way: 409,
  too_many_webhooks: 409,
  clock_not_movable: 409,
  closing_period_exists: 409,
  reminders_not_held: 409,
  idempotency_key_reused: 409,
  last_factor: 409,
  factors_shared: 409,
  setup_expired: 409,
  contact_changed: 412,
  draft_conflict: 412,
  changed_meanwhile: 412,
  too_large: 413,
  wrong_media_type: 415,
  answer_incomplete: 422,
  factor_refused: 422,
  password_refused: 422,
  draft_not_storable: 422,
  request_invalid: 422,
  version_required: 428,
  too_many_attempts: 429,
  too_many_requests: 429,
  internal_error: 500,
  too_busy: 503,
  sso_unreachable: 503,
  too_slow: 408,
  headers_too_large: 431,
  busy: 503,
  unavailable: 503,
};

describe('the refusals', () => {
  it('have these statuses', () => {
    expect(Object.fromEntries(Object.entries(refusals).map(([code, { status }]) => [code, status]))).toEqual(
      statuses,
    );
  });

  it.each(Object.entries(refusals))('%s is told in both languages', (_, { message }) => {
    expect(message.ja).toMatch(/[ぁ-んァ-ヶ一-龠].*。$/);
    expect(message.en).toMatch(/^[A-Z][^ぁ-んァ-ヶ一-龠]*\.$/);
  });

  it('have no place in their messages but the minutes to wait', () => {
    const messages = Object.values(refusals).map(({ message: { ja, en } }) => ja + en);
    const filled = messages.map((message) => fill(message, { minutes: 30 }));
    expect(filled.filter((message) => /[{}]/.test(message))).toEqual([]);
  });

  it('are errors that carry what is wrong', () => {
    const problem = { pointer: '/x', code: 'required' } as const;
    const refusal = new Refusal('answer_incomplete', { version: 2 }, [problem]);
    expect(refusal).toBeInstanceOf(Error);
    expect(refusal).toMatchObject({
      name: 'Refusal',
      message: 'answer_incomplete',
      code: 'answer_incomplete',
      detail: { version: 2 },
      problems: [problem],
    });
    expect(new Refusal('not_found')).toMatchObject({ detail: {}, problems: [] });
  });
});
