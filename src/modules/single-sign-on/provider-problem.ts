import { Refusal, type RefusalCode } from '#src/domain/refusals.ts';
import { OutboundError } from '#src/platform/outbound/outbound-error.ts';

type Thrown = { code?: unknown; error?: unknown; cause?: unknown };

/** What the provider could not be asked, said no to, or said wrongly. */
export function problemOf(error: unknown): RefusalCode {
  if (isOutage(error)) return 'sso_unreachable';
  return (error as Thrown).error === 'access_denied' ? 'sso_cancelled' : 'sso_failed';
}

const outages = new Set(['OAUTH_TIMEOUT', 'OAUTH_ABORT', 'OAUTH_RESPONSE_IS_NOT_CONFORM']);

function isOutage(error: unknown): boolean {
  if (error instanceof OutboundError) return true;
  if (!(error instanceof Error)) return false;
  return outages.has(String((error as Thrown).code)) || isOutage(error.cause);
}

/** A refusal that keeps, for the audit trail, the code of what was wrong; never what the provider said. */
export const refusedBy = (code: RefusalCode, error: unknown): Refusal => {
  const { code: reason } = error as Thrown;
  const cause = (error as Thrown).cause;
  const inner = cause instanceof OutboundError ? cause.reason : undefined;
  const outer = error instanceof OutboundError ? error.reason : reason;
  return new Refusal(code, { reason: String(inner ?? outer ?? 'unknown').slice(0, 60) });
};
