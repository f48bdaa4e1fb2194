import { describe, expect, it } from 'vitest';
import {
  type ActorKind,
  type CaseStatus,
  type CaseStep,
  caseActions,
  caseLife,
  caseStatusCodes,
  caseStatuses,
  nextStatus,
  openingOf,
  stepsFor,
} from './case-life.ts';
import { Refusal } from './refusals.ts';

const kinds: readonly ActorKind[] = ['merchant', 'institution', 'operator', 'system'];
const steps: readonly CaseStep[] = [
  ...(['register_answer', 'request_extension', 'grant_extension', 'refuse_extension'] as const),
  ...(['request_correction', 'refuse_correction', 'open_correction', 'ask_again', 'end_correction'] as const),
  ...(['withdraw', 'expire'] as const),
];

/** Everything that may happen; whatever is not here may not. */
const allowed = [
  ['received', 'register_answer', 'merchant', 'answered'],
  ['received', 'withdraw', 'institution', 'withdrawn'],
  ['received', 'withdraw', 'operator', 'withdrawn'],
  ['received', 'expire', 'system', 'expired'],
  ['received', 'request_extension', 'merchant', 'received'],
  ['received', 'grant_extension', 'operator', 'received'],
  ['received', 'refuse_extension', 'operator', 'received'],
  ['answered', 'request_correction', 'merchant', 'answered'],
  ['answered', 'refuse_correction', 'operator', 'answered'],
  ['answered', 'open_correction', 'operator', 'correcting'],
  ['answered', 'ask_again', 'operator', 'correcting'],
  ['correcting', 'request_extension', 'merchant', 'correcting'],
  ['correcting', 'grant_extension', 'operator', 'correcting'],
  ['correcting', 'refuse_extension', 'operator', 'correcting'],
  ['correcting', 'withdraw', 'institution', 'withdrawn'],
  ['correcting', 'withdraw', 'operator', 'withdrawn'],
  ['correcting', 'end_correction', 'operator', 'answered'],
  ['correcting', 'end_correction', 'system', 'answered'],
  ['correcting', 'register_answer', 'merchant', 'answered'],
] as const;

const table = caseStatusCodes.flatMap((status) =>
  steps.flatMap((step) =>
    kinds.map((kind) => {
      const to = allowed.find((row) => row[0] === status && row[1] === step && row[2] === kind)?.[3];
      const isPossible = allowed.some((row) => row[0] === status && row[1] === step);
      return { status, step, kind, outcome: to ?? (isPossible ? 'not_permitted' : 'action_not_possible') };
    }),
  ),
);

function outcomeOf(status: CaseStatus, step: CaseStep, kind: ActorKind): string {
  try {
    return nextStatus(status, step, kind);
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
}

describe('the life of a case', () => {
  it.each(table)('$status: $step by $kind is $outcome', ({ status, step, kind, outcome }) => {
    expect(outcomeOf(status, step, kind)).toBe(outcome);
    expect(stepsFor(status, kind).includes(step)).toBe(outcome in caseStatuses);
  });

  it('has five statuses and eleven steps, all in the table', () => {
    expect(table).toHaveLength(5 * 11 * 4);
    expect(Object.keys(caseActions)).toEqual(['receive', ...steps]);
  });

  it('reaches every status from the first', () => {
    const reached = new Set<CaseStatus>(['received']);
    for (const status of reached) for (const { to } of Object.values(caseLife[status])) reached.add(to);
    expect([...reached].sort()).toEqual([...caseStatusCodes].sort());
  });

  it('accepts nothing once a case is withdrawn or expired', () => {
    for (const status of ['withdrawn', 'expired'] as const)
      expect(kinds.flatMap((kind) => stepsFor(status, kind))).toEqual([]);
  });

  it('leaves a merchant nothing to do once a case is closed, but to ask for a correction', () => {
    const open = caseStatusCodes.filter((status) => stepsFor(status, 'merchant').length > 0);
    expect(open).toEqual(['received', 'answered', 'correcting']);
    expect(stepsFor('answered', 'merchant')).toEqual(['request_correction']);
  });

  it('tells what was not possible, without saying who asked', () => {
    expect(() => nextStatus('withdrawn', 'register_answer', 'merchant')).toThrow(
      expect.objectContaining({
        code: 'action_not_possible',
        detail: { status: 'withdrawn', action: 'register_answer' },
      }),
    );
  });

  it('has its statuses labelled to the letter', () => {
    const labels = Object.fromEntries(caseStatusCodes.map((status) => [status, caseStatuses[status].ja]));
    expect(labels).toEqual({
      received: '依頼受領',
      answered: 'クローズ:回答実行済',
      correcting: '回答訂正中',
      withdrawn: 'クローズ:依頼取下げ',
      expired: 'クローズ:回答期限超過',
    });
  });
});

it('each further version has the step that opened its case, and the awaited one has the last', () => {
  const history: CaseStep[] = [
    ...(['register_answer', 'ask_again', 'register_answer', 'open_correction', 'end_correction'] as const),
    ...([
      'request_correction',
      'open_correction',
      'request_extension',
      'register_answer',
      'ask_again',
    ] as const),
  ];
  const events = history.map((action, index) => ({ action, sequence: index + 2 }));
  const places = [1, 2, 3, 4].map((version) => openingOf(events, version)?.sequence);
  expect(places).toEqual([undefined, 3, 8, 11]);
});
