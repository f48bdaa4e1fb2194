/** What is wrong with one value, as the API tells it. */
export type ProblemItem = { pointer: string; code: string; detail: string };

/** A refusal of the API, or that it could not be reached (`offline`). Its message is for people. */
export class ProblemError extends Error {
  readonly code: string;
  readonly status: number;
  readonly facts: Readonly<Record<string, string | number | null>>;
  readonly errors: readonly ProblemItem[];
  readonly requestId: string;

  constructor(problem: {
    code: string;
    status: number;
    detail: string;
    facts?: Record<string, string | number | null>;
    errors?: readonly ProblemItem[];
    requestId?: string;
  }) {
    super(problem.detail);
    this.name = 'ProblemError';
    this.code = problem.code;
    this.status = problem.status;
    this.facts = problem.facts ?? {};
    this.errors = problem.errors ?? [];
    this.requestId = problem.requestId ?? '';
  }
}

export const isProblem = (error: unknown, ...codes: readonly string[]): error is ProblemError =>
  error instanceof ProblemError && (codes.length === 0 || codes.includes(error.code));
