import type { CaseStep } from '#src/domain/case-life.ts';
import { endOfDay, instantText } from '#src/domain/days.ts';
import { api, type Schemas, unwrap } from '../../api/client.ts';

type Case = Schemas['Case'];

/** What is sent with a step: its reason and, where the step sets one, the new due day. */
export type Sent = { reason: string; day: string };

/** The steps that are taken on the page of a case itself; whether each sets a due day, and must. */
export const caseSteps = {
  request_extension: {},
  grant_extension: { day: 'needed' },
  refuse_extension: {},
  request_correction: {},
  open_correction: { day: 'optional' },
  ask_again: { day: 'optional' },
  refuse_correction: {},
  end_correction: {},
  withdraw: {},
} as const satisfies Partial<Record<CaseStep, { day?: 'needed' | 'optional' }>>;

export type StepName = keyof typeof caseSteps;

export const stepNames = Object.keys(caseSteps) as StepName[];

/** Takes a step of a case; gives the case as it is then. */
export function takeStep(found: Case, step: StepName, { reason, day }: Sent): Promise<Case> {
  const params = { path: { caseId: found.id } };
  const due = day === '' ? {} : { dueAt: instantText(endOfDay(day)) };
  const number = found.requests.find(({ state }) => state === 'open')?.number ?? 0;
  const numbered = { path: { caseId: found.id, number } };
  switch (step) {
    case 'request_extension':
      return unwrap(api.POST('/api/v1/cases/{caseId}/extension-requests', { params, body: { reason } }));
    case 'request_correction':
      return unwrap(api.POST('/api/v1/cases/{caseId}/correction-requests', { params, body: { reason } }));
    case 'grant_extension':
    case 'refuse_extension':
      return unwrap(
        api.POST('/api/v1/cases/{caseId}/extension-requests/{number}/decision', {
          params: numbered,
          body: { reason, decision: step === 'grant_extension' ? 'granted' : 'refused', ...due },
        }),
      );
    case 'refuse_correction':
      return unwrap(
        api.POST('/api/v1/cases/{caseId}/correction-requests/{number}/decision', {
          params: numbered,
          body: { reason, decision: 'refused' },
        }),
      );
    case 'open_correction':
    case 'ask_again':
      return unwrap(
        api.POST('/api/v1/cases/{caseId}/corrections', {
          params,
          body: { reason, because: step === 'ask_again' ? 'follow_up' : 'correction', ...due },
        }),
      );
    case 'end_correction':
      return unwrap(api.POST('/api/v1/cases/{caseId}/corrections/end', { params, body: { reason } }));
    case 'withdraw':
      return unwrap(api.POST('/api/v1/cases/{caseId}/withdrawal', { params, body: { reason } }));
  }
}
