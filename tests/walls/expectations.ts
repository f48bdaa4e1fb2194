/**
 * Who may do what, and what each gets for an id: one row for every route of the product. A new route needs a row here, and
 * that is all: `matrix.ts` calls it as every caller of `callers.ts` with every id of `subjects.ts`.
 *
 * What holds for every row and is not repeated: who is not signed in (or no longer) gets 401, who may not gets 403, a malformed
 * id gets 400, and what is not one's own gets 404 exactly as if it did not exist.
 */
import { usualOutlet } from '#src/domain/replies.ts';
import type { Role } from './callers.ts';
import type { SubjectKind } from './subjects.ts';

export type Row = {
  /** Who may call. */
  may: 'everybody' | 'signed in' | readonly Role[];
  /** What the id in the path names, a kind of `subjects.ts`; left out where the path names nothing of anybody's. */
  on?: SubjectKind;
  /** What it takes to come past the checks of the input. Best is a call that is refused late: it changes nothing. */
  sends?: Sends;
  /** The status for who may and sees what the path names; 200 when left out. */
  gives?: number | { person: number; key: number };
  /** Wants a proof of who one is that is a short while old at most. */
  stepUp?: true;
  /** It ends the session it is called with: every call gets a session of its own. */
  endsSession?: true;
  /** It ends the caller's other sessions: every call comes from a person of its own. */
  endsOtherSessions?: true;
  /** Stands in the demo alone; everywhere else there is no such route. */
  onlyInDemo?: true;
};

export type Sends = { body?: unknown; raw?: string; headers?: Record<string, string>; query?: string };

const merchantReaders = ['merchant.admin', 'merchant.responder', 'merchant.viewer', 'merchant.key'] as const;
const operators = ['operator.admin', 'operator.agent', 'operator.auditor'] as const;
const readers = [...merchantReaders, ...operators, 'operator.key', 'institution.key'] as const;
const answerers = ['merchant.responder', 'merchant.key'] as const;
const trailReaders = ['merchant.admin', 'operator.admin', 'operator.auditor'] as const;
const admins = ['merchant.admin', 'operator.admin'] as const;
const intake = ['operator.admin', 'operator.agent', 'institution.key'] as const;

const filterKeepers = [...merchantReaders, ...operators, 'operator.key'] as const;

const operatorIntake = ['operator.admin', 'operator.agent'] as const;

const adapterReaders = ['operator.admin', 'operator.agent'] as const;
const anAdapter = {
  name: '接続',
  isOn: true,
  settings: { reasons: [], accounts: [], fillsGaps: true, mapping: '' },
};
const anOutlet = { ...usualOutlet };
const webhookManagers = ['merchant.admin', 'operator.admin', 'merchant.key', 'institution.key'] as const;
const aContact = { sid: '002', category: 'inquiry_cancellation', name: '窓口', email: 'desk@example.jp' };

// The tests' own database forgets what it committed when the machine fails, and the health check says so.
const isFast = process.env.TEST_DATABASE_URL === undefined;

/** Every route, as `METHOD /path`. HEAD is what GET is. */
export const expectations: Readonly<Record<string, Row>> = {
  // Cases
  'GET /api/v1/cases': { may: readers },
  'GET /api/v1/cases/counts': { may: readers },
  'GET /api/v1/cases.csv': { may: readers, stepUp: true },
  'GET /api/v1/cases.xlsx': { may: readers, stepUp: true },
  'GET /api/v1/cases/:caseId': { may: readers, on: 'case' },
  'GET /api/v1/cases/:caseId/events': { may: readers, on: 'case' },
  'GET /api/v1/cases/:caseId/answer': { may: readers, on: 'case' },
  'POST /api/v1/cases/:caseId/withdrawal': {
    may: intake,
    on: 'answeredCase',
    sends: { body: { reason: '重複していたため' } },
    gives: 409,
  },
  'POST /api/v1/cases/:caseId/corrections/end': {
    may: ['operator.admin', 'operator.agent'],
    on: 'openCase',
    sends: { body: { reason: '訂正不要のため' } },
    gives: 409,
  },
  'POST /api/v1/cases/:caseId/correction-requests': {
    may: answerers,
    on: 'openCase',
    sends: { body: { reason: '金額の誤りのため' } },
    gives: 409,
  },
  'POST /api/v1/cases/:caseId/correction-requests/:number/decision': {
    may: ['operator.admin', 'operator.agent'],
    on: 'openCase',
    sends: { body: { decision: 'refused', reason: '訂正不要のため' } },
    gives: 409,
  },
  'POST /api/v1/cases/:caseId/extension-requests': {
    may: answerers,
    on: 'answeredCase',
    sends: { body: { reason: '確認に時間を要するため' } },
    gives: 409,
  },
  'POST /api/v1/cases/:caseId/extension-requests/:number/decision': {
    may: ['operator.admin', 'operator.agent'],
    on: 'openCase',
    sends: { body: { decision: 'refused', reason: '延長不可のため' } },
    gives: 409,
  },
  'POST /api/v1/cases/:caseId/corrections': {
    may: ['operator.admin', 'operator.agent'],
    on: 'openCase',
    sends: { body: { reason: '加盟店様からのお申し出のため' } },
    gives: 409,
  },

  // Intake
  'POST /api/v1/cases': { may: intake, sends: { body: {} }, gives: { person: 400, key: 422 } },
  'POST /api/v1/cases/batch': {
    may: intake,
    sends: { raw: '{}\n', headers: { 'content-type': 'application/x-ndjson' } },
    gives: { person: 400, key: 200 },
  },

  'POST /api/v1/intake/check': { may: operatorIntake, sends: { body: {} }, gives: 422 },
  'GET /api/v1/intake/payments': {
    may: operatorIntake,
    sends: { query: '?mid=12345&trackingId=20261101000123' },
  },
  'GET /api/v1/supplement-templates': { may: operatorIntake, sends: { query: '?institutionId=NOBODY' } },
  'POST /api/v1/supplement-templates': { may: operatorIntake, sends: { body: {} }, gives: 400 },
  'PUT /api/v1/supplement-templates/:templateId': {
    may: operatorIntake,
    on: 'template',
    sends: { body: { name: '名称', body: '本文' }, headers: { 'if-match': '"999"' } },
    gives: 412,
  },
  'DELETE /api/v1/supplement-templates/:templateId': {
    may: operatorIntake,
    on: 'template',
    sends: { headers: { 'if-match': '"999"' } },
    gives: 412,
  },

  'GET /api/v1/imports': { may: operatorIntake },
  'GET /api/v1/imports.csv': { may: operatorIntake, stepUp: true },
  'GET /api/v1/imports.xlsx': { may: operatorIntake, stepUp: true },
  'POST /api/v1/imports': {
    may: operatorIntake,
    sends: {
      raw: 'a,b\n',
      headers: { 'content-type': 'application/octet-stream' },
      query: '?institutionId=NOBODY&name=a.csv',
    },
    gives: 400,
  },
  'GET /api/v1/imports/:importId': { may: operatorIntake, on: 'import' },
  'GET /api/v1/imports/:importId/preview': { may: operatorIntake, on: 'import', gives: 422 },
  'PUT /api/v1/imports/:importId/mapping': {
    may: operatorIntake,
    on: 'import',
    sends: { body: { mapping: { columns: {} } } },
    gives: 409,
  },
  'POST /api/v1/imports/:importId/confirmation': { may: operatorIntake, on: 'import', gives: 409 },
  'POST /api/v1/imports/:importId/cancellation': { may: operatorIntake, on: 'import', gives: 409 },
  'POST /api/v1/imports/:importId/resumption': { may: operatorIntake, on: 'import', gives: 409 },
  'GET /api/v1/imports/:importId/result.csv': { may: operatorIntake, on: 'import' },

  // Answers
  'GET /api/v1/cases/:caseId/answer-form': { may: merchantReaders, on: 'case' },
  'GET /api/v1/cases/:caseId/draft': { may: merchantReaders, on: 'case' },
  'PUT /api/v1/cases/:caseId/draft': {
    may: answerers,
    on: 'openCase',
    sends: { body: { content: {} }, headers: { 'if-match': '"999"' } },
    gives: 412,
  },
  'POST /api/v1/cases/:caseId/answer': {
    may: answerers,
    on: 'openCase',
    sends: { body: { draftVersion: 999 } },
    gives: 409,
  },

  // The return of answers
  'GET /api/v1/answers': { may: readers },
  'GET /api/v1/cases/:caseId/answer.pdf': { may: readers, on: 'answeredCase' },

  'GET /api/v1/return-channels': { may: ['operator.admin'] },
  'PUT /api/v1/return-channels/:institutionId': {
    may: ['operator.admin'],
    on: 'institution',
    stepUp: true,
    sends: {
      body: { isOn: false, encoding: 'utf8_bom', columns: ['case_number'], times: ['09:00'] },
      headers: { 'if-match': '"999"' },
    },
    gives: 412,
  },
  'POST /api/v1/return-channels/:institutionId/files': {
    may: ['operator.admin'],
    on: 'institution',
    stepUp: true,
  },
  'POST /api/v1/return-channels/:institutionId/set-aside/retry': {
    may: ['operator.admin'],
    on: 'institution',
    stepUp: true,
  },
  'GET /api/v1/return-files': { may: ['operator.admin'] },
  'GET /api/v1/return-files/set-aside': { may: ['operator.admin'] },
  'GET /api/v1/return-files/:fileId/content': { may: ['operator.admin'], on: 'returnFile', stepUp: true },
  'POST /api/v1/return-files/:fileId/rewrite': { may: ['operator.admin'], on: 'returnFile', stepUp: true },

  // Reminders
  'GET /api/v1/reminders': { may: [...operators, 'operator.key'] },
  'GET /api/v1/reminders/hold': { may: [...operators, 'operator.key'] },
  'PUT /api/v1/reminders/ladder': { may: ['operator.admin'], sends: { body: {} }, gives: 400 },
  'PUT /api/v1/reminders/times': { may: ['operator.admin'], sends: { body: {} }, gives: 400 },
  'POST /api/v1/reminders/hold/end': { may: ['operator.admin'], sends: { body: {} }, gives: 400 },
  'GET /api/v1/cases/:caseId/reminders': { may: [...operators, 'operator.key'], on: 'case' },

  // Operations
  'GET /api/v1/operations': { may: [...operators, 'operator.key'] },
  'GET /api/v1/live': {
    may: ['merchant.admin', 'merchant.responder', 'merchant.viewer', ...operators],
  },
  'GET /api/v1/operations/worker': { may: [...operators, 'operator.key'] },

  // Retention
  'GET /api/v1/cases/:caseId/mails': { may: [...operators, 'operator.key'], on: 'case' },
  'GET /api/v1/mails/undelivered': { may: [...operators, 'operator.key'] },
  'POST /api/v1/mails/undelivered/sendings': { may: operatorIntake, sends: { body: {} }, gives: 400 },
  'POST /api/v1/mails/undelivered/settlements': { may: operatorIntake, sends: { body: {} }, gives: 400 },
  // Says nothing of whose a mail is, nor whether there is one, so that its id is nobody's; undelivered.test.ts has the mails of others.
  'POST /api/v1/mails/:mailId/visits': {
    may: [...merchantReaders, ...operators, 'operator.key'],
    gives: 400,
  },
  'GET /api/v1/inbox': { may: [...operators, 'operator.key'] },
  'GET /api/v1/operators': { may: operatorIntake },
  'GET /api/v1/merchants/:mid/contacts.csv': { may: admins, on: 'merchant', stepUp: true },
  'GET /api/v1/merchants/:mid/contacts.xlsx': { may: admins, on: 'merchant', stepUp: true },
  'GET /api/v1/api-keys.csv': { may: admins, stepUp: true },
  'GET /api/v1/api-keys.xlsx': { may: admins, stepUp: true },
  'GET /api/v1/adapter-messages.csv': { may: adapterReaders, stepUp: true },
  'GET /api/v1/adapter-messages.xlsx': { may: adapterReaders, stepUp: true },
  'GET /api/v1/return-files.csv': { may: ['operator.admin'], stepUp: true },
  'GET /api/v1/return-files.xlsx': { may: ['operator.admin'], stepUp: true },
  'GET /api/v1/cases/:caseId/reminders.csv': {
    may: [...operators, 'operator.key'],
    on: 'case',
    stepUp: true,
  },
  'GET /api/v1/cases/:caseId/reminders.xlsx': {
    may: [...operators, 'operator.key'],
    on: 'case',
    stepUp: true,
  },
  'GET /api/v1/cases/:caseId/mails.csv': { may: [...operators, 'operator.key'], on: 'case', stepUp: true },
  'GET /api/v1/cases/:caseId/mails.xlsx': { may: [...operators, 'operator.key'], on: 'case', stepUp: true },
  'GET /api/v1/mails/undelivered.csv': { may: [...operators, 'operator.key'], stepUp: true },
  'GET /api/v1/mails/undelivered.xlsx': { may: [...operators, 'operator.key'], stepUp: true },
  'GET /api/v1/search': { may: [...operators, 'operator.key'], sends: { query: '?q=12345' } },
  'GET /api/v1/cases/:caseId/as-merchant': { may: [...operators, 'operator.key'], on: 'case' },
  'POST /api/v1/case-assignments/preview': {
    may: operatorIntake,
    sends: { body: { operatorId: null, caseIds: ['261124-000-000-000'] } },
  },
  'POST /api/v1/case-assignments': {
    may: operatorIntake,
    sends: { body: { operatorId: null, cases: [{ caseId: '261124-000-000-000', version: 'none' }] } },
  },
  'POST /api/v1/case-withdrawals/preview': {
    may: operatorIntake,
    sends: { body: { caseIds: ['261124-000-000-000'] } },
  },
  'POST /api/v1/case-withdrawals': {
    may: operatorIntake,
    sends: { body: { reason: '重複', cases: [{ caseId: '261124-000-000-000', version: 'none' }] } },
  },
  'GET /api/v1/saved-filters': { may: filterKeepers },
  'POST /api/v1/saved-filters': { may: filterKeepers, sends: { body: {} }, gives: 400 },
  'PUT /api/v1/saved-filters/:filterId': {
    may: filterKeepers,
    on: 'savedFilter',
    sends: { body: { name: '自分の担当', query: { assignee: 'me' } } },
  },
  'DELETE /api/v1/saved-filters/:filterId': { may: filterKeepers, on: 'savedFilter' },
  'GET /api/v1/statistics': { may: [...operators, 'operator.key'] },
  'GET /api/v1/statistics/weeks.csv': { may: [...operators, 'operator.key'], stepUp: true },
  'GET /api/v1/statistics/weeks.xlsx': { may: [...operators, 'operator.key'], stepUp: true },
  'GET /api/v1/statistics/parts.csv': { may: [...operators, 'operator.key'], stepUp: true },
  'GET /api/v1/statistics/parts.xlsx': { may: [...operators, 'operator.key'], stepUp: true },
  'PUT /api/v1/cases/:caseId/assignee': {
    may: operatorIntake,
    on: 'case',
    sends: { body: { operatorId: null } },
  },
  'GET /api/v1/cases/:caseId/notes': { may: [...operators, 'operator.key'], on: 'case' },
  'POST /api/v1/cases/:caseId/notes': {
    may: operatorIntake,
    on: 'case',
    sends: { body: { body: '加盟店に電話で確認中' } },
    gives: 201,
  },
  'GET /api/v1/retention': { may: [...operators, 'operator.key'] },
  'GET /api/v1/cases/:caseId/retention': { may: [...operators, 'operator.key'], on: 'case' },
  'POST /api/v1/cases/:caseId/legal-hold': {
    may: ['operator.admin'],
    on: 'answeredCase',
    sends: { body: { reason: '訴訟のため' } },
    gives: 409,
  },
  'POST /api/v1/cases/:caseId/legal-hold/lift': {
    may: ['operator.admin'],
    on: 'openCase',
    sends: { body: { reason: '訴訟終結' } },
    gives: 409,
  },

  // Adapters
  'POST /api/v1/adapters/:adapterId/messages': {
    may: 'everybody',
    on: 'adapter',
    sends: { body: {} },
    gives: 401,
  },
  'GET /api/v1/adapters': { may: adapterReaders },
  'POST /api/v1/adapters': { may: ['operator.admin'], stepUp: true, sends: { body: {} }, gives: 400 },
  'PUT /api/v1/adapters/:adapterId': {
    may: ['operator.admin'],
    on: 'adapter',
    sends: { body: anAdapter },
  },
  'POST /api/v1/adapters/:adapterId/secrets': {
    may: ['operator.admin'],
    stepUp: true,
    on: 'adapter',
    sends: { body: { secret: 'not a secret of theirs' } },
    gives: 400,
  },
  'POST /api/v1/adapters/:adapterId/trials': {
    may: ['operator.admin'],
    on: 'adapter',
    sends: { body: { message: '{}' } },
  },
  'PUT /api/v1/adapters/:adapterId/outlet': {
    may: ['operator.admin'],
    stepUp: true,
    on: 'adapter',
    sends: { body: { isOn: false, settings: anOutlet } },
  },
  'POST /api/v1/adapters/:adapterId/outlet/trials': { may: ['operator.admin'], on: 'adapter', gives: 409 },
  'GET /api/v1/adapter-replies': { may: adapterReaders },
  'POST /api/v1/adapter-replies/:replyId/sendings': {
    may: operatorIntake,
    on: 'adapterReply',
    gives: 409,
  },
  'POST /api/v1/adapter-replies/:replyId/settlement': {
    may: operatorIntake,
    on: 'adapterReply',
    gives: 409,
  },
  'GET /api/v1/cases/:caseId/replies': { may: [...operators, 'operator.key'], on: 'case' },
  'GET /api/v1/adapter-messages': { may: adapterReaders },
  'GET /api/v1/adapter-messages/:messageId': { may: operators, on: 'adapterMessage' },
  'POST /api/v1/adapter-messages/:messageId/runs': { may: adapterReaders, on: 'adapterMessage' },

  // Webhooks and the feed
  'GET /api/v1/events': { may: readers },
  'GET /api/v1/webhook-endpoints': { may: webhookManagers },
  'POST /api/v1/webhook-endpoints': { may: webhookManagers, stepUp: true, sends: { body: {} }, gives: 400 },
  'GET /api/v1/webhook-endpoints/:endpointId': { may: webhookManagers, on: 'webhook' },
  'PUT /api/v1/webhook-endpoints/:endpointId': {
    may: webhookManagers,
    stepUp: true,
    on: 'webhook',
    sends: { body: { name: '名称', url: 'https://10.0.0.1/', eventTypes: ['case.received'] } },
    gives: 400,
  },
  'DELETE /api/v1/webhook-endpoints/:endpointId': {
    may: webhookManagers,
    stepUp: true,
    on: 'webhook',
    gives: 409,
  },
  'POST /api/v1/webhook-endpoints/:endpointId/secret-rotation': {
    may: webhookManagers,
    stepUp: true,
    on: 'webhook',
    sends: { body: { overlapHours: 24 } },
    gives: 409,
  },
  'POST /api/v1/webhook-endpoints/:endpointId/activation': {
    may: webhookManagers,
    stepUp: true,
    on: 'webhook',
    gives: 409,
  },
  'POST /api/v1/webhook-endpoints/:endpointId/deactivation': {
    may: webhookManagers,
    stepUp: true,
    on: 'webhookThatIsOff',
    gives: 409,
  },
  'GET /api/v1/webhook-endpoints/:endpointId/deliveries': { may: webhookManagers, on: 'webhook' },
  'GET /api/v1/webhook-endpoints/:endpointId/deliveries.csv': {
    may: webhookManagers,
    on: 'webhook',
    stepUp: true,
  },
  'GET /api/v1/webhook-endpoints/:endpointId/deliveries.xlsx': {
    may: webhookManagers,
    on: 'webhook',
    stepUp: true,
  },
  'POST /api/v1/webhook-endpoints/:endpointId/test-events': {
    may: webhookManagers,
    stepUp: true,
    on: 'webhook',
    gives: 409,
  },
  'POST /api/v1/webhook-endpoints/:endpointId/replay': { may: webhookManagers, stepUp: true, on: 'webhook' },
  'GET /api/v1/webhook-deliveries/:deliveryId': { may: webhookManagers, on: 'webhookDelivery' },
  'POST /api/v1/webhook-deliveries/:deliveryId/replay': {
    may: webhookManagers,
    stepUp: true,
    on: 'webhookDelivery',
  },

  // Catalogue
  'GET /api/v1/notification-types': { may: 'signed in' },
  'GET /api/v1/notification-types/:code': { may: 'signed in', on: 'notificationType' },

  // Audit trail
  'GET /api/v1/audit-entries': { may: trailReaders },
  'GET /api/v1/audit-entries.csv': { may: trailReaders, stepUp: true },
  'GET /api/v1/audit-entries.xlsx': { may: trailReaders, stepUp: true },
  'GET /api/v1/audit-trail': { may: ['operator.admin', 'operator.auditor'] },

  // People
  'POST /api/v1/session': { may: 'everybody', sends: { body: {} }, gives: 400 },
  'GET /api/v1/session': { may: 'signed in', gives: { person: 200, key: 401 } },
  'DELETE /api/v1/session': { may: 'signed in', gives: 204, endsSession: true },
  'PUT /api/v1/session/membership': {
    may: 'signed in',
    sends: { body: { membershipId: '018f0000-0000-7000-8000-000000000000' } },
    gives: 404,
  },
  'PUT /api/v1/session/preferences': {
    may: 'signed in',
    sends: { body: { locale: 'ja', theme: 'auto' } },
  },

  // Signing in, step by step: without the cookie of the step before there is no next one
  'POST /api/v1/session/second-factor': { may: 'everybody', sends: { body: {} }, gives: 400 },
  'POST /api/v1/session/second-factor/passkey': { may: 'everybody', gives: 401 },
  'POST /api/v1/session/enrolment/totp': { may: 'everybody', gives: 401 },
  'POST /api/v1/session/enrolment/passkey': { may: 'everybody', gives: 401 },
  'POST /api/v1/session/enrolment': { may: 'everybody', sends: { body: {} }, gives: 400 },
  'POST /api/v1/session/enrolment/completion': { may: 'everybody', gives: 401 },
  'POST /api/v1/session/membership': { may: 'everybody', sends: { body: {} }, gives: 400 },

  // Single sign-on; the tests' portal has no identity provider
  'POST /api/v1/session/single-sign-on': { may: 'everybody', sends: { body: {} }, gives: 404 },
  'POST /api/v1/session/single-sign-on/completion': { may: 'everybody', sends: { body: {} }, gives: 400 },
  'POST /api/v1/session/proof/single-sign-on': { may: 'signed in', gives: 404 },
  'POST /api/v1/session/proof/single-sign-on/completion': {
    may: 'signed in',
    sends: { body: {} },
    gives: 400,
  },

  // Proving who one is, and one's own second factors. The tests' portal has an address and no name, so no passkeys
  'GET /api/v1/session/proof': { may: 'signed in', stepUp: true, gives: 204 },
  'POST /api/v1/session/proof': { may: 'signed in', sends: { body: {} }, gives: 400 },
  'POST /api/v1/session/proof/passkey': { may: 'signed in', gives: { person: 404, key: 401 } },
  'GET /api/v1/second-factors': { may: 'signed in' },
  'POST /api/v1/second-factors': { may: 'signed in', stepUp: true, sends: { body: {} }, gives: 400 },
  'POST /api/v1/second-factors/totp': { may: 'signed in', stepUp: true, gives: { person: 200, key: 401 } },
  'POST /api/v1/second-factors/passkey': { may: 'signed in', stepUp: true, gives: { person: 404, key: 401 } },
  'POST /api/v1/second-factors/recovery-codes': { may: 'signed in', stepUp: true, gives: 404 },
  'DELETE /api/v1/second-factors/totp': { may: 'signed in', stepUp: true, gives: 404 },
  'PUT /api/v1/second-factors/passkeys/:passkeyId': {
    may: 'signed in',
    stepUp: true,
    on: 'passkey',
    sends: { body: { name: '会社のパソコン' } },
  },
  'DELETE /api/v1/second-factors/passkeys/:passkeyId': { may: 'signed in', stepUp: true, on: 'passkey' },
  // API keys
  'GET /api/v1/api-keys': { may: admins },
  'POST /api/v1/api-keys': { may: admins, sends: { body: {} }, gives: 400, stepUp: true },
  'PUT /api/v1/api-keys/:keyId': {
    may: admins,
    on: 'apiKey',
    sends: { body: { name: '名称変更後' } },
    gives: 409,
    stepUp: true,
  },
  'POST /api/v1/api-keys/:keyId/rotation': {
    may: admins,
    on: 'apiKey',
    sends: { body: {} },
    gives: 409,
    stepUp: true,
  },
  'POST /api/v1/api-keys/:keyId/revocation': { may: admins, on: 'apiKey', stepUp: true },

  // Merchants and institutions
  'GET /api/v1/merchants/:mid/contacts': { may: admins, on: 'merchant' },
  'POST /api/v1/merchants/:mid/contacts': {
    may: admins,
    on: 'merchant',
    sends: { body: { ...aContact, sid: '999' } },
    gives: 400,
    stepUp: true,
  },
  'PUT /api/v1/contacts/:contactId': {
    may: admins,
    on: 'contact',
    sends: { body: aContact, headers: { 'if-match': '"999"' } },
    gives: 412,
    stepUp: true,
  },
  'POST /api/v1/contacts/:contactId/test-mails': { may: admins, on: 'contact', gives: 204 },
  'DELETE /api/v1/contacts/:contactId': {
    may: admins,
    on: 'contact',
    sends: { headers: { 'if-match': '"999"' } },
    gives: 412,
    stepUp: true,
  },
  'GET /api/v1/institutions': { may: [...operators, 'operator.key'] },
  'GET /api/v1/institutions.csv': { may: [...operators, 'operator.key'], stepUp: true },
  'GET /api/v1/institutions.xlsx': { may: [...operators, 'operator.key'], stepUp: true },
  'POST /api/v1/institutions': { may: ['operator.admin'], sends: { body: {} }, gives: 400 },
  'GET /api/v1/institutions/:institutionId': { may: [...operators, 'operator.key'], on: 'institution' },
  'PUT /api/v1/institutions/:institutionId': {
    may: ['operator.admin'],
    on: 'institution',
    sends: { body: { name: '名称', kind: 'card', isRetired: false }, headers: { 'if-match': '"999"' } },
    gives: 412,
  },
  'GET /api/v1/merchants': { may: [...operators, 'operator.key'] },
  'GET /api/v1/merchants.csv': { may: [...operators, 'operator.key'], stepUp: true },
  'GET /api/v1/merchants.xlsx': { may: [...operators, 'operator.key'], stepUp: true },
  'POST /api/v1/merchants': { may: ['operator.admin'], sends: { body: {} }, gives: 400 },
  'GET /api/v1/merchants/:mid': { may: [...operators, 'operator.key'], on: 'merchant' },
  'PUT /api/v1/merchants/:mid': {
    may: ['operator.admin'],
    on: 'merchant',
    sends: {
      body: {
        name: '名称',
        isStopped: false,
        services: [{ sid: '001', name: '名称', goods: null, linksProductNames: false, isStopped: false }],
      },
      headers: { 'if-match': '"999"' },
    },
    gives: 412,
  },
  'PUT /api/v1/institutions/:institutionId/due-terms': {
    may: ['operator.admin'],
    on: 'institution',
    sends: {
      body: { dueRule: { days: 5, of: 'business_days' }, expiryDays: 30 },
      headers: { 'if-match': '"999"' },
    },
    gives: 412,
  },

  // Closing days
  'GET /api/v1/calendar': { may: [...operators, 'operator.key'] },
  'POST /api/v1/calendar/closing-periods': { may: ['operator.admin'], sends: { body: {} }, gives: 400 },
  'DELETE /api/v1/calendar/closing-periods/:closingPeriodId': {
    may: ['operator.admin'],
    on: 'closingPeriod',
  },
  'POST /api/v1/calendar/confirmed-years': { may: ['operator.admin'], sends: { body: {} }, gives: 400 },
  // Users
  'GET /api/v1/users': { may: admins },
  'GET /api/v1/users.csv': { may: admins, stepUp: true },
  'GET /api/v1/users.xlsx': { may: admins, stepUp: true },
  'POST /api/v1/users': { may: admins, stepUp: true, sends: { body: {} }, gives: 400 },
  'GET /api/v1/users/:userId': { may: admins, on: 'user' },
  'PUT /api/v1/users/:userId': {
    may: admins,
    on: 'user',
    stepUp: true,
    sends: { body: { name: '名前', roles: ['viewer'], sids: null }, headers: { 'if-match': '"999"' } },
    gives: 412,
  },
  'POST /api/v1/users/:userId/invitation': { may: admins, on: 'user', stepUp: true, gives: 409 },
  'DELETE /api/v1/users/:userId/invitation': { may: admins, on: 'user', stepUp: true, gives: 409 },
  'PUT /api/v1/users/:userId/suspension': { may: admins, on: 'user', stepUp: true },
  'DELETE /api/v1/users/:userId/suspension': { may: admins, on: 'user', stepUp: true },
  'DELETE /api/v1/users/:userId/lock': { may: admins, on: 'user', stepUp: true, gives: 204 },
  'DELETE /api/v1/users/:userId/second-factors': { may: admins, on: 'user', stepUp: true, gives: 204 },
  'DELETE /api/v1/users/:userId/identity': { may: admins, on: 'user', stepUp: true, gives: 404 },
  'DELETE /api/v1/users/:userId/sessions': { may: admins, on: 'user', stepUp: true, gives: 204 },

  // One's own account
  'GET /api/v1/account': { may: 'signed in', gives: { person: 200, key: 401 } },
  'PUT /api/v1/account/email': { may: 'signed in', stepUp: true, sends: { body: {} }, gives: 400 },
  'PUT /api/v1/account/password': { may: 'signed in', sends: { body: {} }, gives: 400 },
  'GET /api/v1/account/sessions': { may: 'signed in' },
  'DELETE /api/v1/account/sessions': { may: 'signed in', gives: 204, endsOtherSessions: true },
  'DELETE /api/v1/account/sessions/:sessionId': { may: 'signed in', on: 'session', gives: 204 },

  // The links of mails
  'POST /api/v1/invitations/look': { may: 'everybody', sends: { body: {} }, gives: 400 },
  'POST /api/v1/invitations/acceptance': { may: 'everybody', sends: { body: {} }, gives: 400 },
  'POST /api/v1/password-resets': { may: 'everybody', sends: { body: { userId: '' } }, gives: 400 },
  'POST /api/v1/password-resets/look': { may: 'everybody', sends: { body: {} }, gives: 400 },
  'POST /api/v1/password-resets/completion': { may: 'everybody', sends: { body: {} }, gives: 400 },
  'POST /api/v1/email-confirmations': { may: 'everybody', sends: { body: {} }, gives: 400 },

  // Open to everybody, and nobody's
  'GET /api/v1/environment': { may: 'everybody' },
  'GET /api/v1/openapi.json': { may: 'everybody' },
  'GET /readyz': { may: 'everybody' },
  'GET /metrics': { may: 'everybody' },
  'GET /healthz': { may: 'everybody', gives: isFast ? 503 : 200 },
  'GET /docs': { may: 'everybody' },
  'GET /docs/': { may: 'everybody' },
  'GET /docs/static/index.html': { may: 'everybody', gives: 302 },
  'GET /docs/static/swagger-initializer.js': { may: 'everybody' },
  'GET /docs/json': { may: 'everybody' },
  'GET /docs/yaml': { may: 'everybody' },
  // Files by name: any other name is answered like an address that does not exist.
  'GET /docs/*': { may: 'everybody', gives: 404 },
  'GET *': { may: 'everybody', gives: 404 },

  // The demo's mailbox
  'GET /api/v1/rehearsal/clock': { may: 'signed in', onlyInDemo: true },
  'POST /api/v1/rehearsal/clock/moves': {
    may: operators,
    sends: { body: { to: 'real_time' } },
    onlyInDemo: true,
  },
  'GET /demo/mailbox': { may: 'everybody', onlyInDemo: true },
  'GET /demo/mailbox/:mailId': { may: 'everybody', onlyInDemo: true },
  'GET /demo/mailbox/:mailId/html': { may: 'everybody', onlyInDemo: true },
};
