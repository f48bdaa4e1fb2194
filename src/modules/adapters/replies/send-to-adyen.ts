import { objectIn, type Sent, textIn } from '#src/domain/provider-message.ts';
import type { Heard, Line } from './line.ts';
import { type Outcome, outcomeOf } from './outcome.ts';

/** An answer on its way to Adyen: its sheet, as the material that a request for information is answered with. */
export type AdyenLetter = {
  disputePspReference: string;
  merchantAccountCode: string;
  key: string;
  defenseReason: string;
  documentType: string;
  /** The document is there from a try before, or a try of this version before; only the last call is wanting. */
  isSupplied: boolean;
  sheet: () => Promise<Buffer>;
};

export type AdyenWay = { base: string; secret: string };

/** Adyen takes no larger PDF. */
const largestPdf = 2 * 1024 * 1024;

/** Where Adyen's Disputes API is, in its two worlds. */
export const adyenPlaces = {
  test: 'https://ca-test.adyen.com/ca/services/DisputeService/v30',
  live: 'https://ca-live.adyen.com/ca/services/DisputeService/v30',
} as const;

/**
 * Answers a request for information: asks what the dispute may be defended with, supplies the sheet, and defends. Nothing is
 * guessed: a reason or type of document that is not offered is told with those that are.
 */
export async function sendToAdyen(
  line: Line,
  way: AdyenWay,
  letter: AdyenLetter,
  onSupplied: () => Promise<void>,
): Promise<Outcome> {
  const { disputePspReference, merchantAccountCode, defenseReason, documentType } = letter;
  const dispute = { disputePspReference, merchantAccountCode };
  if (!letter.isSupplied) {
    const refused = await supply(line, way, letter, dispute);
    if (refused) return refused;
    await onSupplied();
  }
  const body = { ...dispute, defenseReasonCode: defenseReason };
  const heard = await ask(line, way, { operation: 'defendDispute', body, key: `${letter.key}.defend` });
  return (
    notDone(heard) ?? {
      is: 'sent',
      providerReference: (heard?.header('pspreference') ?? `${disputePspReference} ${documentType}`).slice(
        0,
        300,
      ),
    }
  );
}

type Dispute = { disputePspReference: string; merchantAccountCode: string };

async function supply(
  line: Line,
  way: AdyenWay,
  { key, defenseReason, documentType, sheet }: AdyenLetter,
  dispute: Dispute,
): Promise<Outcome | undefined> {
  const asked = await ask(line, way, { operation: 'retrieveApplicableDefenseReasons', body: dispute });
  const refused = notDone(asked);
  if (refused || !asked) return refused;
  if (!isOffered(asked.json, defenseReason, documentType))
    return { is: 'failed', reason: 'reason_not_offered' };
  const bytes = await sheet();
  if (bytes.length > largestPdf) return { is: 'failed', reason: 'document_too_large' };
  const content = bytes.toString('base64');
  const document = { content, contentType: 'application/pdf', defenseDocumentTypeCode: documentType };
  const body = { ...dispute, defenseDocuments: [document] };
  return notDone(await ask(line, way, { operation: 'supplyDefenseDocument', body, key: `${key}.supply` }));
}

/** Asks of a dispute that does not exist: who is let in is told so, and nothing else comes of it. */
export async function tryAdyen(line: Line, way: AdyenWay, merchantAccountCode: string): Promise<Outcome> {
  const body = { disputePspReference: 'SHOKAI0000000000', merchantAccountCode };
  const heard = await ask(line, way, { operation: 'retrieveApplicableDefenseReasons', body });
  const outcome = outcomeOf(heard);
  const isLetIn = outcome === undefined || heard?.status === 422;
  return isLetIn ? { is: 'sent', providerReference: null } : outcome;
}

type Operation = { operation: string; body: object; key?: string };

const ask = (
  line: Line,
  { base, secret }: AdyenWay,
  { operation, body, key }: Operation,
): Promise<Heard | undefined> =>
  line.ask({
    name: `POST /${operation}`,
    url: `${base}/${operation}`,
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-api-key': secret,
      ...(key && { 'idempotency-key': key }),
    },
    body: JSON.stringify(body),
    said: saidBy,
  });

/** Adyen says with 200 too that it did not do it. */
function notDone(heard: Heard | undefined): Outcome | undefined {
  const refused = outcomeOf(heard);
  if (refused) return refused;
  const { success } = objectIn(heard?.json.disputeServiceResult);
  // As JSON by its document, as text in some of its answers.
  if (success === true || success === 'true') return undefined;
  return { is: 'failed', reason: success === undefined ? 'unexpected' : 'refused' };
}

const listIn = (value: unknown): Sent[] => (Array.isArray(value) ? value.map(objectIn) : []);

const isOffered = ({ defenseReasons }: Sent, reason: string, documentType: string): boolean =>
  listIn(defenseReasons).some(
    ({ defenseReasonCode, defenseDocumentTypes }) =>
      defenseReasonCode === reason &&
      listIn(defenseDocumentTypes).some(
        ({ defenseDocumentTypeCode }) => defenseDocumentTypeCode === documentType,
      ),
  );

/** The message of an error; of what is offered, the codes. */
function saidBy(json: Sent): string | null {
  const offered = listIn(json.defenseReasons).map(({ defenseReasonCode, defenseDocumentTypes }) => {
    const types = listIn(defenseDocumentTypes).map(({ defenseDocumentTypeCode: code }) => textIn(code));
    return `${textIn(defenseReasonCode)} (${types.join(', ')})`;
  });
  if (offered.length > 0) return offered.join('\n');
  const { errorMessage } = objectIn(json.disputeServiceResult);
  const parts = [textIn(json.errorCode), textIn(json.message), textIn(errorMessage)];
  const said = parts.filter((part) => part !== null).join(': ');
  return said === '' ? null : said;
}
