import { objectIn, type Sent, textIn } from '#src/domain/provider-message.ts';
import type { Evidence } from '#src/domain/stripe-evidence.ts';
import type { Heard, Line } from './line.ts';
import { type Outcome, outcomeOf } from './outcome.ts';

/** An answer on its way to Stripe. */
export type StripeLetter = {
  reference: string;
  account: string | null;
  caseId: string;
  version: number;
  /** The same for every try, so that Stripe does once what it hears twice. */
  key: string;
  submit: boolean;
  evidence: Evidence;
};

export type StripeWay = { base: string; secret: string };

/** The version of Stripe's API that the names below are those of. */
const apiVersion = '2025-03-31.basil';
const closed = new Set(['warning_closed', 'won', 'lost', 'prevented']);

/** In all others evidence would be spent on a chargeback, which takes it once. */
const inquiring = new Set(['warning_needs_response', 'warning_under_review']);

/**
 * Sends an answer as the evidence of its dispute. The dispute is read first: one that is closed takes nothing, and one that has
 * this very version already (a try before that was never heard of) needs nothing.
 */
export async function sendToStripe(line: Line, way: StripeWay, letter: StripeLetter): Promise<Outcome> {
  const { reference, submit } = letter;
  const url = `${way.base}/v1/disputes/${encodeURIComponent(reference)}`;
  const headers = headersOf(way, letter.account);
  const found = await line.ask({ name: 'GET /v1/disputes/…', url, headers, said: saidBy });
  const notFound = outcomeOf(found);
  if (notFound || !found) return notFound ?? { is: 'failed', reason: 'unexpected' };
  const status = textIn(found.json.status) ?? '';
  if (hasArrived(found.json, letter)) return { is: 'sent', providerReference: requestOf(found) };
  if (closed.has(status)) return { is: 'failed', reason: 'dispute_closed' };
  if (!inquiring.has(status)) return { is: 'failed', reason: 'no_inquiry' };
  const heard = await line.ask({
    name: `POST /v1/disputes/… submit=${submit}`,
    url,
    method: 'POST',
    headers: {
      ...headers,
      'content-type': 'application/x-www-form-urlencoded',
      'idempotency-key': `${letter.key}.${submit ? 'submit' : 'stage'}`,
    },
    body: formOf(letter),
    said: saidBy,
  });
  return cameOf(heard, reference);
}

/** What the call that carried the evidence came to. */
function cameOf(heard: Heard | undefined, reference: string): Outcome {
  const refused = outcomeOf(heard);
  const isReplayed = heard?.header('idempotent-replayed') === 'true';
  if (refused?.is === 'again' && isReplayed) return { ...refused, needsNewKey: true };
  if (refused || !heard) return refused ?? { is: 'failed', reason: 'unexpected' };
  // It took this before, and has something else by now: the dispute that was read says so.
  if (isReplayed) return { is: 'again', reason: 'unexpected', needsNewKey: true };
  // Whatever stands between could answer 200.
  if (textIn(heard.json.id) !== reference) return { is: 'failed', reason: 'unexpected' };
  return { is: 'sent', providerReference: requestOf(heard) };
}

/** Reads what a key for disputes may read, and nothing of any dispute is kept. */
export async function tryStripe(line: Line, way: StripeWay): Promise<Outcome> {
  const url = `${way.base}/v1/disputes?limit=1`;
  const headers = headersOf(way, null);
  const heard = await line.ask({ name: 'GET /v1/disputes', url, headers, said: saidBy });
  return outcomeOf(heard) ?? { is: 'sent', providerReference: heard ? requestOf(heard) : null };
}

const headersOf = ({ secret }: StripeWay, account: string | null): Record<string, string> => ({
  authorization: `Bearer ${secret}`,
  'stripe-version': apiVersion,
  ...(account?.startsWith('acct_') && { 'stripe-account': account }),
});

function formOf({ evidence, submit, caseId, version }: StripeLetter): string {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(evidence)) form.set(`evidence[${name}]`, value);
  form.set('submit', String(submit));
  form.set('metadata[shokai_case]', caseId);
  form.set('metadata[shokai_version]', String(version));
  form.set('metadata[shokai_sent]', submit ? 'submitted' : 'staged');
  return form.toString();
}

/** Evidence and metadata come in one call, so that who has one has the other. */
function hasArrived(dispute: Sent, { caseId, version, submit }: StripeLetter): boolean {
  const metadata = objectIn(dispute.metadata);
  return (
    metadata.shokai_case === caseId &&
    metadata.shokai_version === String(version) &&
    metadata.shokai_sent === (submit ? 'submitted' : 'staged')
  );
}

const requestOf = ({ header }: { header: (name: string) => string | undefined }): string | null =>
  header('request-id')?.slice(0, 300) ?? null;

function saidBy(json: Sent): string | null {
  const error = objectIn(json.error);
  const parts = [error.type, error.code, error.param, error.message].map(textIn);
  const said = parts.filter((part) => part !== null).join(': ');
  return said === '' ? null : said;
}
