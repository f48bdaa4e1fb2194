import { Refusal, type RefusalCode } from '#src/domain/refusals.ts';
import type { Acting } from '../transaction.ts';
import type { Endpoint } from './endpoint.ts';

/** Refusals of somebody who wanted what is not theirs (PCI DSS 10.2.1.4). */
const attempts: ReadonlySet<RefusalCode> = new Set([
  'not_permitted',
  'cross_site',
  'not_found',
  'case_not_found',
]);

/** Records that somebody was refused what is not theirs. What is refused for other reasons is no attempt and not recorded. */
export async function recordRefusal(
  error: unknown,
  { endpoint, input, acting }: { endpoint: Endpoint; input: object; acting: Acting },
): Promise<void> {
  if (!(error instanceof Refusal) || !attempts.has(error.code)) return;
  await recordAttempt(acting, endpoint, { code: error.code, subjects: idsIn(endpoint, input) });
}

/** Records that somebody came with a key that is none. */
export const recordUnknownKey = (acting: Acting, endpoint: Endpoint): Promise<void> =>
  recordAttempt(acting, endpoint, { code: 'not_signed_in', subjects: [] });

type Attempt = { code: RefusalCode; subjects: readonly string[] };

const recordAttempt = (
  { inTransaction }: Acting,
  { method, path }: Endpoint,
  { code, subjects }: Attempt,
): Promise<void> =>
  inTransaction(async (tx) => tx.record('access.refuse', subjects, { route: `${method} ${path}`, code }));

/** The ids in the path of a call, as the endpoint's schema read them. */
export function idsIn({ params }: Endpoint, input: object): string[] {
  const names = Object.keys(params?.shape ?? {});
  const values = names.map((name) => String((input as Record<string, unknown>)[name] ?? ''));
  return values.filter((value) => /^[!-?A-~]{1,100}$/.test(value));
}
