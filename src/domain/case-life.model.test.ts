/** INV-08: whatever is tried in whatever order, a case is only where the table leads, and what is closed stays so. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  type ActorKind,
  askedBySteps,
  type CaseStatus,
  type CaseStep,
  caseActions,
  nextStatus,
  type RequestState,
  settledBy,
  stepsFor,
} from './case-life.ts';
import { Refusal } from './refusals.ts';

const kinds: readonly ActorKind[] = ['merchant', 'institution', 'operator', 'system'];
const steps = (Object.keys(caseActions) as (CaseStep | 'receive')[]).filter((step) => step !== 'receive');

type Model = { status: CaseStatus; versions: number; openings: number; requests: RequestState[] };
type Real = { status: CaseStatus; requests: RequestState[] };

/** What the rules in words allow, told apart from the table. */
function mayBe({ status }: Model, step: CaseStep, kind: ActorKind): boolean {
  const isWaiting = status === 'received' || status === 'correcting';
  const isAnswered = status === 'answered';
  switch (step) {
    case 'register_answer':
    case 'request_extension':
      return isWaiting && kind === 'merchant';
    case 'grant_extension':
    case 'refuse_extension':
      return isWaiting && kind === 'operator';
    case 'request_correction':
      return isAnswered && kind === 'merchant';
    case 'refuse_correction':
    case 'open_correction':
    case 'ask_again':
      return isAnswered && kind === 'operator';
    case 'end_correction':
      return status === 'correcting' && (kind === 'operator' || kind === 'system');
    case 'withdraw':
      return isWaiting && (kind === 'operator' || kind === 'institution');
    case 'expire':
      return status === 'received' && kind === 'system';
  }
}

class Take implements fc.Command<Model, Real> {
  constructor(step: CaseStep, kind: ActorKind) {
    this.#step = step;
    this.#kind = kind;
  }
  #step: CaseStep;
  #kind: ActorKind;
  check = (): boolean => true;
  run(model: Model, real: Real): void {
    const [step, kind] = [this.#step, this.#kind];
    const allowed = mayBe(model, step, kind);
    expect(stepsFor(real.status, kind).includes(step)).toBe(allowed);
    const before = real.status;
    const outcome = tryStep(real, step, kind);
    expect(outcome === 'taken').toBe(allowed);
    if (!allowed) {
      expect(real.status).toBe(before);
      return;
    }
    if (step === 'register_answer') model.versions += 1;
    if (step === 'open_correction' || step === 'ask_again') model.openings += 1;
    model.status = real.status;
    expect(model.versions).toBeLessThanOrEqual(1 + model.openings);
    expect(['answered', 'correcting'].includes(real.status) ? model.versions > 0 : true).toBe(true);
    expect(real.requests.filter((state) => state === 'open').length).toBeLessThanOrEqual(1);
    if (before !== real.status) expect(real.requests.includes('open')).toBe(false);
  }
  toString = (): string => `${this.#kind} ${this.#step}`;
}

/** A step as `moveCase` takes it: the status by the table, and what becomes of an open request. */
function tryStep(real: Real, step: CaseStep, kind: ActorKind): string {
  try {
    real.status = nextStatus(real.status, step, kind);
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
  const asks = askedBySteps[step] !== undefined;
  if (asks) real.requests = [...real.requests.filter((state) => state !== 'open'), 'open'];
  else real.requests = real.requests.map((state) => (state === 'open' ? settledBy(step) : state));
  return 'taken';
}

const command = fc
  .record({ step: fc.constantFrom(...steps), kind: fc.constantFrom(...kinds) })
  .map(({ step, kind }) => new Take(step, kind));

it('is where the table leads after any steps in any order, by anybody', () => {
  fc.assert(
    fc.property(fc.commands([command], { maxCommands: 60 }), (commands) => {
      const model: Model = { status: 'received', versions: 0, openings: 0, requests: [] };
      const real: Real = { status: 'received', requests: [] };
      fc.modelRun(() => ({ model, real }), commands);
    }),
    { numRuns: 2_000 },
  );
});
