import { z } from 'zod';
import { getCase, PersonalDataState, RegisteredAnswer, versionOf } from '#src/modules/cases/index.ts';
import type { Actor, MerchantActor } from '#src/platform/actor.ts';
import { apiValues } from '#src/platform/http/api-values.ts';
import { type Endpoint, endpoint } from '#src/platform/http/endpoint.ts';
import { AnswerFormView, Draft, DraftContent } from './answer-schemas.ts';
import { getAnswerForm, getDraft } from './get-answer-form.ts';
import { registerAnswer } from './register-answer.ts';
import { saveDraft } from './save-draft.ts';

const tag = 'Answers';
const params = z.object({ caseId: apiValues.caseId });
const merchantsRead = { kinds: ['merchant'], right: 'read_cases' } as const;
const merchantsAnswer = { kinds: ['merchant'], right: 'answer_cases' } as const;

/** Drafting, checking and registering answers. */
export const answerEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'GET',
    path: '/cases/:caseId/answer-form',
    summary: 'Read what a case asks for',
    description: 'The sections and fields, their JSON Schema, and the draft so far.',
    tag,
    access: merchantsRead,
    params,
    status: 200,
    reply: AnswerFormView,
    refusals: ['invalid_request', 'case_not_found'],
    looks: {
      action: 'case.look',
      at: (_, { caseId }) => [caseId],
      details: ({ personalData }) => ({ personalData }),
    },
    read: getAnswerForm,
  }),
  endpoint({
    method: 'GET',
    path: '/cases/:caseId/draft',
    summary: 'Read the draft',
    tag,
    access: merchantsRead,
    params,
    status: 200,
    reply: Draft,
    version: ({ version, personalData }) => versionOf(version, personalData),
    refusals: ['invalid_request', 'case_not_found'],
    looks: {
      action: 'draft.look',
      at: (_, { caseId }) => [caseId],
      details: ({ personalData }) => ({ personalData }),
    },
    read: getDraft,
  }),
  endpoint({
    method: 'PUT',
    path: '/cases/:caseId/draft',
    summary: 'Save the draft',
    description:
      'Replaces the draft named by `If-Match` (`"0"` when there is none yet). Incomplete and half-typed values are kept; ' +
      'fields that this case does not ask for are refused.',
    tag,
    access: merchantsAnswer,
    params,
    body: z.object({ content: DraftContent }),
    tellsCardNumbers: true,
    status: 200,
    reply: Draft,
    version: ({ version }) => version,
    refusals: [
      'invalid_request',
      'case_not_found',
      'version_required',
      'draft_conflict',
      'draft_not_storable',
      'case_erased',
      'already_answered',
      'action_not_possible',
      'cross_site',
    ],
    change: saveDraft,
  }),
  endpoint({
    method: 'POST',
    path: '/cases/:caseId/answer',
    summary: 'Register the checked draft as the answer. Irrevocable.',
    description:
      'Registers exactly the draft of this version. Asking again for the same version gives the same answer; ' +
      '`checkedSha256` is the draft\u2019s `check.sha256` and makes sure that what was shown is what is registered.',
    tag,
    access: merchantsAnswer,
    params,
    body: z.object({
      draftVersion: z.number().int().positive(),
      checkedSha256: z
        .string()
        .regex(/^[0-9a-f]{64}$/)
        .optional(),
    }),
    status: 201,
    reply: RegisteredAnswer,
    idempotent: true,
    refusals: [
      'invalid_request',
      'case_not_found',
      'case_erased',
      'already_answered',
      'action_not_possible',
      'case_expired',
      'draft_changed',
      'draft_unchanged',
      'somebody_else_registers',
      'answer_incomplete',
      'idempotency_key_reused',
      'cross_site',
    ],
    change: (tx, actor: MerchantActor, input, asked) => registerAnswer(tx, actor, input, asked),
  }),
  endpoint({
    method: 'GET',
    path: '/cases/:caseId/answer',
    summary: 'Read the registered answer, all its versions',
    tag,
    access: { kinds: ['merchant', 'institution', 'operator'], right: 'read_cases' },
    params,
    status: 200,
    reply: z
      .object({ data: z.array(RegisteredAnswer), personalData: PersonalDataState })
      .meta({ id: 'RegisteredAnswers' }),
    version: ({ data, personalData }) => versionOf(data.length, personalData),
    refusals: ['invalid_request', 'case_not_found'],
    looks: {
      action: 'case.look',
      at: (_, { caseId }) => [caseId],
      details: ({ personalData }) => ({ personalData }),
    },
    read: async (db, actor: Actor, input) => {
      const { answers, personalData } = await getCase(db, actor, input);
      return { data: answers, personalData };
    },
  }),
];
