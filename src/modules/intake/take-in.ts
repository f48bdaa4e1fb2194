import { sql } from 'kysely';
import type { ClosingDays } from '#src/domain/business-days.ts';
import { addDays, type Day, dayOf, endOfDay } from '#src/domain/days.ts';
import { dueByRule } from '#src/domain/due.ts';
import type { Problem } from '#src/domain/problems.ts';
import { readClosingDays } from '#src/modules/calendar/index.ts';
import { findParties, type Parties } from '#src/modules/merchants/index.ts';
import { sha256Of } from '#src/platform/canonical-json.ts';
import { readBySchema } from '#src/platform/http/zod-problems.ts';
import { newCaseNumber } from '#src/platform/ids.ts';
import type { Reader, Tx } from '#src/platform/transaction.ts';
import { insertCases, type Sender, type Valid, writeReceived } from './insert-cases.ts';
import { CaseRequest } from './request-schema.ts';

/** What became of one request. */
export type Outcome =
  | { outcome: 'created' | 'duplicate'; caseId: string; institutionReference: string }
  | { outcome: 'different_content'; institutionReference: string }
  | { outcome: 'invalid'; institutionReference: string | null; problems: readonly Problem[] };

type Invalid = Outcome & { outcome: 'invalid' };
type Institution = NonNullable<Parties['institution']>;

/**
 * Takes requests of one institution in, all in this transaction, with a fixed number of statements however many there are.
 * A request that is wrong stops no other. The same reference again is the same case, if its content is the same.
 */
export async function takeIn(
  tx: Tx,
  actor: Sender,
  { institutionId, sent }: { institutionId: string; sent: readonly unknown[] },
): Promise<Outcome[]> {
  const checked = await checkRequests(tx, { institutionId, sent });
  const valid = checked.filter((each) => 'request' in each);
  if (valid.length === 0) return checked.filter((each) => 'outcome' in each);

  const created = await insertCases(tx, institutionId, valid);
  await writeReceived(tx, actor, [...created]);
  const before = await findBefore(tx, institutionId, valid, created);
  const outcomes = checked.map((each): Outcome => {
    if ('outcome' in each) return each;
    const { institutionReference } = each.request;
    if (created.has(each.id)) return { outcome: 'created', caseId: each.id, institutionReference };
    const known = before.get(institutionReference);
    return known?.request_fingerprint.equals(each.fingerprint)
      ? { outcome: 'duplicate', caseId: known.id, institutionReference }
      : { outcome: 'different_content', institutionReference };
  });
  const known = outcomes.flatMap((each) => (each.outcome === 'duplicate' ? [each.caseId] : []));
  tx.record('case.receive', [...created], {
    created: created.size,
    known: known.length,
    refused: sent.length - created.size - known.length,
  });
  if (created.size > 0) await tx.happened('receive', [...created]);
  return outcomes;
}

/** Reads requests and tells what is wrong with each; stores nothing. */
export async function checkRequests(
  tx: Reader,
  { institutionId, sent }: { institutionId: string; sent: readonly unknown[] },
): Promise<(Valid | Invalid)[]> {
  const read = sent.map((each) => readBySchema(CaseRequest, each));
  const requests = read.flatMap((each) => ('value' in each ? [each.value] : []));
  const parties = await findParties(tx, { institutionId, services: requests });
  const closing = requests.some(({ dueAt }) => !dueAt) ? await readClosingDays(tx, institutionId) : undefined;
  const { institution } = parties;
  const dueOf = dueReader(institution, closing);
  return read.map((each, index) =>
    'problems' in each
      ? {
          outcome: 'invalid' as const,
          institutionReference: referenceOf(sent[index]),
          problems: each.problems,
        }
      : check(tx, each.value, { ...parties, dueOf }),
  );
}

/** The reference of a request that could not be read, so that its sender can find it; only if it has one of a fitting form. */
function referenceOf(sent: unknown): string | null {
  const reference =
    typeof sent === 'object' && sent !== null && 'institutionReference' in sent && sent.institutionReference;
  const read = readBySchema(CaseRequest.shape.institutionReference, reference);
  return 'value' in read ? read.value : null;
}

const msPerDay = 86_400_000;
/** Nobody is given years to answer; a date so far away is a slip of the pen. */
const longestDueMs = 730 * msPerDay;

function check(
  { vault }: Reader,
  request: CaseRequest,
  { institution, services, now, dueOf }: Parties & { dueOf: DueOf },
): Valid | Invalid {
  const problems: Problem[] = [];
  const requestedAt = new Date(request.requestedAt);
  if (!institution) problems.push({ pointer: '/institutionId', code: 'unknown_institution' });
  else if (institution.isRetired) problems.push({ pointer: '/institutionId', code: 'institution_retired' });
  const service = services.get(`${request.mid}-${request.sid}`);
  if (!service) problems.push({ pointer: '/sid', code: 'unknown_service' });
  else if (service.isStopped) problems.push({ pointer: '/sid', code: 'service_stopped' });
  const goods = request.payment.goods ?? service?.goods;
  if (service && !goods) problems.push({ pointer: '/payment/goods', code: 'missing' });
  // A sender's clock may be somewhat ahead, but not by a day.
  if (requestedAt.getTime() > now.getTime() + msPerDay) {
    problems.push({ pointer: '/requestedAt', code: 'requested_in_the_future' });
  }
  const { dueAt, problem } = dueOf(request);
  if (!dueAt) problems.push({ pointer: '/dueAt', code: problem });
  else if (dueAt < requestedAt) problems.push({ pointer: '/dueAt', code: 'due_before_requested' });
  else if (dueAt.getTime() > now.getTime() + longestDueMs)
    problems.push({ pointer: '/dueAt', code: 'due_too_far' });
  if (problems.length > 0 || !institution || !service || !goods || !dueAt) {
    return { outcome: 'invalid', institutionReference: request.institutionReference, problems };
  }
  const expiresAt = endOfDay(addDays(dayOf(dueAt), institution.expiryDays));
  const fingerprint = vault.indexOf('cases.request', contentHash(request));
  const lacksProductName = service.linksProductNames && !request.payment.productName?.trim();
  return { id: newCaseNumber(now), request, goods, lacksProductName, fingerprint, dueAt, expiresAt };
}

/** The hash of what was asked, stored keyed as it could be guessed from. Instants in another zone and parts left out instead of null are the same content. */
function contentHash({ institutionId: _, payment, ...request }: CaseRequest): Buffer {
  const {
    customerId = null,
    orderId = null,
    productName = null,
    cardBrand = null,
    cardLast4 = null,
    goods = null,
  } = payment;
  return sha256Of({
    ...request,
    requestedAt: new Date(request.requestedAt).toISOString(),
    dueAt: request.dueAt ? new Date(request.dueAt).toISOString() : null,
    supplement: request.supplement ?? null,
    payment: {
      ...{ ...payment, customerId, orderId, productName, cardBrand, cardLast4, goods },
      paidAt: new Date(payment.paidAt).toISOString(),
    },
  });
}

type Due =
  | { dueAt: Date; problem?: never }
  | { dueAt?: never; problem: 'no_due_rule' | 'year_not_confirmed' };

type DueOf = (request: Pick<CaseRequest, 'dueAt' | 'requestedAt'>) => Due;

/** Tells when requests are due, as they say or by their institution's rule; or why that cannot be told. */
function dueReader(institution: Institution | null, closing: ClosingDays | undefined): DueOf {
  // Most requests of a file are of a few days, and a rule gives one due instant for all of a day.
  const known = new Map<Day, Due>();
  return ({ dueAt, requestedAt }) => {
    if (dueAt) return { dueAt: new Date(dueAt) };
    const moment = new Date(requestedAt);
    const due = known.get(dayOf(moment)) ?? dueByRuleOf(institution, moment, closing);
    known.set(dayOf(moment), due);
    return due;
  };
}

function dueByRuleOf(
  institution: Institution | null,
  requestedAt: Date,
  closing: ClosingDays | undefined,
): Due {
  if (!institution?.dueRule) return { problem: 'no_due_rule' };
  try {
    return { dueAt: dueByRule(requestedAt, institution.dueRule, closing) };
  } catch (error) {
    // The years whose holidays are known have an end too.
    if (error instanceof RangeError) return { problem: 'year_not_confirmed' };
    throw error;
  }
}

/** The cases that were taken in before under the references of these requests. */
export async function findBefore(
  tx: Reader,
  institutionId: string,
  valid: readonly Valid[],
  created: ReadonlySet<string> = new Set(),
) {
  const references = valid
    .filter(({ id }) => !created.has(id))
    .map(({ request }) => request.institutionReference);
  if (references.length === 0) return new Map<string, { id: string; request_fingerprint: Buffer }>();
  const rows = await tx
    .selectFrom('cases')
    .select(['id', 'institution_reference', 'request_fingerprint'])
    .where('institution_id', '=', institutionId)
    .where('institution_reference', '=', sql<string>`any (${references})`)
    .execute();
  return new Map(rows.map((row) => [row.institution_reference, row]));
}
